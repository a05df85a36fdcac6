import type { InputRow } from '../../model/row.ts';

/** An invalid row of an account's input. */
export interface FaultyRow {
  /** As a spreadsheet numbers it. */
  readonly row: number;
  readonly message: string;
}

const KEPT = 5;

/** `fromSheet`: the number that is told is the one in the whole, which is its last cell. */
export function noteFault(faults: FaultyRow[], row: InputRow, fromSheet: boolean): void {
  if (row.kind !== 'invalid' || faults.length === KEPT) return;
  const number = fromSheet ? Number(row.cells.at(-1)) : row.row;
  faults.push({ row: number, message: row.problems.map(({ message }) => message).join(' ') });
}
