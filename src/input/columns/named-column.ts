import { ambiguousOption, columnName, unknownOption, type SampledTable } from './column-errors.ts';
import type { Role } from './column-names.ts';
import { foldName } from '../values/fold-name.ts';
import type { FoundColumn } from './found-columns.ts';

/** The column that the user names, by its name or its position. Throws `input_columns` where there is none, or two. */
export function columnByOption(table: SampledTable, role: Role, name: string): FoundColumn {
  const exact = indexesOf(table.header, (cell) => cell.trim() === name.trim());
  const matches = exact.length > 0 ? exact : indexesOf(table.header, (cell) => namesColumn(cell, name));
  if (matches.length > 1) throw ambiguousOption(table, role, matches);
  const position = /^[0-9]{1,5}$/.test(name) ? Number(name) - 1 : -1;
  const index = matches[0] ?? position;
  if (index < 0 || index >= table.header.length) throw unknownOption(table, role, name);
  return { index, name: columnName(table, index), found: 'option' };
}

/** Whether a header cell is the one that the user names. */
export function namesColumn(cell: string, name: string): boolean {
  const folded = foldName(name);
  return folded === '' ? cell.trim() === name.trim() : foldName(cell) === folded;
}

function indexesOf(header: readonly string[], test: (cell: string) => boolean): number[] {
  return header.flatMap((cell, index) => (test(cell) ? [index] : []));
}
