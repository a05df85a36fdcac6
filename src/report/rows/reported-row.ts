import { RESULT_COLUMNS, type ResultColumn } from '../../model/result-columns.ts';
import type { EarlierResult } from '../../model/outcome.ts';

/** A row that a report shows whole: its cells in the order of `RESULT_COLUMNS`, cut where they are very long. */
export type ShownRow = readonly string[];

/** Characters kept of a cell; what is cut stands in the results. */
const CELL_SHOWN: Readonly<Partial<Record<ResultColumn, number>>> = {
  message: 1_000,
  tip: 500,
  request_ids: 600,
};
const OTHERS_SHOWN = 200;

export function shownRow({ cells }: EarlierResult): ShownRow {
  return RESULT_COLUMNS.map((column) => shortened(cells[column] ?? '', CELL_SHOWN[column] ?? OTHERS_SHOWN));
}

/** The text, or its beginning with a word on how long it is. No identifier that was cut is a valid one. */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  // Half of a pair of surrogates is no character.
  const end = /[\uD800-\uDBFF]/.test(text.charAt(length - 1)) ? length - 1 : length;
  return `${text.slice(0, end)} … (${text.length.toLocaleString('en-US')} characters in the results)`;
}

/** The cell of a shown row. */
export function cellOf(row: ShownRow, column: ResultColumn): string {
  return row[RESULT_COLUMNS.indexOf(column)] ?? '';
}
