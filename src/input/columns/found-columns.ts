import { isEntityType, type EntityType } from '../../model/entity.ts';
import { knownName } from './column-names.ts';
import type { InputOptions } from './input-options.ts';
import { isTelling, kindOf } from '../values/cell-kind.ts';
import { cleanValue } from '../values/clean-value.ts';
import { saysGoes, saysReplaces, saysWhich } from './decisions/pair-names.ts';

/** One column, and why it was taken. */
export interface FoundColumn {
  /** From 0. */
  readonly index: number;
  /** The header cell, or `column 3` where there is none. */
  readonly name: string;
  readonly found: 'option' | 'header' | 'header and content';
}

/** A column that is only carried through. */
export interface UnusedColumn {
  /** From 0. */
  readonly index: number;
  readonly name: string;
  /** The value of an option that names it: its name, or its position where that is not its own. */
  readonly option: string;
  /** The looks of most of its values, where that might be meant. */
  readonly holds?: 'opportunities' | 'identifiers' | undefined;
  /** A value that seems to decide what is done with a row; empty where only the column's name speaks of it. */
  readonly decides?: string | undefined;
  /** One of the few texts that stand in it, where nearly all of its cells are empty. */
  readonly note?: string | undefined;
}

/** One of several columns of identifiers. */
export interface EntityColumn extends FoundColumn {
  /** The type that its name speaks of. */
  readonly tells?: EntityType | undefined;
}

/** Where a row's entity type comes from. */
export type TypeSource =
  | { readonly kind: 'option'; readonly type: EntityType }
  | { readonly kind: 'column'; readonly column: FoundColumn }
  // The entity column's own name says it, such as `RelatedEntityIdentifiers.AwsProducts[0]`.
  | { readonly kind: 'entity_header'; readonly type: EntityType }
  // The same of several columns, each its own.
  | { readonly kind: 'entity_headers' }
  // `S-…`, ARN segments.
  | { readonly kind: 'shape' };

export interface FoundColumns {
  readonly opportunity: FoundColumn;
  readonly entity: EntityColumn;
  /** The others, where there are several columns of identifiers. */
  readonly furtherEntities?: readonly EntityColumn[];
  readonly type: TypeSource;
  readonly replacement: FoundColumn | undefined;
  /** Only where it was named. */
  readonly replacementType?: FoundColumn | undefined;
}

/** Where a row's values stand, from 0; -1 for none. */
export interface ColumnIndexes {
  readonly opportunity: number;
  readonly entity: number;
  /** All columns of identifiers, where there are several; none where there is one. */
  readonly entities: readonly EntityPlace[];
  readonly type: number;
  readonly replacement: number;
  readonly replacementType: number;
  /** The type of every row, told by the user. */
  readonly toldType: EntityType | undefined;
  /** The type where neither cell nor shape tells one. */
  readonly fallbackType: EntityType | undefined;
  /** The columns that tell whether a row is meant at all. */
  readonly conditions: readonly number[];
}

/** One of several columns of identifiers, and the type that its name tells. */
export interface EntityPlace {
  readonly index: number;
  readonly tells: EntityType | undefined;
}

export function columnIndexes(columns: FoundColumns, conditions: readonly number[] = []): ColumnIndexes {
  const { type, entity, furtherEntities = [] } = columns;
  const several = furtherEntities.length === 0 ? [] : [entity, ...furtherEntities];
  return {
    opportunity: columns.opportunity.index,
    entity: entity.index,
    entities: several.map(({ index, tells }) => ({ index, tells })),
    type: type.kind === 'column' ? type.column.index : -1,
    replacement: columns.replacement?.index ?? -1,
    replacementType: columns.replacementType?.index ?? -1,
    toldType: type.kind === 'option' ? type.type : undefined,
    fallbackType: type.kind === 'entity_header' ? type.type : undefined,
    conditions,
  };
}

/** The types that several columns’ names tell, or the one of the options. */
export function typesOfNames({ entityType }: InputOptions): TypeSource {
  return entityType === undefined ? { kind: 'entity_headers' } : { kind: 'option', type: entityType };
}

