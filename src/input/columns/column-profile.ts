import { isCode } from '../../model/entity-types.ts';
import { typeIn } from '../values/entity-type.ts';
import {
  CODE,
  EMPTY,
  IDENTIFIER,
  isTelling,
  KINDS,
  OPPORTUNITY,
  TEXT,
  type CellKind,
  type ProfiledRow,
  isSpaced,
} from '../values/cell-kind.ts';
import { foldName } from '../values/fold-name.ts';
import type { ColumnIndexes } from './found-columns.ts';
import { Decisions } from './decisions/decided-values.ts';
import { partOf, type ColumnPart } from './named-column.ts';
import { knownName, lookAlike } from './column-names.ts';

/** How much speaks against a value in a column, from nothing to as much as a value alone can say. */
export const FITS = 0;
/** An identifier of a type that the entity's column has never held so far. */
const NEW_TYPE = 0.5;
/** A telling value in a column that has held nothing so far, under a name that does not speak of such values. */
const FIRST_VALUE = 0.5;
/** A value of a kind that the column holds, but seldom; or one that decides about the row, and that no other row has. */
const RARE = 0.5;
/** A text beyond the header's last column. */
const NAMELESS_TEXT = 0.2;
/** A value of a kind that the column never holds, or one without the kind that it always holds. */
const STRANGE = 1;

/** Columns beyond the header's last one that are told apart. */
const MOST_NAMELESS = 32;

/** Which columns hold opportunities, types and identifiers, and how these look: counted over the rows learned so far. */
export class ColumnProfile {
  readonly width: number;
  /** Columns that are told apart: the header's, and some beyond. */
  readonly toldApart: number;
  readonly columns: ColumnIndexes;
  /** Whether rows that are wider than the header tell something: not where others do. */
  readonly wideToo: boolean;
  readonly #header: readonly string[];
  /** What each of the header's columns is read for. */
  readonly #parts: readonly ColumnPart[];
  readonly #counts: Int32Array;
  readonly #filled: Int32Array;
  /** Values that a space stands before, by column. */
  readonly #spaced: Int32Array;
  readonly #decisions: Decisions;
  #rows = 0;

  constructor(header: readonly string[], columns: ColumnIndexes, wideToo = true) {
    this.width = header.length;
    this.columns = columns;
    this.wideToo = wideToo;
    this.#header = header;
    this.#parts = header.map((cell, index) => partOf(cell, index, columns));
    this.toldApart = this.width + MOST_NAMELESS;
    this.#counts = new Int32Array(this.toldApart * KINDS);
    this.#filled = new Int32Array(this.toldApart);
    this.#spaced = new Int32Array(this.toldApart);
    this.#decisions = new Decisions(columns.conditions);
  }

  learn({ cells, kinds }: ProfiledRow): void {
    if (!this.#learnsFrom(kinds)) return;
    this.#rows += 1;
    this.#decisions.learn(cells);
    const length = Math.min(kinds.length, this.#filled.length);
    for (let column = 0; column < length; column += 1) {
      const kind = kinds[column] ?? EMPTY;
      if (kind === EMPTY) continue;
      this.#counts[column * KINDS + kind] = this.#count(column, kind) + 1;
      this.#filled[column] = (this.#filled[column] ?? 0) + 1;
      if (isSpaced(cells[column])) this.#spaced[column] = (this.#spaced[column] ?? 0) + 1;
    }
  }

  /** A row without an opportunity in its place is never sent, and shows nothing of where the values of others stand. */
  #learnsFrom(kinds: ProfiledRow['kinds']): boolean {
    return kinds[this.columns.opportunity] === OPPORTUNITY && (this.wideToo || kinds.length <= this.width);
  }

  /** Whether the row is among those that were learned. */
  #isCounted({ learned, kinds }: ProfiledRow): boolean {
    return learned && this.#learnsFrom(kinds);
  }

