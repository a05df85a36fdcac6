import { isEntityType } from '../model/entity.ts';
import { RunError } from '../model/run-error.ts';
import { cleanValue } from './clean-value.ts';
import { knownName, lookAlike, type Role } from './column-names.ts';
import { parseEntityType } from './entity-type.ts';
import { foldName } from './fold-name.ts';
import { looksLikeIdentifier, looksLikeOpportunity } from './identifier-shape.ts';
import type { InputOptions } from './input-options.ts';
import { identifiersIn } from './identifiers-in.ts';
import { showValue } from './show-value.ts';
import type { FoundColumn, FoundColumns, TypeSource } from './understanding.ts';

/** A header and some rows below it. */
export interface Table {
  /** What messages call the file. */
  readonly name: string;
  readonly header: readonly string[];
  readonly samples: readonly (readonly string[])[];
}

interface Candidate {
  readonly index: number;
  readonly weak: boolean;
  readonly content: 'fits' | 'differs' | 'blank';
}

const ROLE_WORDS: Readonly<
  Record<Role, { readonly option: string; readonly what: string; readonly example: string }>
> = {
  opportunity: { option: '--opportunity-column', what: 'opportunities', example: 'OpportunityIdentifier' },
  type: { option: '--type-column', what: 'entity types', example: 'RelatedEntityType' },
  entity: { option: '--entity-column', what: 'entity identifiers', example: 'RelatedEntityIdentifier' },
  replacement: { option: '--replace-column', what: 'replacements', example: 'ReplacementIdentifier' },
};

/**
 * Finds the columns by header and content together. Two that might be meant are never chosen between.
 *
 * @throws RunError `input_columns`, naming what was seen and the option that settles it
 */
export function findColumns(table: Table, options: InputOptions): FoundColumns {
  const taken = new Set<number>();
  const given = givenColumns(table, options);
  for (const column of Object.values(given)) takeColumn(table, column, taken);
  const find = (role: Role): FoundColumn | undefined => {
    if (given[role] !== undefined) return given[role];
    const found = columnByName(table, role, { options, taken });
    if (found !== undefined) taken.add(found.index);
    return found;
  };
  const opportunity = find('opportunity') ?? fail(table, 'opportunity');
  const type = options.entityType === undefined ? find('type') : undefined;
  const entity = find('entity') ?? fail(table, 'entity');
  return { opportunity, entity, type: typeSource(type, entity, options), replacement: find('replacement') };
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
    score('entity', options.entityColumn, 8) +
    score('type', options.typeColumn, 4) +
    score('replacement', options.replaceColumn, 2)
  );
}

/** More columns than Excel has. */
const WIDEST_HEADER = 20_000;

