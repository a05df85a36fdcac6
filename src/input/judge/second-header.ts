import { knownName, lookAlike, type Role } from '../columns/column-names.ts';
import { namesDecision } from '../columns/decisions/decision-names.ts';
import { readColumns, type ColumnIndexes } from '../columns/found-columns.ts';
import { isTelling, kindOf } from '../values/cell-kind.ts';
import { foldName } from '../values/fold-name.ts';
import { cleanValue } from '../values/clean-value.ts';

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
  if (record.length > MOST_CELLS) return undefined;
  const values = record.map(cleanValue);
  if (values.some(isData)) return undefined;
  const names = values.map(foldName);
  if (!isHeader(values, names, first)) return undefined;
  const length = Math.max(values.length, first.cells.length);
  for (let index = 0; index < length; index += 1) {
    const [value, before] = [values[index] ?? '', first.cells[index] ?? ''];
    if ((names[index] ?? '') === (first.names[index] ?? '')) continue;
    if (readColumns(first.columns).includes(index) && first.isOwn) return 'another';
    const speaks = rolesOf(value).join(' ');
    if (speaks !== (first.isOwn ? rolesOf(before).join(' ') : roleAt(index, first.columns))) return 'another';
  }
  return 'same';
}

/**
 * How many identifiers a row below has to have under the words of this one to show that it is a header, in words that nobody knows:
 * each of its cells is another word or two, in the columns of opportunities and of entities, and in a third unless the
 * entities' says what is to be done with them, as `Keep` does. `undefined` where it is none.
 */
export function identifiersBelow(
  record: readonly string[],
  { opportunity, entity }: ColumnIndexes,
): 1 | 2 | undefined {
  if (record.length > MOST_CELLS) return undefined;
  const values = record.map(cleanValue);
  const filled = values.filter((value) => value !== '');
  const least = namesDecision(values[entity] ?? '') ? 1 : 2;
  if (filled.length < least + 1 || new Set(filled.map(foldName)).size < filled.length) return undefined;
  const isNamed = values[opportunity] !== '' && values[entity] !== '';
  return isNamed && filled.every(mayBeTitle) ? least : undefined;
}

/** What people write where there is nothing to write. */
const NO_TITLE = /^(n\/?a|nan|null|nil|undefined|empty|blank|error|pending|tb[acd]|yes|true|false|x)$/i;

/** Behind a name: the number that it has among others, or the sign or the stop of a word for one, as in `Opp #` and `O-Nr.`. */
const NUMBERING = /\s*(#\s*\d{0,2}|(?<=\p{L})\.)$/u;

function mayBeTitle(cell: string): boolean {
  const value = cell.replace(NUMBERING, '');
  if (value.length > LONGEST_NAME || !/^\p{L}[^\d.,;:!?@]*$/u.test(value) || NO_TITLE.test(value))
    return false;
  const words = wordsOf(value);
  // `Deal No` is a number.
  const said = words.length > 1 && words.at(-1) === 'no' ? words.slice(0, -1) : words;
  return words.length <= MOST_WORDS / 2 && !said.some((word) => WORD_OF_LACK.test(word));
}

/** An opportunity, an identifier, a number or a date: no header has such a cell. */
function isData(value: string): boolean {
  return isTelling(kindOf(value)) || (/\d/.test(value) && !/\p{L}/u.test(value));
}

/**
 * It names a column of opportunities where they stand, whatever it calls the others; or it speaks of opportunities and of
 * entities elsewhere, or has two of the first header's names.
 */
function isHeader(
  values: readonly string[],
  names: readonly string[],
  { names: firstNames, isOwn, columns }: FirstHeader,
): boolean {
  const { opportunity, entity } = columns;
  const others = values.filter((value, index) => index !== opportunity && value !== '');
  const isKnown = others.some((value) => ROLES.some((role) => knownName(value, role) !== undefined));
  if (others.length > 0 && namesOpportunities(values[opportunity] ?? '', isKnown)) return true;
  const known = new Set(isOwn ? firstNames.filter((name) => name !== '') : []);
  const repeated = new Set(names.filter((name) => known.has(name)));
  if (repeated.size >= 2) return true;
  const speaksOf = (role: Role, index: number): boolean =>
    values.some((value) => knownName(value, role)?.weak === false) ||
    (repeated.size > 0 && repeated.has(firstNames[index] ?? ''));
  return speaksOf('opportunity', opportunity) && (speaksOf('entity', entity) || speaksOf('replacement', -1));
}

/** No header is that wide; a record may be millions of cells wide, and is not copied for nothing. */
const MOST_CELLS = 65_536;
const LONGEST_NAME = 60;
const MOST_WORDS = 6;
const WORD_OF_OPPORTUNITIES = /^(opportunit(y|ies|ät|é|à)|oportunidad|opp$|crm$)/;
const WORD_OF_IDENTIFIERS =
  /^(ids?|identifi(er|ers|ant|cador)|numbers?|nummer|nr|keys?|codes?|ref(erence)?)$/;
/** `No opportunity id yet` is said of a row. */
const WORD_OF_LACK = /^(no|not|non?e|without|missing|unknown|invalid|kein|keine|ohne|sans|sin|sem|tbd)$/;

/**
 * Whether a text names a column of opportunities: a known name, or words for one and for its identifiers. Beside a name of
 * another column, a weak name or the word alone will do.
 */
function namesOpportunities(value: string, isBesideName: boolean): boolean {
  const known = knownName(value, 'opportunity');
  if (known?.weak === false || lookAlike(value) !== undefined) return true;
  if (known !== undefined) return isBesideName;
  if (value.length > LONGEST_NAME || /\d/.test(value)) return false;
  const words = wordsOf(value);
  const has = (word: RegExp): boolean => words.some((one) => word.test(one));
  if (words.length > MOST_WORDS || has(WORD_OF_LACK) || !has(WORD_OF_OPPORTUNITIES)) return false;
  return isBesideName || has(WORD_OF_IDENTIFIERS);
}

/** `opportunityId` and `APN_CRM_ID` are words too. */
function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '');
}

/** The parts that a name says it plays beyond doubt. */
function rolesOf(name: string): readonly Role[] {
  return ROLES.filter((role) => knownName(name, role)?.weak === false);
}

function roleAt(index: number, { opportunity, type, entity, replacement }: ColumnIndexes): string {
  return ROLES.find((_, role) => [opportunity, type, entity, replacement][role] === index) ?? '';
}
