import { cleanValue } from '../values/clean-value.ts';
import { foldName } from '../values/fold-name.ts';
import type { Condition } from './condition.ts';
import { columnNamedTwice, noSuchColumn, type SelectedTable } from './selection-errors.ts';

/** A column that a condition is about. */
export interface ConditionColumn {
  /** From 0. */
  readonly index: number;
  readonly name: string;
}

/**
 * Finds a condition's column: by its name as it stands, else without regard to case and punctuation, else by its position.
 *
 * @throws RunError `input_columns`
 */
export function columnOf({ column }: Condition, table: SelectedTable): ConditionColumn {
  const names = table.header.map(cleanValue);
  const exact = indexesOf(names, (name) => name === column);
  const folded = foldName(column);
  const alike = folded === '' ? [] : indexesOf(names, (name) => foldName(name) === folded);
  const [found, other] = exact.length > 0 ? exact : alike;
  if (found !== undefined && other !== undefined) throw columnNamedTwice(table, column, found, other);
  const position = /^[0-9]{1,5}$/.test(column) ? Number(column) - 1 : -1;
  const index = found ?? position;
  if (index < 0 || index >= names.length) throw noSuchColumn(table, column);
  return { index, name: names[index] || `column ${index + 1}` };
}

function indexesOf(names: readonly string[], test: (name: string) => boolean): number[] {
  return names.flatMap((name, index) => (test(name) ? [index] : []));
}