/** Where the types come from, of what was found. */
export function typeSource(
  column: FoundColumn | undefined,
  entity: EntityColumn,
  options: InputOptions,
): TypeSource {
  if (options.entityType !== undefined) return { kind: 'option', type: options.entityType };
  if (column !== undefined) return { kind: 'column', column };
  const told = entity.tells ?? knownName(entity.name, 'entity')?.tells;
  return told !== undefined && isEntityType(told) ? { kind: 'entity_header', type: told } : { kind: 'shape' };
}

/** The columns that rows are read for; -1 stands for one that there is not. */
export function readColumns(columns: ColumnIndexes): readonly number[] {
  const { opportunity, entity, type, replacement, replacementType, conditions } = columns;
  return [opportunity, entity, type, replacement, replacementType, ...conditions];
}

/**
 * The columns of identifiers, where a row that holds neither an opportunity nor an identifier says above one of several what is to be
 * done with those below, as under cells of a header that were merged; none where it does not, or the user has named the column.
 */
export function columnsToldIn(
  record: readonly string[],
  columns: FoundColumns,
  unused: readonly UnusedColumn[],
): readonly number[] {
  const { opportunity, entity, replacement } = columns;
  if (cleanValue(record[opportunity.index] ?? '') !== '') return [];
  if (entity.found === 'option' || replacement?.found === 'option') return [];
  const indexes = entityIndexes(columns, unused);
  const isTold = indexes.some((index) => saysWhich(cleanValue(record[index] ?? '')));
  return indexes.length > 1 && isTold && !record.some((cell) => isTelling(kindOf(cell))) ? indexes : [];
}

/** All columns of identifiers, be they read or not, in their order. */
function entityIndexes(
  { entity, furtherEntities = [], replacement }: FoundColumns,
  unused: readonly UnusedColumn[],
): readonly number[] {
  const others = unused.filter(({ holds }) => holds === 'identifiers');
  return [entity, ...furtherEntities, ...(replacement === undefined ? [] : [replacement]), ...others]
    .map(({ index }) => index)
    .toSorted((left, right) => left - right);
}

/** Columns of which one is meant, and nobody can tell which. */
export interface UnclearColumns {
  readonly role: 'opportunity' | 'entity';
  readonly indexes: readonly number[];
}

/**
 * The columns of opportunities, or those of identifiers, where one that is not read says by its name that what it holds goes
 * (`Wrong Solution`) and the one that would be read doesn't; `undefined` where there is none, or the user has named the column.
 */
export function columnsNamedToGo(
  columns: FoundColumns,
  unused: readonly UnusedColumn[],
): UnclearColumns | undefined {
  const { opportunity, entity } = columns;
  const isUnclear = (read: FoundColumn, kind: UnusedColumn['holds']): boolean =>
    read.found !== 'option' &&
    !saysGoes(read.name) &&
    unused.some(({ name, holds }) => holds === kind && saysGoes(name));
  if (isUnclear(opportunity, 'opportunities')) {
    const others = unused.filter(({ holds }) => holds === 'opportunities');
    const indexes = [opportunity, ...others].map(({ index }) => index);
    return { role: 'opportunity', indexes: indexes.toSorted((left, right) => left - right) };
  }
  return isUnclear(entity, 'identifiers')
    ? { role: 'entity', indexes: entityIndexes(columns, unused) }
    : undefined;
}

/**
 * The column that is not read, and says by its name that what it holds takes the place of something (`Move to`); `undefined` where
 * there is none, or the user has named a column or something else as what is attached instead.
 */
export function columnNamedToReplace(
  { entity, replacement }: FoundColumns,
  unused: readonly UnusedColumn[],
): UnusedColumn | undefined {
  if (entity.found === 'option' || replacement !== undefined) return undefined;
  return unused.find(({ name, holds }) => holds === 'identifiers' && saysReplaces(name));
}
