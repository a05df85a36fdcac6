import { columnName, type SampledTable } from './column-errors.ts';
import { knownName } from './column-names.ts';
import type { EntityColumn } from './found-columns.ts';
import type { InputOptions } from './input-options.ts';
import { columnByOption } from './named-column.ts';

/** `RelatedEntityIdentifiers.Solutions[0]`: one of the columns that a list was flattened into. */
const NUMBERED = /\[\d+\]\s*$/;

/** The columns of identifiers where there are several: those that are named, or a flattened list; none where one is meant. */
export function severalEntityColumns(table: SampledTable, options: InputOptions): readonly EntityColumn[] {
  const { entityColumn, entityColumns, entityType } = options;
  if (entityColumns !== undefined) {
    return entityColumns.map((name) => typed(columnByOption(table, 'entity', name), table));
  }
  if (entityColumn !== undefined) return [];
  const named = table.header.flatMap((cell, index) => {
    const known = knownName(cell, 'entity');
    return known === undefined || known.weak ? [] : [{ cell, index, tells: known.tells }];
  });
  // A column beside the list may be the one that is meant.
  if (!named.every(({ cell }) => isFlattened(cell))) return [];
  const group = named.filter(({ tells }) => entityType === undefined || tells === entityType);
  if (group.length < 2) return [];
  return group.map(({ index }) => typed({ index, name: columnName(table, index), found: 'header' }, table));
}

/** Whether a column is one that a list of identifiers was flattened into. */
export function isFlattened(cell: string): boolean {
  return NUMBERED.test(cell) && knownName(cell, 'entity')?.tells !== undefined;
}

function typed(column: Omit<EntityColumn, 'tells'>, { header }: SampledTable): EntityColumn {
  return { ...column, tells: knownName(header[column.index] ?? '', 'entity')?.tells };
}
