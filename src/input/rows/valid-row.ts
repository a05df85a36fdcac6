import type { Contradiction, InputRow, RowPlace, Target } from '../../model/row.ts';

/** Written out for nearly all rows: to spread an object takes longer than all else that is done with one. */
export function validRow(place: RowPlace, target: Target, contradicts: Contradiction | undefined): InputRow {
  if (contradicts !== undefined) return { ...place, kind: 'valid', target, contradicts };
  const { ordinal, row, cells, earlier, overruled, wantsReplacement } = place;
  if (overruled !== undefined || wantsReplacement !== undefined) return { ...place, kind: 'valid', target };
  return earlier === undefined
    ? { ordinal, row, cells, kind: 'valid', target }
    : { ordinal, row, cells, earlier, kind: 'valid', target };
}
