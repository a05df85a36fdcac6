import type { EntityType } from '../../model/entity.ts';
import { isCode } from '../../model/entity-types.ts';
import { cleanValue } from '../values/clean-value.ts';
import { foldName } from '../values/fold-name.ts';
import { columnName, columnOptions, sharedColumn, tiedColumns, type SampledTable } from './column-errors.ts';
import { belowTitle, missingColumn } from './missing-columns.ts';
import { ANOTHER_OPPORTUNITY, knownName, lookAlike, type Role } from './column-names.ts';
import { remarkIn } from './decisions/remarks.ts';
import { saysGoes, saysReplaces } from './decisions/pair-names.ts';
import { parseEntityType } from '../values/entity-type.ts';
import {
  looksLikeIdentifier,
  looksLikeOpportunity,
  looksLikeProductCode,
} from '../values/identifier-shape.ts';
import type { InputOptions } from './input-options.ts';
import { identifiersIn } from '../values/identifiers-in.ts';
import { isSolutionName } from '../values/solution-name.ts';
import { columnByOption, columnOfNames, severalEntityColumns } from './named-column.ts';
import { typesOfNames, typeSource } from './found-columns.ts';
import type { FoundColumn, FoundColumns, UnusedColumn } from './found-columns.ts';

interface Candidate {
  readonly index: number;
  readonly weak: boolean;
  readonly content: 'fits' | 'differs' | 'blank';
}

/**
 * Finds the columns by header and content together. Two that might be meant are never chosen between.
 *
 * @throws RunError `input_columns`, naming what was seen and the option that settles it
 */
export function findColumns(table: SampledTable, options: InputOptions): FoundColumns {
  const taken = new Set<number>();
  const given = givenColumns(table, options);
  for (const { index } of Object.values(given)) {
    if (taken.has(index)) throw sharedColumn(table, index);
    taken.add(index);
  }
  const find = (role: Role): FoundColumn | undefined => {
    if (given[role] !== undefined) return given[role];
    const found = columnByName(table, role, { options, taken });
    if (found !== undefined) taken.add(found.index);
    return found;
  };
  const several = severalEntityColumns(table, options);
  for (const { index } of several) {
    if (taken.has(index)) throw sharedColumn(table, index);
    taken.add(index);
  }
  const opportunity = find('opportunity') ?? missing(table, 'opportunity');
  // Of several columns each one's name tells its type: a column of types would be another's.
  const hasTypes = options.entityType === undefined && (several.length === 0 || given.type !== undefined);
  const type = hasTypes ? find('type') : undefined;
  const [first, ...others] = several;
  const entity = first ?? find('entity') ?? columnOfNames(table, options, taken) ?? missing(table, 'entity');
  return {
    opportunity,
    entity,
    ...(others.length > 0 && { furtherEntities: others }),
    type: others.length > 0 && type === undefined ? typesOfNames(options) : typeSource(type, entity, options),
    replacement: find('replacement'),
    replacementType:
      options.replaceTypeColumn === undefined
        ? undefined
        : columnByOption(table, 'type', options.replaceTypeColumn),
  };
}

/** Finds the column of opportunities, in a file from which nothing else is read; throws as `findColumns` does. */
export function findOpportunityColumn(table: SampledTable, options: InputOptions): FoundColumn {
  const { opportunityColumn } = options;
  if (opportunityColumn !== undefined) return columnByOption(table, 'opportunity', opportunityColumn);
  const found = columnByName(table, 'opportunity', { options, taken: new Set() });
  return found ?? missing(table, 'opportunity');
}

/** The columns that hold something and are not read, and which of them might have been meant. */
export function unusedColumns(table: SampledTable, columns: FoundColumns): readonly UnusedColumn[] {
  const { opportunity, entity, furtherEntities = [], type, replacement, replacementType } = columns;
  const found = [opportunity, entity, ...furtherEntities, replacement, replacementType];
  const used = new Set(found.map((column) => column?.index));
  if (type.kind === 'column') used.add(type.column.index);
  return columnsBeside(table, used);
}

/** Of results: the user's columns that seem to say what to do with a row. */
export function undecidedColumns(table: SampledTable, ours: ReadonlySet<number>): readonly UnusedColumn[] {
  return columnsBeside(table, ours).flatMap(({ holds, ...column }) =>
    column.decides === undefined || (column.decides === '' && holds !== undefined) ? [] : [column],
  );
}

function columnsBeside(table: SampledTable, used: ReadonlySet<number | undefined>): readonly UnusedColumn[] {
  const optionOf = columnOptions(table);
  const isNothing = (cell: string, index: number): boolean =>
    cleanValue(cell) === '' && contentOf(table, index, () => true) === 'blank';
  return table.header.flatMap((cell, index) =>
    used.has(index) || isNothing(cell, index) ? [] : [unusedColumn(table, index, optionOf(index))],
  );
}

function unusedColumn(table: SampledTable, index: number, option: string): UnusedColumn {
  // Cells of a row that is too wide may have slipped into the column.
  const rows = table.samples.filter((row) => row.slice(table.header.length).every((cell) => cell === ''));
  const values = rows.map((row) => cleanValue(row[index] ?? ''));
  const holds = heldIn(table, index);
  return {
    index,
    name: columnName(table, index),
    option,
    ...(holds !== undefined && { holds }),
    ...remarkIn(table.header[index] ?? '', {
      values,
      isWhole: table.isWhole === true && rows.length === table.samples.length,
    }),
  };
}

