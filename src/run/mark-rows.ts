import type { OpportunityId } from '../model/entity.ts';
import type { SettledRow } from '../results/results-csv.ts';
import type { ResultsSink } from '../store/run-store.ts';
import { keptMembers, type Kept } from './kept.ts';
import type { OpenedRun } from './opened-run.ts';
import { keepDigest } from './run-digest.ts';
import { answeredFor } from './rows/told-outcome.ts';

/** Marks how far a session has come. */
export interface RowMarks {
  /** The lines of these rows, the next ones, were written. */
  readonly written: (rows: readonly SettledRow[]) => void;
  /** Those that were written, from the first row on. */
  readonly rows: () => number;
  /** Nothing more will be written in this session. */
  readonly ended: () => void;
}

/** Going on from the beginning, 1,000 rows take 40 ms: a mark for fewer isn't worth its line. */
export const MARK_EVERY = 1_000;
/** A mark is one among so many characters of its rows' entries, a few hundred each, at the most. */
const CHARACTERS_A_ROW = 8;
const ANSWERED_KEPT = 3;

/** `before`: where the session began, if at a mark: so many rows, and what was kept of them. */
export function markRows(
  { lease, survey, job, request }: Pick<OpenedRun, 'lease' | 'survey' | 'job' | 'request'>,
  sink: ResultsSink,
  form: string,
  before?: { readonly rows: number; readonly kept: Kept },
): RowMarks {
  const { markEvery = MARK_EVERY } = job;
  const digest = keepDigest(survey.header, before?.kept.digest);
  let rows = before?.rows ?? 0;
  let answered: readonly OpportunityId[] = before?.kept.answered ?? [];
  let markedAt = rows;
  let every = markEvery;

  const mark = (): void => {
    const kept = keptMembers({ form, digest: digest.soFar(), answered }, survey, request.tool);
    const length = lease.mark({ rows, results: sink.soFar(), kept });
    if (length === 0) return;
    markedAt = rows;
    every = Math.max(markEvery, Math.ceil(length / CHARACTERS_A_ROW));
  };
  return {
    written: (settled) => {
      for (const one of settled) {
        digest.add(one);
        const id = answeredFor(one);
        if (id !== undefined)
          answered = [...answered.filter((known) => known !== id), id].slice(-ANSWERED_KEPT);
      }
      rows += settled.length;
      lease.passed(rows);
      if (rows - markedAt >= every) mark();
    },
    rows: () => rows,
    ended: () => {
      // However few rows are new: what a mark spares is the survey of the whole input, too.
      if (rows > markedAt && survey.tally.rows >= markEvery) mark();
    },
  };
}
