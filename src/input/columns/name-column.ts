import { cleanValue } from '../values/clean-value.ts';
import { isName, namedType } from '../values/solution-name.ts';
import type { SampledTable } from './column-errors.ts';
import { columnIndexes, type FoundColumns } from './found-columns.ts';

/**
 * Whether the entity's column evidently holds names: more than half of its values are such, in the first rows of types that have
 * names. A word among identifiers is a fault, and is looked up nowhere; so is one in a row that is too wide, whose cells slipped.
 */
export function holdsNames(
  { header, samples }: Pick<SampledTable, 'header' | 'samples'>,
  columns: FoundColumns,
): boolean {
  const { entity, entities, type, toldType, fallbackType } = columnIndexes(columns);
  if (entities.length > 0) return false;
  const filled = samples
    .map((row) => ({
      type: toldType ?? cleanValue(row[type] ?? ''),
      entity: cleanValue(row[entity] ?? ''),
      isWide: row.slice(header.length).some((cell) => cell !== ''),
    }))
    .filter((values) => values.entity !== '' && namedType(values, fallbackType) !== undefined);
  const names = filled.filter((values) => !values.isWide && isName(values, fallbackType));
  return names.length * 2 > filled.length;
}
