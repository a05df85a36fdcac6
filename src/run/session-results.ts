import type { ResultsForm } from '../results/results-csv.ts';
import { beginResults, type ResultsWriter } from '../results/results-writer.ts';
import type { JournalEntry } from '../store/journal-line.ts';
import { formOf, keptIn, type Kept } from './kept.ts';
import { markRows } from './mark-rows.ts';
import type { OpenedRun } from './opened-run.ts';

/** The results so far as a session finds them, and writes on. */
export interface SessionResults extends ResultsWriter {
  /** The rows that they have already: their outcomes are told by nobody any more. Undefined where they begin anew. */
  readonly before: { readonly rows: number; readonly kept: Kept } | undefined;
  /** What tells of the rows that earlier sessions settled, and that they don't have yet. */
  readonly entries: () => AsyncIterable<JournalEntry>;
  /** Those that are there, at the least; `undefined` until they are closed, and where that failed. */
  readonly lines: () => number | undefined;
}

/**
 * Opens the results so far, at the newest mark of the journal that holds for them; how far they come is marked as they are
 * written. Whoever wants to see each row has them all told again, from the first.
 */
export async function openSessionResults(run: OpenedRun): Promise<SessionResults> {
  const { lease, request, job } = run;
  const form = resultsForm(run);
  const formKey = formOf(form, request.tool);
  const wantsAll = job.settled !== undefined;
  const resumed = await lease.resume((kept) => !wantsAll && keptIn(kept, formKey) !== undefined);
  const kept = resumed && keptIn(resumed.kept, formKey);
  const before = resumed && kept && { rows: resumed.rows, kept };
  const sink = resumed?.results ?? (await lease.results());
  const marks = markRows(run, sink, formKey, before);
  const begun = before !== undefined;
  let isClosed = false;
  const results = await beginResults(sink, form, { begun, written: marks.written });
  return {
    ...results,
    close: async () => {
      await results.close();
      marks.ended();
      isClosed = true;
    },
    lines: () => (isClosed ? marks.rows() : undefined),
    before,
    entries: resumed?.entries ?? lease.entries,
  };
}

function resultsForm({ request, survey }: Pick<OpenedRun, 'request' | 'survey'>): ResultsForm {
  const { defuseAll, spell } = request;
  const { header, table } = survey;
  return { dialect: table.dialect, header, defuseAll, ...(spell !== undefined && { spell }) };
}
