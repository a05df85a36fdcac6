import { parseEntityId } from '../model/entity.ts';
import { RunError } from '../model/run-error.ts';
import type { InputSource } from './bytes/input-source.ts';
import { decisionIn } from './columns/decisions/decision-names.ts';
import { saysKeep } from './columns/decisions/keeping-words.ts';
import { NEW_NAME, OLD_NAME } from './columns/decisions/pair-names.ts';
import type { DecidingColumn, ReplaceMap } from './columns/input-options.ts';
import { tableRows } from './open-table.ts';
import { replacementPairs, type PlacedPair, type ReplacementPair } from './selection/replacement-pairs.ts';
import { cleanValue } from './values/clean-value.ts';
import { foldName } from './values/fold-name.ts';
import { fitsType, looksLikeProductCode, typeOfShape } from './values/identifier-shape.ts';
import { mayNameSolution } from './values/solution-name.ts';
import { showValue } from './values/show-value.ts';

/** Kept in the run's journal: far above the solutions and products of any partner. */
const MOST_PAIRS = 20_000;

/**
 * Reads a map of replacements: two columns, old and new, by their header or the first two. Names of solutions may stand in
 * the place of identifiers, and are left as they are.
 *
 * @throws RunError `input_unreadable`, `input_columns` or `input_format`
 */
export async function readPairs(source: InputSource): Promise<ReplaceMap> {
  const { name } = source;
  const placed: PlacedPair[] = [];
  let columns: PairColumns | undefined;
  let header: readonly string[] = [];
  const keeping = new Map<number, string>();
  for await (const { cells: given, row } of tableRows(source)) {
    const cells = given.map(cleanValue);
    if (columns === undefined) {
      columns = columnsOf(name, cells);
      if (columns.isHeader) {
        header = cells;
        continue;
      }
    } else if (isHeaderAgain({ name, columns, header, first: placed[0] }, cells, row)) continue;
    if (placed.length === MOST_PAIRS) throw unreadable(name, `has more than ${MOST_PAIRS} pairs`);
    placed.push({ pair: pairIn(name, cells, columns, row), place: `row ${row}` });
    for (const [index, cell] of cells.entries())
      if (!keeping.has(index) && saysKeep(cell)) keeping.set(index, cell);
  }
  if (placed.length === 0) throw unreadable(name, 'has no pair of identifiers');
  const pairs = replacementPairs(name, placed);
  return { name, pairs, ...(columns && toldOf(columns, header, keeping)) };
}

/** What a map's header tells, and which of its other columns seem to decide about pairs; `keeping`: values of them that say keep. */
function toldOf(
  { old, replacement, isHeader, byOrder }: PairColumns,
  header: readonly string[],
  keeping: ReadonlyMap<number, string>,
): Omit<ReplaceMap, 'name' | 'pairs'> {
  const others = [...new Set([...header.keys(), ...keeping.keys()])].filter(
    (index) => index !== old && index !== replacement,
  );
  const deciding: readonly DecidingColumn[] = others.flatMap((index) => {
    const says = decisionIn(header[index] ?? '', [keeping.get(index) ?? '']);
    return says === undefined ? [] : [{ name: header[index] || `column ${index + 1}`, says }];
  });
  return {
    ...(isHeader && { heads: [header[old] ?? '', header[replacement] ?? ''] as const }),
    ...(byOrder && { byOrder }),
    ...(deciding.length > 0 && { deciding }),
  };
}

interface PairColumns {
  readonly old: number;
  readonly replacement: number;
  /** Whether the first row names them. */
  readonly isHeader: boolean;
  /** Whether they are named, and no name tells the one from the other. */
  readonly byOrder: boolean;
}

