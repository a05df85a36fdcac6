import type { EntityType } from '../../model/entity.ts';
import { RunError } from '../../model/run-error.ts';
import { ambiguousOption, columnName, unknownOption, type SampledTable } from './column-errors.ts';
import { knownName, type Role } from './column-names.ts';
import { cleanValue } from '../values/clean-value.ts';
import { foldName } from '../values/fold-name.ts';
import { looksLikeIdentifier, looksLikeOpportunity } from '../values/identifier-shape.ts';
import { isName, namedType } from '../values/solution-name.ts';
import type { ColumnIndexes, EntityColumn, FoundColumn } from './found-columns.ts';
import type { InputOptions } from './input-options.ts';

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

/** A file of results: with all its columns, and with the user's own alone. */
export interface ResultsTables {
  readonly whole: SampledTable;
  readonly own: SampledTable;
}

/**
 * Refuses an option that names a column which results don't have; one of ours says no more than the file does.
 *
 * @throws RunError `input_columns`, as for any other input
 */
export function assertNamedColumns({ whole, own }: ResultsTables, options: InputOptions): void {
  const { opportunityColumn, typeColumn, entityColumn, entityColumns, replaceColumn, replaceTypeColumn } =
    options;
  const named: readonly (readonly [Role, readonly (string | undefined)[]])[] = [
    ['opportunity', [opportunityColumn]],
    ['type', [typeColumn, replaceTypeColumn]],
    ['entity', entityColumns ?? [entityColumn]],
    ['replacement', [replaceColumn]],
  ];
  for (const [role, names] of named) {
    for (const name of names) {
      if (name !== undefined && !isColumn(own, role, name)) columnByOption(whole, role, name);
    }
  }
}

function isColumn(table: SampledTable, role: Role, name: string): boolean {
  try {
    return columnByOption(table, role, name).index >= 0;
  } catch (error) {
    if (error instanceof RunError) return false;
    throw error;
  }
}

function indexesOf(header: readonly string[], test: (cell: string) => boolean): number[] {
  return header.flatMap((cell, index) => (test(cell) ? [index] : []));
}

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

/** What a column is read for. */
export type ColumnPart = 'opportunity' | 'type' | 'entity' | 'other';

/** The part that a column plays, of two the first. */
export function partOf(name: string, index: number, columns: ColumnIndexes): ColumnPart {
  const { opportunity, type, entity, replacement, replacementType, entities } = columns;
  if (index === opportunity) return 'opportunity';
  if (index === type || index === replacementType) return 'type';
  const isEntity = index === entity || index === replacement || isFlattened(name);
  return isEntity || entities.some((one) => one.index === index) ? 'entity' : 'other';
}

function typed(column: Omit<EntityColumn, 'tells'>, { header }: SampledTable): EntityColumn {
  return { ...column, tells: knownName(header[column.index] ?? '', 'entity')?.tells };
}

/**
 * The column that holds names of solutions under a type's own name, such as `Solution`, where nothing else in the table may be the column of identifiers:
 * no other column looks like one, and more than half of its values may be names.
 */
export function columnOfNames(
  { header, samples }: SampledTable,
  { entityType }: InputOptions,
  taken: ReadonlySet<number>,
): EntityColumn | undefined {
  const typeOf = (one: number): EntityType | undefined =>
    namedType({ type: cleanValue(header[one] ?? ''), entity: '' }, undefined);
  const free = [...header.keys()].filter((index) => !taken.has(index));
  const valuesOf = (index: number): readonly string[] =>
    samples.map((row) => cleanValue(row[index] ?? '')).filter((value) => value !== '');
  const [index = -1, other] = free.filter((one) => typeOf(one) !== undefined);
  const tells = typeOf(index);
  if (tells === undefined || other !== undefined || (entityType ?? tells) !== tells) return undefined;
  const others = free.filter(
    (one) => one !== index && knownName(header[one] ?? '', 'replacement') === undefined,
  );
  if (others.some((one) => valuesOf(one).some(looksLikeIdentifier))) return undefined;
  const values = valuesOf(index);
  const names = values.filter((value) => isName({ type: tells, entity: value }, undefined));
  if (names.length * 2 <= values.length) return undefined;
  const name = cleanValue(header[index] ?? '');
  return { index, name, found: 'header and content', tells };
}

/** How much a row looks like the header: what finds it below titles, and tells the delimiter. */
export function headerScore(cells: readonly string[], options: InputOptions): number {
  const values = cells.slice(0, WIDEST_HEADER).map(cleanValue);
  if (values.some(looksLikeOpportunity)) return 0;
  const score = (role: Role, option: string | undefined, weight: number): number => {
    if (option !== undefined) return values.some((value) => namesColumn(value, option)) ? weight : 0;
    const names = values.map((value) => knownName(value, role)).filter((name) => name !== undefined);
    if (names.length === 0) return 0;
    return names.some((name) => !name.weak) ? weight : 1;
  };
  return (
    score('opportunity', options.opportunityColumn, 8) +
    score('entity', options.entityColumn ?? options.entityColumns?.[0], 8) +
    score('type', options.typeColumn, 4) +
    score('replacement', options.replaceColumn, 2)
  );
}

/** More columns than Excel has. */
const WIDEST_HEADER = 20_000;
