import type { EntityType } from '../../model/entity.ts';
import { cleanValue } from '../values/clean-value.ts';
import { IDENTIFIER, isShaped, profiledRow, type ProfiledRow } from '../values/cell-kind.ts';
import { typeOfShape } from '../values/identifier-shape.ts';
import { isName, namedType, type NamingValues } from '../values/solution-name.ts';
import type { SampledTable } from './column-errors.ts';
import { columnIndexes, type ColumnIndexes, type FoundColumns } from './found-columns.ts';
import { ColumnProfile } from './column-profile.ts';

/** The columns as a table's first rows have them. */
export interface HeadProfile {
  readonly profile: ColumnProfile;
  /** The last of the rows that it was learned from. */
  readonly lastRow: number;
  readonly usual: UsualValues;
}

/** One row is no rule. */
const LEAST_RULE = 2;

/** A table's first rows; `lastRow` is the row of the file that the last of these stands in. */
export interface FirstRows {
  readonly rows: readonly (readonly string[])[];
  readonly lastRow: number;
}

/** Learns the columns from a table's first rows. */
export function headProfile(
  header: readonly string[],
  columns: ColumnIndexes,
  { rows, lastRow }: FirstRows,
): HeadProfile {
  const profiled = rows.map((cells) => profiledRow(cells, true));
  const fitting = profiled.filter(({ kinds }) => kinds.length <= header.length);
  // A row with a value too many may have slipped.
  const profile = new ColumnProfile(header, columns, fitting.length < LEAST_RULE);
  for (const row of profiled) profile.learn(row);
  return { profile, lastRow, usual: new UsualValues(profiled, profile) };
}

/**
 * Identifiers that fill half of a column behind the entity's, such as the one new solution of a migration: in the entity's
 * column, they are what slipped there where the entity itself was left out.
 */
export class UsualValues {
  readonly #columns = new Map<string, number>();
  /** Of these values, how often each stands in the entity's own column. */
  readonly #entities = new Map<string, number>();
  readonly #rows: number;
  readonly #longer: number;
  readonly #commented: number;
  /** How many rows have more cells, by the number of cells up to the header's. */
  readonly #wider: readonly number[];

