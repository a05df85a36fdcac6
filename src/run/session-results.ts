import type { ResultsForm } from '../results/results-csv.ts';
import { beginResults, type ResultsWriter } from '../results/results-writer.ts';
import { formOf } from './kept.ts';
import { markRows } from './mark-rows.ts';
import type { OpenedRun } from './opened-run.ts';

/** Opens the results so far; how far they have come is marked as they are written. */
export async function openSessionResults(run: OpenedRun): Promise<ResultsWriter> {
  const form = resultsForm(run);
  const sink = await run.lease.results();
  const marks = markRows(run, sink, formOf(form, run.request.tool));
  const results = await beginResults(sink, form, { written: marks.written });
  return {
    ...results,
    close: async () => {
      await results.close();
      marks.ended();
    },
  };
}

function resultsForm({ request, survey }: Pick<OpenedRun, 'request' | 'survey'>): ResultsForm {
  const { defuseAll, spell } = request;
  const { header, table } = survey;
  return { dialect: table.dialect, header, defuseAll, ...(spell !== undefined && { spell }) };
}
