import { cleanValue } from '../values/clean-value.ts';
import type { ColumnIndexes } from '../columns/column-indexes.ts';
import type { RawValues } from '../values/validate-values.ts';

/** The values that stand in the columns of a record. */
export function valuesAt(
  cells: readonly string[],
  { opportunity, type, entity, replacement, replacementType, toldType }: ColumnIndexes,
): RawValues {
  return {
    opportunity: valueAt(cells, opportunity),
    type: toldType ?? valueAt(cells, type),
    entity: valueAt(cells, entity),
    replacement: valueAt(cells, replacement),
    replacementType: valueAt(cells, replacementType),
  };
}

function valueAt(cells: readonly string[], index: number): string {
  // Short rows are told by their length: reading past the end of an array, or at -1, is slow.
  return index >= 0 && index < cells.length ? cleanValue(cells[index] ?? '') : '';
}