  constructor(rows: readonly ProfiledRow[], { width, columns: { entity } }: ColumnProfile) {
    this.#rows = rows.length;
    this.#longer = rows.filter(({ cells }) => cells.length > width).length;
    this.#wider = widerRows(rows, width);
    this.#commented = rows.filter(({ cells }) => isComment(cells)).length;
    for (let column = entity + 1; column < width; column += 1) {
      const counts = new Map<string, number>();
      let filled = 0;
      for (const { cells, kinds } of rows) {
        if ((kinds[column] ?? 0) < IDENTIFIER) continue;
        filled += 1;
        if (isShaped(kinds[column] ?? 0)) countInto(counts, cleanValue(cells[column] ?? ''));
      }
      for (const [value, count] of counts) {
        if (count >= 2 && count * 2 >= filled) this.#columns.set(value, column);
      }
    }
    for (const { cells } of rows) {
      const value = cleanValue(cells[entity] ?? '');
      if (this.#columns.has(value)) countInto(this.#entities, value);
    }
  }

  /** Whether a row has more cells than the header, be they empty, as few of the other first rows have. */
  isUnusuallyLong({ cells, learned }: ProfiledRow, { width }: ColumnProfile): boolean {
    if (cells.length <= width) return false;
    const own = learned ? 1 : 0;
    return this.#rows - own >= LEAST_RULE && (this.#longer - own) * 4 < this.#rows - own;
  }

  /** Whether a row begins with a sign that comments lines out, as few of the other first rows do. */
  isCommentedOut({ cells, learned }: ProfiledRow): boolean {
    if (!isComment(cells)) return false;
    const own = learned ? 1 : 0;
    return this.#rows - own >= LEAST_RULE && (this.#commented - own) * 4 < this.#rows - own;
  }

  /** Whether most of the other first rows have more cells, be they empty. */
  isUnusuallyShort({ cells, learned }: ProfiledRow): boolean {
    return (this.#wider[cells.length] ?? 0) * 2 > this.#rows - (learned ? 1 : 0);
  }

  /** The column that the row's entity usually stands in, where that is another and empty in this row. */
  columnOf(row: ProfiledRow, entity: number): number | undefined {
    const value = cleanValue(row.cells[entity] ?? '');
    const column = this.#columns.get(value);
    if (column === undefined || (row.kinds[column] ?? 0) !== 0) return undefined;
    const others = (this.#entities.get(value) ?? 0) - (row.learned ? 1 : 0);
    return others > 0 ? undefined : column;
  }
}

/** A formula's error begins with such a sign as well. */
const COMMENT = /^\s*(\/\/|#(?!N\/A|[A-Z]{3,}\/?0?[!?]))/i;

function isComment(cells: readonly string[]): boolean {
  const [first = '', second = ''] = cells;
  return COMMENT.test(first === '' ? second : first);
}

function widerRows(rows: readonly ProfiledRow[], width: number): readonly number[] {
  const wider = Array.from({ length: width }, () => 0);
  for (const { cells } of rows) {
    const last = Math.min(cells.length, width) - 1;
    if (last >= 0) wider[last] = (wider[last] ?? 0) + 1;
  }
  for (let count = width - 2; count >= 0; count -= 1)
    wider[count] = (wider[count] ?? 0) + (wider[count + 1] ?? 0);
  return wider;
}

function countInto(counts: Map<string, number>, value: string): void {
  counts.set(value, (counts.get(value) ?? 0) + 1);
}

/** The columns, by their first rows, that evidently hold names in the place of identifiers. */
export interface NamingColumns {
  /** The entity's column, or those of several together. */
  readonly entities: boolean;
  readonly replacements: boolean;
}

/**
 * Finds the columns of names: more than half of the values are such, in the first rows of types that have names; `typeOf` tells
 * the type of lines whose own cells don't. A word among identifiers is a fault, and is looked up nowhere; so is one in a row that is too wide, whose cells slipped.
 */
export function namingColumns(
  { header, samples }: Pick<SampledTable, 'header' | 'samples'>,
  columns: FoundColumns,
  typeOf?: (line: number) => string,
): NamingColumns {
  const { entity, entities, type, toldType, fallbackType, replacement } = columnIndexes(columns);
  const places = entities.length === 0 ? [{ index: entity, tells: fallbackType }] : entities;
  const typeAt = (row: readonly string[], line: number): string =>
    toldType ?? (cleanValue(row[type] ?? '') || (typeOf?.(line) ?? ''));
  const isWide = (row: readonly string[]): boolean => row.slice(header.length).some((cell) => cell !== '');
  const cellsAt = (index: number, fallback: (row: readonly string[]) => EntityType | undefined): Naming[] =>
    samples.map((row, line) => ({
      values: { type: typeAt(row, line), entity: cleanValue(row[index] ?? '') },
      fallback: fallback(row),
      isWide: isWide(row),
    }));
  return {
    entities: areNames(places.flatMap(({ index, tells }) => cellsAt(index, () => tells))),
    replacements: areNames(
      cellsAt(replacement, (row) => typeOfShape(cleanValue(row[entity] ?? '')) ?? fallbackType),
    ),
  };
}

interface Naming {
  readonly values: NamingValues;
  readonly fallback: EntityType | undefined;
  readonly isWide: boolean;
}

function areNames(cells: readonly Naming[]): boolean {
  const filled = cells.filter(
    ({ values, fallback }) => values.entity !== '' && namedType(values, fallback) !== undefined,
  );
  const names = filled.filter(({ values, fallback, isWide }) => !isWide && isName(values, fallback));
  return names.length * 2 > filled.length;
}
