import type { Target } from '../../model/row.ts';
import type { ColumnIndexes } from '../columns/found-columns.ts';
import { severalAt, valuesAt } from './values-at.ts';

/** The identifiers of a row's target for which its own cells have names. */
export function namedIds(
  { entity, replacement }: Target,
  cells: readonly string[],
  columns: ColumnIndexes,
): readonly string[] {
  const values = valuesAt(cells, columns);
  const written = [values, ...severalAt(values, cells, columns)];
  const isWritten = written.some((one) => one.entity === '' || one.entity === entity.id);
  const isReplacement = values.replacement === '' || values.replacement === replacement?.id;
  return [
    ...(isWritten ? [] : [entity.id]),
    ...(isReplacement || replacement === undefined ? [] : [replacement.id]),
  ];
}
