import { RESULT_COLUMNS, type ResultColumn } from '../../model/result-columns.ts';
import type { EarlierResult, RowStatus } from '../../model/outcome.ts';

/** A row that a report shows whole: its cells in the order of `SHOWN_COLUMNS`, then the user's own; cut where they are very long. */
export type ShownRow = readonly string[];

/** Of a row that a later run has had to do with: how it ended there, by which and whom, and when. */
export const SINCE_COLUMNS = ['since', 'since_by', 'since_at'] as const;
type ShownColumn = ResultColumn | (typeof SINCE_COLUMNS)[number];
export const SHOWN_COLUMNS: readonly ShownColumn[] = [...RESULT_COLUMNS, ...SINCE_COLUMNS];

/** How a row ended that an undo has taken back. */
export const TAKEN_BACK = 'taken_back';

/** What became of a row since. */
export interface SinceBy {
  /** A status: it needed somebody, and was done. */
  readonly as: RowStatus | typeof TAKEN_BACK;
  readonly by: string;
  /** ISO; empty where no call was needed. */
  readonly at: string;
}

/** Characters kept of a cell; what is cut stands in the results. */
const CELL_SHOWN: Readonly<Partial<Record<ResultColumn, number>>> = {
  message: 1_000,
  tip: 500,
  request_ids: 600,
};
const OTHERS_SHOWN = 200;
/** The user's own columns: their first, of which those that tell something are shown. */
const OWN_KEPT = 12;
const OWN_SHOWN = 120;

export function shownRow({ cells }: EarlierResult, own: readonly string[], since?: SinceBy): ShownRow {
  const ours = RESULT_COLUMNS.map((column) =>
    shortened(cells[column] ?? '', CELL_SHOWN[column] ?? OTHERS_SHOWN),
  );
  const told = [since?.as ?? '', shortened(since?.by ?? '', OTHERS_SHOWN), since?.at ?? ''];
  return [...ours, ...told, ...own.slice(0, OWN_KEPT).map((cell) => shortened(cell, OWN_SHOWN))];
}

/** The text, or its beginning with a word on how long it is. No identifier that was cut is a valid one. */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  // Half of a pair of surrogates is no character.
  const end = /[\uD800-\uDBFF]/.test(text.charAt(length - 1)) ? length - 1 : length;
  return `${text.slice(0, end)} … (${text.length.toLocaleString('en-US')} characters in the results)`;
}

/** The cell of a shown row. */
export function cellOf(row: ShownRow, column: ShownColumn): string {
  return row[SHOWN_COLUMNS.indexOf(column)] ?? '';
}
