import type { RowsDone } from '../../run/rows/rows-done.ts';
import { count, counted } from './amounts.ts';

/** How far a run has come, before its rows by status where there are any: at its stop, and whenever it is looked at. */
export function describeDone({ input, rowsToRun, settled, inDoubt }: RowsDone): string {
  const doubt = inDoubt === 0 ? '' : `, ${count(inDoubt)} in doubt`;
  const told = Object.entries({
    invalid: input.invalid,
    duplicate: input.duplicate,
    'left out': input.skipped,
  }).flatMap(([what, rows]) => (rows === 0 ? [] : [`${count(rows)} ${what}`]));
  const beside = told.length === 0 ? '' : ` (beside them ${told.join(', ')})`;
  return `${count(settled.rows)} of ${counted(rowsToRun, 'valid row')} done${doubt}${beside}${settled.rows === 0 ? '.' : ':'}`;
}