function givenColumns(table: Table, options: InputOptions): Partial<Record<Role, FoundColumn>> {
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

function columnByOption(table: Table, role: Role, name: string): FoundColumn {
  const { option } = ROLE_WORDS[role];
  const exact = indexesOf(table.header, (cell) => cell.trim() === name.trim());
  const matches = exact.length > 0 ? exact : indexesOf(table.header, (cell) => namesColumn(cell, name));
  const [index, second] = matches;
  if (index !== undefined && second !== undefined) {
    throw columnsError(
      table,
      `${matches.length} columns are called ${showValue(name)}: ${positions(matches)}.`,
      `Say which by its position: ${option} ${index + 1}`,
    );
  }
  if (index !== undefined) return { index, name: nameOf(table, index), found: 'option' };
  const position = /^\d+$/.test(name) ? Number(name) : 0;
  if (position >= 1 && position <= table.header.length) {
    return { index: position - 1, name: nameOf(table, position - 1), found: 'option' };
  }
  throw columnsError(
    table,
    `${option} ${name}: there is no such column. ${headersSeen(table)}`,
    `Copy the name as it stands in the header, or give the column's position, from 1 to ${table.header.length}.`,
  );
}

function takeColumn(table: Table, column: FoundColumn, taken: Set<number>): void {
  if (taken.has(column.index)) {
    throw columnsError(
      table,
      `Column ${showValue(column.name)} is given for two purposes.`,
      'Each of --opportunity-column, --type-column, --entity-column and --replace-column needs a column of its own.',
    );
  }
  taken.add(column.index);
}

function columnByName(
  table: Table,
  role: Role,
  context: { options: InputOptions; taken: ReadonlySet<number> },
): FoundColumn | undefined {
  const all = candidatesFor(table, role, context);
  const fitting = all.filter((candidate) => candidate.content === 'fits');
  const strong = all.filter((candidate) => !candidate.weak);
  const filled = strong.filter((candidate) => candidate.content !== 'blank');
  const pool = [fitting, filled, strong].find((some) => some.length > 0) ?? [];
  const [chosen, other] = pool;
  if (chosen === undefined) return undefined;
  if (other !== undefined) throw tie(table, role, pool);
  return {
    index: chosen.index,
    name: nameOf(table, chosen.index),
    found: chosen.content === 'fits' ? 'header and content' : 'header',
  };
}

function candidatesFor(
  table: Table,
  role: Role,
  context: { options: InputOptions; taken: ReadonlySet<number> },
): Candidate[] {
  const type = context.options.entityType;
  const named = table.header.flatMap((header, index) => {
    const known = context.taken.has(index) ? undefined : knownName(header, role);
    return known === undefined ? [] : [{ index, ...known }];
  });
  // With --entity-type, a column whose name speaks of another type is not meant.
  const meant = named.filter(({ tells }) => type === undefined || tells === undefined || tells === type);
  return (meant.length > 0 ? meant : named).map(({ index, weak, tells }) => ({
    index,
    weak,
    content: contentOf(table, index, contentTest(role, tells === 'AwsProducts' || type === 'AwsProducts')),
  }));
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

function contentOf(table: Table, index: number, test: (value: string) => boolean): Candidate['content'] {
  const values = table.samples.map((row) => cleanValue(row[index] ?? '')).filter((value) => value !== '');
  if (values.length === 0) return 'blank';
  return values.filter(test).length * 2 >= values.length ? 'fits' : 'differs';
}

function typeSource(column: FoundColumn | undefined, entity: FoundColumn, options: InputOptions): TypeSource {
  if (options.entityType !== undefined) return { kind: 'option', type: options.entityType };
  if (column !== undefined) return { kind: 'column', column };
  const told = knownName(entity.name, 'entity')?.tells;
  return told !== undefined && isEntityType(told) ? { kind: 'entity_header', type: told } : { kind: 'shape' };
}

function tie(table: Table, role: Role, pool: readonly Candidate[]): RunError {
  const { option, what } = ROLE_WORDS[role];
  const names = pool.map(({ index }) => nameOf(table, index));
  const same = new Set(names.map((name) => name.trim())).size < names.length;
  const shown = pool
    .map(({ index }) => `${showValue(nameOf(table, index))} (column ${index + 1})`)
    .join(' and ');
  const example = same ? String((pool[0]?.index ?? 0) + 1) : quoteForShell(names[0] ?? '');
  return columnsError(
    table,
    `${pool.length} columns might be the one of ${what}: ${shown}.`,
    `Say which, for instance: ${option} ${example}`,
  );
}

function fail(table: Table, role: 'opportunity' | 'entity'): never {
  const { option, what, example } = ROLE_WORDS[role];
  const test = contentTest(role, false);
  const misleading = indexesOf(
    table.header,
    (cell) => role === 'opportunity' && lookAlike(cell) !== undefined,
  );
  const likely = table.header.flatMap((_, index) =>
    !misleading.includes(index) && contentOf(table, index, test) === 'fits' ? [index] : [],
  );
  const not = misleading.map(
    (index) =>
      ` ${showValue(nameOf(table, index))} was not taken: it usually holds ${lookAlike(nameOf(table, index))}.`,
  );
  const hint =
    likely[0] === undefined
      ? `Name it with ${option}, or give it a header such as ${example}.`
      : `${showValue(nameOf(table, likely[0]))} (column ${likely[0] + 1}) holds such values; if it is the one: ${option} ${quoteForShell(nameOf(table, likely[0]))}`;
  throw columnsError(table, `No column of ${what} was found.${not.join('')} ${headersSeen(table)}`, hint);
}

function headersSeen(table: Table): string {
  const shown = table.header.slice(0, 30).map(showValue).join(', ');
  return `Headers seen: ${shown}${table.header.length > 30 ? `, and ${table.header.length - 30} more` : ''}.`;
}

function namesColumn(cell: string, name: string): boolean {
  const folded = foldName(name);
  return folded === '' ? cell.trim() === name.trim() : foldName(cell) === folded;
}

function nameOf(table: Table, index: number): string {
  const name = cleanValue(table.header[index] ?? '');
  return name === '' ? `column ${index + 1}` : name;
}

function indexesOf(header: readonly string[], test: (cell: string) => boolean): number[] {
  return header.flatMap((cell, index) => (test(cell) ? [index] : []));
}

function positions(indexes: readonly number[]): string {
  return `columns ${indexes.map((index) => index + 1).join(', ')}`;
}

function quoteForShell(name: string): string {
  return /^[\w.@-]+$/.test(name) ? name : `"${name.replaceAll(/["\\$`]/g, String.raw`\$&`)}"`;
}

function columnsError(table: Table, message: string, hint: string): RunError {
  return new RunError('input_columns', `${table.name}: ${message}`, { hint });
}
