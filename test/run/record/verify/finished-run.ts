import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { RowStatus } from '../../../../src/model/outcome.ts';
import type { EndEntry, JobEntry, JournalEntry } from '../../../../src/store/journal-line.ts';
import { headerText, rowsText, type ResultsForm } from '../../../../src/results/results-csv.ts';
import type { Summary } from '../../../../src/store/summary.ts';
import { readStatus } from '../../../../src/run/record/read-status.ts';
import type { Verification } from '../../../../src/run/record/verify/verification.ts';
import { withFlags } from '../../../../src/cli/words/option-spelling.ts';
import { verifyRun } from '../../../../src/run/record/verify/verify-run.ts';
import { DISASSOCIATED, doneEntry, JOB, validRow } from '../../../results/samples.ts';
import { makeRunFolder, type RunFolder } from '../../../store/files/run-folder/make-run-folder.ts';

export const ROWS: readonly ReturnType<typeof validRow>[] = [validRow(0), validRow(1)];
const HEADER = ['Opportunity ID', 'Entity ID'];
export const INPUT: string = [HEADER, ...ROWS.map(({ cells }) => cells), []]
  .map((cells) => cells.join(','))
  .join('\n');
export const FORM: ResultsForm = {
  dialect: { delimiter: ',', lineEnding: '\n', bom: false },
  header: HEADER,
  defuseAll: false,
};
export const RESULTS: string =
  headerText(FORM) +
  rowsText(
    ROWS.map((row) => ({ row, outcome: DISASSOCIATED })),
    FORM,
  );

export interface Begun {
  readonly input?: string;
  readonly terms?: JobEntry['terms'];
  readonly entries?: readonly JournalEntry[];
  /** Of its end, what a test tells otherwise. */
  readonly tally?: Partial<EndEntry['tally']>;
  readonly end?: Partial<EndEntry>;
}

/** A run of two rows that is finished and whole, but for what a test takes away. */
export function finishedRun(
  byStatus: Partial<Record<RowStatus, number>> = { disassociated: 2 },
  results: string = RESULTS,
  { input = INPUT, terms = JOB.terms, entries = [doneEntry(0), doneEntry(1)], tally, end: told }: Begun = {},
): RunFolder {
  const run = makeRunFolder(input, {
    input: { name: 'people.csv', bytes: input.length, sha256: sha256(input) },
    terms,
  });
  const end: EndEntry = {
    t: 'end',
    tally: { rows: 2, byStatus, byException: {}, attempts: 4, ...tally },
    resultsSha256: sha256(results),
    at: '2025-01-31T12:00:02.000Z',
    ...told,
  };
  run.journal(...entries, end);
  writeFileSync(run.paths.results, results);
  writeSummary(run, {
    counts: end.tally,
    results: { name: 'people.results.csv', sha256: end.resultsSha256 },
  });
  return run;
}

/** As far as it is checked. */
export function writeSummary({ paths }: RunFolder, summary: Pick<Summary, 'counts' | 'results'>): void {
  writeFileSync(paths.summary, JSON.stringify(summary));
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export async function verify(folder: RunFolder, tool: string = JOB.tool): Promise<Verification> {
  const run = await folder.record();
  return verifyRun(run, await readStatus(run), { tool, spell: withFlags });
}

/** What was found where it should not have been, by what was checked. */
export function unsound({ checks }: Verification): Readonly<Record<string, string>> {
  return Object.fromEntries(checks.filter(({ sound }) => !sound).map(({ what, found }) => [what, found]));
}