  /** Whether a space stands before the row's value in a column, as behind a comma in a text, and before no other row's. */
  isAloneSpaced(column: number, row: ProfiledRow): boolean {
    if (!isSpaced(row.cells[column])) return false;
    return (this.#spaced[column] ?? 0) === (this.#isCounted(row) ? 1 : 0);
  }

  /** How much speaks against the value of one of a row's cells in a column, by the other rows. */
  misfit(column: number, index: number, row: ProfiledRow): number {
    const { cells, kinds } = row;
    const kind = kinds[index] ?? EMPTY;
    if (kind === EMPTY) return FITS;
    const part = this.#parts[column];
    if (part === 'opportunity') return kind === OPPORTUNITY ? FITS : STRANGE;
    if (part === 'type') return typeIn(cells[index] ?? '') === undefined ? STRANGE : FITS;
    // The row counts in the column where it stands, and nowhere else.
    const own = this.#isCounted(row) ? (kinds[column] ?? EMPTY) : EMPTY;
    if (part === undefined) return this.#misfitBeyond(column, kind, own);
    if (part === 'other') {
      const misfit = this.#misfitElsewhere(column, kind, own);
      const isRare =
        (column === index && this.#isMixed(column, kind)) ||
        (this.#isNewDecision(column, cells[index] ?? '', row) &&
          !(column === index && this.#isWhole(column, row)));
      return isRare ? Math.max(misfit, RARE) : misfit;
    }
    if (kind === TEXT && column === this.columns.entity && this.#isOfCodes(cells)) return FITS;
    return this.#misfitOfEntity(column, kind, own);
  }

  /** Whether nearly all rows have a value in a column that decides about them, one of a few. */
  isAlwaysDecided(column: number): boolean {
    return this.isFilled(column) && this.#decisions.holdsFew(column, this.#rows);
  }

  /** Whether a column decides about rows, by few values, and no other row has this one. */
  #isNewDecision(column: number, value: string, row: ProfiledRow): boolean {
    if (this.columns.conditions.length === 0 || !this.#decisions.holdsFew(column, this.#rows)) return false;
    return !this.isKnownDecision(column, value, row);
  }

  /** Whether a row has a value in every column, and no decision away from where others have it: then nothing of it has slipped. */
  #isWhole(column: number, row: ProfiledRow): boolean {
    const { cells, kinds } = row;
    if (kinds.length !== this.width || kinds.includes(EMPTY)) return false;
    return this.#decisions.areAtHome(column, cells, this.#isCounted(row) ? cells : undefined);
  }

  /** Whether another row has the value in a column that decides about rows. */
  isKnownDecision(column: number, value: string, row: ProfiledRow): boolean {
    return this.#decisions.hasElsewhere(value, column, this.#isCounted(row) ? row.cells : undefined);
  }

  /** Whether the other rows hold the kind in the column, if only now and then. */
  holds(column: number, kind: CellKind, row: ProfiledRow): boolean {
    const own = this.#isCounted(row) && row.kinds[column] === kind ? 1 : 0;
    return this.#count(column, kind) > own;
  }

  /** How many other rows are known. */
  others(row: ProfiledRow): number {
    return this.#rows - (this.#isCounted(row) ? 1 : 0);
  }

  /** Whether nearly all other rows hold the kind in the column. */
  isMostly(column: number, kind: CellKind, row: ProfiledRow): boolean {
    const own = this.#isCounted(row) && row.kinds[column] === kind ? 1 : 0;
    const others = this.others(row);
    return others >= 3 && (this.#count(column, kind) - own) * 10 >= others * 9;
  }

  /** Whether nearly all other rows hold an identifier in the column, of the kind or, if the kind is among them, of mixed ones. */
  isMostlyLike(column: number, kind: CellKind, row: ProfiledRow): boolean {
    if (!this.holds(column, kind, row)) return false;
    const own = this.#isCounted(row) && (row.kinds[column] ?? EMPTY) >= IDENTIFIER ? 1 : 0;
    let same = -own;
    for (let other = IDENTIFIER; other < KINDS; other += 1) same += this.#count(column, other);
    const others = this.others(row);
    return others >= 3 && same * 10 >= others * 9;
  }

  /** Whether nearly all rows have a value in the column. */
  isFilled(column: number): boolean {
    return this.#rows > 2 && (this.#filled[column] ?? 0) * 10 >= this.#rows * 9;
  }

  #misfitElsewhere(column: number, kind: CellKind, own: CellKind): number {
    const filled = (this.#filled[column] ?? 0) - (own === EMPTY ? 0 : 1);
    if (filled === 0) return this.#isOddFirst(column, kind) ? FIRST_VALUE : FITS;
    const same = this.#count(column, kind) - (own === kind ? 1 : 0);
    if (kind === TEXT) return this.#isStrangeText(column, filled, own) ? STRANGE : FITS;
    // A word beside a product code may be one as well.
    if (same * 4 > filled || (kind === CODE && (filled === 1 || this.speaksOf(column, kind)))) return FITS;
    if (filled === 1) return FIRST_VALUE;
    return same * 10 <= filled ? STRANGE : RARE;
  }

  /** Identifiers among texts, under a name that does not speak of them: some of the rows may have slipped. */
  #isMixed(column: number, kind: CellKind): boolean {
    if (!isTelling(kind) || kind === CODE || this.speaksOf(column, kind)) return false;
    return this.#count(column, TEXT) * 4 > (this.#filled[column] ?? 0);
  }

  /** A telling value in a column that is empty in all other rows, under a name that does not speak of such values. */
  #isOddFirst(column: number, kind: CellKind): boolean {
    return isTelling(kind) && this.#rows > 2 && !this.speaksOf(column, kind);
  }

  /** A column of opportunities or of shaped identifiers holds no texts; where product codes stand, any word may be one. */
  #isStrangeText(column: number, filled: number, own: CellKind): boolean {
    const texts = this.#count(column, TEXT) - (own === TEXT ? 1 : 0);
    const codes = this.#count(column, CODE) - (own === CODE ? 1 : 0);
    return filled >= 2 && codes === 0 && (filled - texts) * 4 >= filled * 3;
  }

  /** Whether a row is of a type whose identifiers may be any word. */
  #isOfCodes(cells: readonly string[]): boolean {
    const { type, toldType, fallbackType } = this.columns;
    const told = toldType ?? (type >= 0 ? typeIn(cells[type] ?? '') : undefined) ?? fallbackType;
    return told !== undefined && isCode(told);
  }

  /** Types may be mixed, and one may begin anywhere. */
  #misfitOfEntity(column: number, kind: CellKind, own: CellKind): number {
    const filled = (this.#filled[column] ?? 0) - (own === EMPTY ? 0 : 1);
    if (kind === TEXT || kind === OPPORTUNITY) return this.#misfitElsewhere(column, kind, own);
    if (this.#count(column, kind) > (own === kind ? 1 : 0) || filled < 3) return FITS;
    for (let other = IDENTIFIER; other < KINDS; other += 1) {
      if (this.#count(column, other) - (own === other ? 1 : 0) === filled) return NEW_TYPE;
    }
    return FITS;
  }

  /** A file's rows may all be wider than its header. */
  #misfitBeyond(column: number, kind: CellKind, own: CellKind): number {
    const filled = (this.#filled[column] ?? 0) - (own === EMPTY ? 0 : 1);
    const same = this.#count(column, kind) - (own === kind ? 1 : 0);
    if (isTelling(kind)) return same > 0 && same * 4 >= this.#rows ? FITS : STRANGE;
    return filled > 0 && filled * 4 >= this.#rows ? FITS : NAMELESS_TEXT;
  }

  #count(column: number, kind: CellKind): number {
    return this.#counts[column * KINDS + kind] ?? 0;
  }

  /** Whether a column’s name speaks of such values. */
  speaksOf(column: number, kind: CellKind): boolean {
    const name = this.#header[column] ?? '';
    if (kind === OPPORTUNITY) {
      return knownName(name, 'opportunity') !== undefined || lookAlike(name) !== undefined;
    }
    const isKnown = knownName(name, 'entity') !== undefined || knownName(name, 'replacement') !== undefined;
    return isKnown || ENTITY_WORD.test(foldName(name));
  }
}

const ENTITY_WORD = /solution|product|service|offer|entity|related|listing|arn|replace/;
