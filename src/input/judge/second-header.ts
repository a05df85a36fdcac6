import { knownName, type Role } from '../columns/column-names.ts';
import type { ColumnIndexes } from '../columns/found-columns.ts';
import { foldName } from '../values/fold-name.ts';
import { cleanValue } from '../values/clean-value.ts';
import { looksLikeIdentifier, looksLikeOpportunity } from '../values/identifier-shape.ts';

/** A table's header, as later rows are held against it. */
export interface FirstHeader {
  readonly cells: readonly string[];
  /** The same, folded. */
  readonly names: readonly string[];
  /** Whether the file has one; else `cells` are numbers. */
  readonly isOwn: boolean;
  readonly columns: ColumnIndexes;
}

export function firstHeader(cells: readonly string[], isOwn: boolean, columns: ColumnIndexes): FirstHeader {
  return { cells, names: cells.map(foldName), isOwn, columns };
}

const ROLES: readonly Role[] = ['opportunity', 'type', 'entity', 'replacement'];

/**
 * Whether a row is a header again, as where files were joined: the `same`, under which the rows below are read alike, or
 * `another`, under which they would be read wrongly.
 */
export function secondHeader(record: readonly string[], first: FirstHeader): 'same' | 'another' | undefined {
  const values = record.map(cleanValue);
  if (values.some((value) => looksLikeOpportunity(value) || looksLikeIdentifier(value))) return undefined;
  const names = values.map(foldName);
  if (!isHeader(values, names, first)) return undefined;
  const length = Math.max(values.length, first.cells.length);
  for (let index = 0; index < length; index += 1) {
    const [value, before] = [values[index] ?? '', first.cells[index] ?? ''];
    if ((names[index] ?? '') === (first.names[index] ?? '')) continue;
    if (isRead(index, first.columns) && first.isOwn) return 'another';
    const speaks = rolesOf(value).join(' ');
    if (speaks !== (first.isOwn ? rolesOf(before).join(' ') : roleAt(index, first.columns))) return 'another';
  }
  return 'same';
}

/** It speaks of opportunities and of entities, or has two of the first header's names. */
function isHeader(
  values: readonly string[],
  names: readonly string[],
  { names: firstNames, isOwn, columns }: FirstHeader,
): boolean {
  const known = new Set(isOwn ? firstNames.filter((name) => name !== '') : []);
  const repeated = new Set(names.filter((name) => known.has(name)));
  if (repeated.size >= 2) return true;
  const speaksOf = (role: Role, index: number): boolean =>
    values.some((value) => knownName(value, role)?.weak === false) ||
    (repeated.size > 0 && repeated.has(firstNames[index] ?? ''));
  const { opportunity, entity } = columns;
  return speaksOf('opportunity', opportunity) && (speaksOf('entity', entity) || speaksOf('replacement', -1));
}

function isRead(index: number, columns: ColumnIndexes): boolean {
  const { opportunity, type, entity, replacement, replacementType } = columns;
  return [opportunity, type, entity, replacement, replacementType].includes(index);
}

/** The parts that a name says it plays beyond doubt. */
function rolesOf(name: string): readonly Role[] {
  return ROLES.filter((role) => knownName(name, role)?.weak === false);
}

function roleAt(index: number, { opportunity, type, entity, replacement }: ColumnIndexes): string {
  return ROLES.find((_, role) => [opportunity, type, entity, replacement][role] === index) ?? '';
}
