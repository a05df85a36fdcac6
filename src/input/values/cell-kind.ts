import { ENTITY_TYPES, type EntityType, type RelatedEntity } from '../../model/entity.ts';
import { ENTITY_TYPE_RULES, isCode } from '../../model/entity-types.ts';
import { assertNever } from '../../model/fault.ts';
import { cleanValue } from './clean-value.ts';
import { looksLikeOpportunity, looksLikeProductCode, typeOfShape } from './identifier-shape.ts';
import { identifiersIn } from './identifiers-in.ts';

/**
 * The kind of a cell's value, as far as it can be told from the value alone: nothing, a text, an opportunity, or an
 * identifier of one type (`IDENTIFIER` and all above it). Small integers, since one is made of every cell.
 */
export type CellKind = number;

export const EMPTY: CellKind = 0;
/** A customer, a note, a word that may be a product code. */
export const TEXT: CellKind = 1;
export const OPPORTUNITY: CellKind = 2;
/** The first of the identifiers' kinds, one for each entity type in its order. */
export const IDENTIFIER: CellKind = 3;
/** How many kinds there are. */
export const KINDS: number = IDENTIFIER + ENTITY_TYPES.length;

const KIND_OF_TYPE = Object.fromEntries(
  ENTITY_TYPES.map((type, index) => [type, IDENTIFIER + index]),
  // fromEntries forgets the key type of its entries.
) as Readonly<Record<EntityType, CellKind>>;

/** Words that say themselves that they are product codes. */
export const CODE: CellKind = IDENTIFIER + ENTITY_TYPES.findIndex(isCode);

/** The kind of a cell; of several identifiers in one cell, theirs where it is one. */
export function kindOf(cell: string): CellKind {
  if (cell === '') return EMPTY;
  if (!needsLook(cell.charCodeAt(0), cell.charCodeAt(1))) return TEXT;
  const value = cleanValue(cell);
  if (value === '') return EMPTY;
  const kind = kindOfOne(value);
  if (kind !== TEXT || !SEPARATOR.test(value)) return kind;
  const [first = TEXT, ...others] = identifiersIn(value).map(kindOfOne);
  return others.every((other) => other === first) ? first : TEXT;
}

const SEPARATOR = /[;,|\n\r]/;

/** The first two characters of opportunities and of identifiers: most cells have others, and need no further look. */
const BEGINNINGS = beginnings();

/** Whether a cell that begins with two characters (their codes) may be empty, an opportunity or an identifier. */
function needsLook(first: number, second: number): boolean {
  // Printable ASCII; but for quotes, and the sign that formulas begin with, nothing of it is taken off a value.
  const isPlain = first > 0x20 && first < 0x7f && first !== 0x22 && first !== 0x27 && first !== 0x3d;
  return !isPlain || (second < 0x80 && BEGINNINGS[(first << 7) | second] === 1);
}

function beginnings(): Uint8Array {
  const table = new Uint8Array(0x80 * 0x80);
  const numbers = Array.from({ length: 10 }, (_, digit) => [`O${digit}`, `o${digit}`]).flat();
  for (const text of [...numbers, ...ENTITY_TYPES.flatMap(beginningsOf)]) {
    table[(text.charCodeAt(0) << 7) | text.charCodeAt(1)] = 1;
  }
  return table;
}

/** The kind of the cell that a valid entity was read from: its type tells most of it, without a second look. */
export function kindOfEntity({ type, id }: RelatedEntity): CellKind {
  const { shape } = ENTITY_TYPE_RULES[type];
  if (shape.kind === 'arn') return KIND_OF_TYPE[type];
  if (shape.kind === 'code') return looksLikeProductCode(id) ? CODE : TEXT;
  return id.startsWith(shape.prefix) || shape.words.includes(id) ? KIND_OF_TYPE[type] : TEXT;
}

/** Whether a kind is that of identifiers whose shape tells their type. */
export function isShaped(kind: CellKind): boolean {
  return kind >= IDENTIFIER && kind !== CODE;
}

/** Whether a kind is one that few columns hold, so that it tells where a value belongs. */
export function isTelling(kind: CellKind): boolean {
  return kind >= OPPORTUNITY;
}

function beginningsOf(type: EntityType): readonly string[] {
  const { shape } = ENTITY_TYPE_RULES[type];
  switch (shape.kind) {
    case 'numbered':
      return [shape.prefix];
    case 'code':
      return ['Amazon', 'AWS'];
    case 'arn':
      return ['arn:', shape.prefix];
    default:
      return assertNever(shape);
  }
}

function kindOfOne(value: string): CellKind {
  if (looksLikeOpportunity(value)) return OPPORTUNITY;
  const type = typeOfShape(value);
  if (type !== undefined) return KIND_OF_TYPE[type];
  return looksLikeProductCode(value) ? CODE : TEXT;
}

/** A row's cells with their kinds, without the empty ones at its end. */
export interface ProfiledRow {
  readonly cells: readonly string[];
  readonly kinds: readonly CellKind[];
  /** Whether the profile has learned the row already: it then counts for nothing in what is said of it. */
  readonly learned: boolean;
}

/** The cells of a valid row that were read already: where its opportunity and its entity stand, and the latter's kind. */
export interface KnownKinds {
  readonly opportunity: number;
  readonly entity: number;
  readonly kind: CellKind;
}

export function profiledRow(
  cells: readonly string[],
  learned: boolean,
  known: KnownKinds = NONE_KNOWN,
): ProfiledRow {
  let { length } = cells;
  while (length > 0 && isBlank(cells[length - 1] ?? '')) length -= 1;
  const kinds: CellKind[] = [];
  for (let index = 0; index < length; index += 1) {
    if (index === known.opportunity) kinds.push(OPPORTUNITY);
    else kinds.push(index === known.entity ? known.kind : kindOf(cells[index] ?? ''));
  }
  return { cells, kinds, learned };
}

const NONE_KNOWN: KnownKinds = { opportunity: -1, entity: -1, kind: EMPTY };

function isBlank(cell: string): boolean {
  return cell === '' || cleanValue(cell) === '';
}

const SPACE = 0x20;

/** Whether a cell begins with a space, as what stands behind a comma in a text does. */
export function isSpaced(cell: string | undefined): boolean {
  return cell?.charCodeAt(0) === SPACE;
}
