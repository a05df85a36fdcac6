import { WANTED } from '../../../model/outcome.ts';
import type { RowPlace, Target } from '../../../model/row.ts';
import type { InputOptions } from '../../columns/input-options.ts';
import { cleanValue } from '../../values/clean-value.ts';
import type { ColumnIndexes } from '../../columns/found-columns.ts';
import type { RawValues } from '../../values/validate-values.ts';

/** The values that stand in the columns of a record; of several columns of identifiers, the first that is filled. */
export function valuesAt(cells: readonly string[], columns: ColumnIndexes): RawValues {
  const { opportunity, type, entity, replacement, replacementType, toldType, entities } = columns;
  const values = {
    opportunity: valueAt(cells, opportunity),
    type: toldType ?? valueAt(cells, type),
    entity: valueAt(cells, entity),
    replacement: valueAt(cells, replacement),
    replacementType: valueAt(cells, replacementType),
  };
  return entities.length === 0 ? values : (severalAt(values, cells, columns)[0] ?? values);
}

/** Whether what these options remove is to be replaced. */
export function wantOf({ replaceWith, replaceMap }: InputOptions): Pick<RowPlace, 'wantsReplacement'> {
  return replaceWith === undefined && replaceMap === undefined ? {} : { wantsReplacement: true };
}

/** Of results: the mark of a replacement that is wanted names none. */
export function withoutMark(values: RawValues): RawValues {
  return values.replacement === WANTED ? { ...values, replacement: '' } : values;
}

/** The same values once for each column of identifiers that is filled; none where none is. */
export function severalAt(
  values: RawValues,
  cells: readonly string[],
  { entities }: ColumnIndexes,
): readonly RawValues[] {
  return entities.flatMap(({ index, tells }) => {
    const entity = valueAt(cells, index);
    return entity === '' ? [] : [{ ...values, entity, columnType: tells }];
  });
}

/** One cell's value; empty beyond the record, and at -1. */
export function valueAt(cells: readonly string[], index: number): string {
  // Short rows are told by their length: reading past the end of an array, or at -1, is slow.
  return index >= 0 && index < cells.length ? cleanValue(cells[index] ?? '') : '';
}

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