/** The looks of most of a column's values; nothing where it is another opportunity's by its name. */
function heldIn(table: SampledTable, index: number): UnusedColumn['holds'] {
  const header = table.header[index] ?? '';
  if (lookAlike(header) === ANOTHER_OPPORTUNITY) return undefined;
  if (contentOf(table, index, looksLikeOpportunity) === 'fits') return 'opportunities';
  // Under a name of such, a product's own name is one, and a solution's.
  const isTold = saysGoes(header) || saysReplaces(header);
  const mayBeProducts = isTold || knownName(header, 'entity') !== undefined;
  const mayBeNames = isTold && /solu[tcz]|losung/.test(foldName(header));
  const isIdentifier = contentTest('entity', false);
  const test = (value: string): boolean =>
    isIdentifier(value) ||
    (mayBeProducts && looksLikeProductCode(value)) ||
    (mayBeNames && isSolutionName(value));
  return contentOf(table, index, test) === 'fits' ? 'identifiers' : undefined;
}

function givenColumns(table: SampledTable, options: InputOptions): Partial<Record<Role, FoundColumn>> {
  const given: Partial<Record<Role, FoundColumn>> = {};
  const wanted: readonly (readonly [Role, string | undefined])[] = [
    ['opportunity', options.opportunityColumn],
    ['type', options.typeColumn],
    ['entity', options.entityColumn],
    ['replacement', options.replaceColumn],
  ];
  for (const [role, name] of wanted) {
    if (name !== undefined) given[role] = columnByOption(table, role, name);
  }
  return given;
}

/** The column that its name tells of. Throws `input_columns` where two might be meant. */
export function columnByName(
  table: SampledTable,
  role: Role,
  context: { options: InputOptions; taken: ReadonlySet<number> },
): FoundColumn | undefined {
  const all = candidatesFor(table, role, context);
  const fitting = all.filter((candidate) => candidate.content === 'fits');
  const strong = all.filter((candidate) => !candidate.weak);
  const filled = strong.filter((candidate) => candidate.content !== 'blank');
  // Without any row there is no content that could agree with a weak name.
  const weak = table.samples.length === 0 ? all : [];
  const pool = [fitting, filled, strong, weak].find((some) => some.length > 0) ?? [];
  const [chosen, other] = pool;
  if (chosen === undefined) return undefined;
  if (other !== undefined) throw tiedColumns(table, role, indexesOf(pool));
  return {
    index: chosen.index,
    name: columnName(table, chosen.index),
    found: chosen.content === 'fits' ? 'header and content' : 'header',
  };
}

function indexesOf(columns: readonly Candidate[]): readonly number[] {
  return columns.map(({ index }) => index);
}

function candidatesFor(
  table: SampledTable,
  role: Role,
  context: { options: InputOptions; taken: ReadonlySet<number> },
): Candidate[] {
  const type = context.options.entityType;
  const named = table.header.flatMap((header, index) => {
    const known = context.taken.has(index) ? undefined : knownName(header, role);
    return known === undefined ? [] : [{ index, ...known }];
  });
  // With one type for the whole file, a column whose name speaks of another type is not meant.
  const meant = named.filter(({ tells }) => type === undefined || tells === undefined || tells === type);
  return (meant.length > 0 ? meant : named).map(({ index, weak, tells }) => ({
    index,
    weak,
    content: contentOf(table, index, contentTest(role, [tells, type].some(mayBeCode))),
  }));
}

function mayBeCode(type: EntityType | undefined): boolean {
  return type !== undefined && isCode(type);
}

function contentTest(role: Role, productCodes: boolean): (value: string) => boolean {
  switch (role) {
    case 'opportunity':
      return looksLikeOpportunity;
    case 'type':
      return (value) => typeof parseEntityType(value) === 'string';
    case 'entity':
    case 'replacement':
      return (value) =>
        identifiersIn(value).every(
          (id) => looksLikeIdentifier(id) || (productCodes && PRODUCT_CODE.test(id)),
        );
    default:
      return role satisfies never;
  }
}

const PRODUCT_CODE = /^[A-Za-z][A-Za-z0-9-]+$/;

function contentOf(
  { samples }: SampledTable,
  index: number,
  test: (value: string) => boolean,
): Candidate['content'] {
  const values = samples.map((row) => cleanValue(row[index] ?? '')).filter((value) => value !== '');
  if (values.length === 0) return 'blank';
  return values.filter(test).length * 2 >= values.length ? 'fits' : 'differs';
}

function missing(asked: SampledTable, role: 'opportunity' | 'entity'): never {
  const table = belowTitle(asked);
  const likelyFor = (wanted: UnusedColumn['holds']): readonly number[] =>
    [...table.header.keys()].filter((index) => heldIn(table, index) === wanted);
  const entities = likelyFor('identifiers');
  if (role === 'entity') throw missingColumn(table, role, entities);
  const isNamed = table.header.some((cell) => knownName(cell, 'entity') !== undefined);
  const opportunities = likelyFor('opportunities');
  const [entity, ...others] = entities;
  const isClear = opportunities.length === 1 && !isNamed && others.length === 0;
  throw missingColumn(table, role, opportunities, isClear ? entity : undefined);
}