function columnsOf(name: string, first: readonly string[]): PairColumns {
  if (first.length < 2) {
    throw new RunError('input_columns', `${name} has one column, and a map has two: old and new.`, {
      code: 'mend_map',
    });
  }
  // Product codes aside, an identifier is no header's name.
  if (first.slice(0, 2).some((cell) => typeOfShape(cell) !== undefined)) {
    return { old: 0, replacement: 1, isHeader: false, byOrder: false };
  }
  const names = first.map(foldName);
  const { old, replacement } = named(names);
  if (replacement < 0 && old < 0) {
    // A map of products may have no header.
    const isHeader = !first.slice(0, 2).every(looksLikeProductCode);
    return { old: 0, replacement: 1, isHeader, byOrder: isHeader };
  }
  const beside = (index: number): number => (index === 0 ? 1 : 0);
  return {
    old: old < 0 ? beside(replacement) : old,
    replacement: replacement < 0 ? beside(old) : replacement,
    isHeader: true,
    byOrder: false,
  };
}

/** The one column that is called so, in each part; -1 where none is, or two are. */
function named(names: readonly string[]): { readonly old: number; readonly replacement: number } {
  const [old, replacement] = [placesOf(names, OLD_NAME), placesOf(names, NEW_NAME)];
  const areBoth = Math.max(old.one, old.just) >= 0 && Math.max(replacement.one, replacement.just) >= 0;
  const place = ({ one, just }: NamedPlaces): number => (one < 0 && areBoth ? just : one);
  return { old: place(old), replacement: place(replacement) };
}

/** The one column whose name begins so, and the one whose name is no more than that: `New` beside `New name`. */
interface NamedPlaces {
  readonly one: number;
  readonly just: number;
}

function placesOf(names: readonly string[], words: RegExp): NamedPlaces {
  const alone = ([first, second]: readonly number[]): number => (second === undefined ? (first ?? -1) : -1);
  const all = [...names.keys()].filter((index) => words.test(names[index] ?? ''));
  return {
    one: alone(all),
    just: alone(all.filter((index) => words.exec(names[index] ?? '')?.[0] === names[index])),
  };
}

interface MapSoFar {
  readonly name: string;
  readonly columns: PairColumns;
  readonly header: readonly string[];
  readonly first: PlacedPair | undefined;
}

/**
 * Whether a row is the header again, as where maps were joined.
 *
 * @throws RunError `input_format` where it names the columns the other way around
 */
function isHeaderAgain(
  { name, columns: { old, replacement }, header, first }: MapSoFar,
  cells: readonly string[],
  row: number,
): boolean {
  const names = cells.map(foldName);
  const [left, right] = [names[old] ?? '', names[replacement] ?? ''];
  const [firstLeft, firstRight] = [header[old] ?? '', header[replacement] ?? ''].map(foldName);
  if (left === firstLeft && right === firstRight) return header.length > 0;
  const isMoved = [firstLeft, firstRight].every(
    (one) => one !== undefined && one !== '' && names.includes(one),
  );
  // Among names of solutions it may be a pair of such.
  const isOfWords = first !== undefined && typeOfShape(first.pair[0]) !== undefined;
  if (isOfWords && OLD_NAME.test(left) && NEW_NAME.test(right)) return true;
  if (isMoved || (isOfWords && NEW_NAME.test(left) && OLD_NAME.test(right))) {
    const shown = [cells[old] ?? '', cells[replacement] ?? ''].map(showValue).join(', ');
    throw unreadable(
      name,
      `has another header in row ${row} (${shown}): the pairs below it would be read backwards`,
    );
  }
  return false;
}

function pairIn(
  name: string,
  cells: readonly string[],
  { old, replacement }: PairColumns,
  row: number,
): ReplacementPair {
  const pair = [cells[old] ?? '', cells[replacement] ?? ''] as const;
  for (const id of pair) {
    if (id === '')
      throw unreadable(name, `has no ${id === pair[0] ? 'old' : 'new'} identifier in row ${row}`);
    if (!isIdentifier(id))
      throw unreadable(name, `has ${showValue(id)} in row ${row}, which is neither an identifier nor a name`);
  }
  if (pair[0] === pair[1]) throw unreadable(name, `replaces ${showValue(pair[0])} by itself in row ${row}`);
  return pair;
}

function isIdentifier(id: string): boolean {
  const isMeant = typeOfShape(id) !== undefined || fitsType(id, 'AwsProducts') || mayNameSolution(id);
  return parseEntityId(id) !== undefined && isMeant;
}

function unreadable(name: string, what: string): RunError {
  return new RunError('input_format', `${name} ${what}.`, { code: 'mend_map' });
}
