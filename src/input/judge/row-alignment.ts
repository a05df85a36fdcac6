import type { ColumnProfile } from '../columns/column-profile.ts';
import { EMPTY, IDENTIFIER, TEXT, type ProfiledRow } from '../values/cell-kind.ts';
import { readColumns } from '../columns/found-columns.ts';

/** How much speaks, at least, against the readings of a row's cells that leave what it asks for as it is, and against others. */
export interface Alignments {
  readonly same: number;
  readonly other: number;
}

/** What a reading supposes costs little: it only has to be dearer than a row that fits as it stands. */
const CELL_LOST = 0.1;
const NEXT_CELL_LOST = 0.02;
const DELIMITER_IN_TEXT = 0.1;
const DELIMITER_AT_EDGE = 0.2;
/** Dearer than one strange value: a note may be nothing but an identifier. */
const DELIMITER_IN_LIST = 1.1;
/** A row without an entity, or without a type where only some rows have one, is seldom what was meant. */
const NO_VALUE = 0.3;
/** A row without a type where all others have one. */
const NO_TYPE = 1;
/** As dear as a value there that no other row has: neither is likelier. */
const NO_DECISION = 0.5;
const NEVER = Number.POSITIVE_INFINITY;

const MOST_DELIMITERS = 8;
const MOST_CELLS_LOST = 64;

/** How much speaks against a row as it stands, by the other rows; `isShort`: most of these have more cells. */
export function misfitAsItStands(row: ProfiledRow, profile: ColumnProfile, isShort: boolean): number {
  const lacking = profile.columns.conditions.filter((column) => (row.kinds[column] ?? EMPTY) === EMPTY);
  let misfit = lacking.some((column) => profile.isAlwaysDecided(column)) ? NO_DECISION : 0;
  if (isShort) misfit += costOfShortEnd(row, profile);
  for (let index = 0; index < row.kinds.length; index += 1) misfit += profile.misfit(index, index, row);
  return misfit;
}

/**
 * Weighs the other readings of a row: that delimiters stand in cells without quotes, so that what is behind them slipped
 * to the right; or that empty cells were left out, so that it slipped to the left.
 */
export function alignmentsOf(row: ProfiledRow, profile: ColumnProfile): Alignments {
  const right = slippedRight(row, profile);
  const left = slippedLeft(row, profile);
  return { same: Math.min(right.same, left.same), other: Math.min(right.other, left.other) };
}

/** The least misfit by how far the cells are shifted, from 0, once some columns are read. */
interface Shifted {
  /** Nothing that the row is read for has moved. */
  same: number[];
  other: number[];
}

function atFirst(shifts: number): Shifted {
  const never = Array.from({ length: shifts + 1 }, () => NEVER);
  return { same: never.with(0, 0), other: never };
}

/** A shift up to a column that the row is read for moves its value. */
function afterRole({ same, other }: Shifted): Shifted {
  return {
    same: same.map((cost, shift) => (shift === 0 ? cost : NEVER)),
    other: other.map((cost, shift) => (shift === 0 ? cost : Math.min(cost, same[shift] ?? NEVER))),
  };
}

function slippedRight(row: ProfiledRow, profile: ColumnProfile): Alignments {
  const { length } = row.kinds;
  const last = lastRead(profile);
  let shifted = atFirst(Math.min(MOST_DELIMITERS, length - 1));
  let [same, other] = [NEVER, NEVER];
  for (let column = 0; column < length; column += 1) {
    const step = (from: readonly number[]): number[] => stepRight(from, column, row, profile);
    shifted = { same: step(shifted.same), other: step(shifted.other) };
    if (column <= last) shifted = afterRole(shifted);
    // Here all cells are read.
    const shift = length - column - 1;
    const missing = missingFrom(column + 1, profile);
    if (shift > 0) same = Math.min(same, (shifted.same[shift] ?? NEVER) + missing);
    other = Math.min(other, (shifted.other[shift] ?? NEVER) + missing);
  }
  return { same, other };
}

/** A column takes one cell, or several that a delimiter in one has made. */
function stepRight(
  from: readonly number[],
  column: number,
  row: ProfiledRow,
  profile: ColumnProfile,
): number[] {
  return from.map((_, shift) => {
    let least = NEVER;
    for (let more = 0; more <= shift; more += 1) {
      const before = from[shift - more] ?? NEVER;
      const first = column + shift - more;
      if (before === NEVER || first + more >= row.kinds.length) continue;
      const cost =
        more === 0
          ? costOf(column, first, row, profile)
          : costOfJoined(column, { first, more }, row, profile);
      least = Math.min(least, before + cost);
    }
    return least;
  });
}

function slippedLeft(row: ProfiledRow, profile: ColumnProfile): Alignments {
  const { length } = row.kinds;
  const most = Math.min(MOST_CELLS_LOST, profile.width - length);
  if (most <= 0) return { same: NEVER, other: NEVER };
  const last = lastRead(profile);
  // By what the column before took: a cell, or nothing.
  let cell = atFirst(most);
  let gap: Shifted = { same: cell.other, other: cell.other };
  let [same, other] = [NEVER, NEVER];
  for (let column = 0; column < length + most; column += 1) {
    const step = (from: readonly number[], afterGap: readonly number[]): [number[], number[]] => [
      stepCell(from, afterGap, { column, row, profile }),
      stepGap(from, afterGap, costOfLost(column, row, profile)),
    ];
    const [sameCell, sameGap] = step(cell.same, gap.same);
    const [otherCell, otherGap] = step(cell.other, gap.other);
    cell = { same: sameCell, other: otherCell };
    gap = { same: sameGap, other: otherGap };
    if (column <= last) [cell, gap] = [afterRole(cell), afterRole(gap)];
    const shift = column + 1 - length;
    if (shift <= 0) continue;
    const missing = missingFrom(column + 1, profile);
    same = Math.min(same, (cell.same[shift] ?? NEVER) + missing);
    other = Math.min(other, (cell.other[shift] ?? NEVER) + missing);
  }
  return { same, other };
}

function stepCell(
  from: readonly number[],
  afterGap: readonly number[],
  { column, row, profile }: { column: number; row: ProfiledRow; profile: ColumnProfile },
): number[] {
  return from.map((cost, shift) => {
    const index = column - shift;
    const before = Math.min(cost, afterGap[shift] ?? NEVER);
    if (before === NEVER || index < 0 || index >= row.kinds.length) return NEVER;
    return before + costOf(column, index, row, profile);
  });
}

function stepGap(from: readonly number[], afterGap: readonly number[], cost: number): number[] {
  return from.map((_, shift) =>
    shift === 0
      ? NEVER
      : cost +
        Math.min((from[shift - 1] ?? NEVER) + CELL_LOST, (afterGap[shift - 1] ?? NEVER) + NEXT_CELL_LOST),
  );
}

function costOf(column: number, index: number, row: ProfiledRow, profile: ColumnProfile): number {
  return row.kinds[index] === EMPTY ? costOfGap(column, profile) : profile.misfit(column, index, row);
}

/** Texts make a text, empty cells before a value leave it alone, identifiers make a list where the column holds such. */
function costOfJoined(
  column: number,
  { first, more }: { readonly first: number; readonly more: number },
  row: ProfiledRow,
  profile: ColumnProfile,
): number {
  const kinds = row.kinds.slice(first, first + more + 1);
  if (kinds.every((kind) => kind === TEXT)) {
    // A decision that goes on is another one.
    const another = profile.columns.conditions.includes(column) ? NO_DECISION : 0;
    return more * DELIMITER_IN_TEXT + another + profile.misfit(column, first, row);
  }
  const text = kinds.indexOf(TEXT);
  const isText = text >= 0 && kinds.every((kind) => kind === TEXT || kind === EMPTY);
  const isStray = kinds.slice(0, more).every((kind) => kind === EMPTY);
  if (isText || isStray) {
    const index = first + (isText ? text : more);
    return more * DELIMITER_AT_EDGE + costOf(column, index, row, profile);
  }
  const isList = kinds.every((kind) => kind !== EMPTY && profile.holds(column, kind, row));
  return isList && column !== profile.columns.opportunity ? more * DELIMITER_IN_LIST : NEVER;
}

function costOfGap(column: number, profile: ColumnProfile): number {
  const { columns } = profile;
  if (column === columns.opportunity) return NEVER;
  if (column === columns.type) return profile.isFilled(column) ? NO_TYPE : NO_VALUE;
  if (column === columns.entity) return NO_VALUE;
  return columns.conditions.includes(column) ? NO_DECISION : 0;
}

/** Of a column that holds what the entity's column holds, in nearly all rows, a cell is no likelier to be left out than the entity's. */
function costOfLost(column: number, row: ProfiledRow, profile: ColumnProfile): number {
  return Math.max(costOfGap(column, profile), isAlike(column, row, profile) ? NO_VALUE : 0);
}

function isAlike(column: number, row: ProfiledRow, profile: ColumnProfile): boolean {
  const { entity } = profile.columns;
  const kind = row.kinds[entity] ?? EMPTY;
  return kind >= IDENTIFIER && column !== entity && profile.isMostlyLike(column, kind, row);
}

/** That the cells left out are those at the row's end, and one of a column alike among them, is a reading like any other. */
function costOfShortEnd(row: ProfiledRow, profile: ColumnProfile): number {
  const { length } = row.kinds;
  const end = Math.min(profile.width, length + MOST_CELLS_LOST);
  let [cost, upToAlike] = [CELL_LOST, 0];
  for (let column = length; column < end; column += 1) {
    const isOne = isAlike(column, row, profile);
    cost += (column > length ? NEXT_CELL_LOST : 0) + (isOne ? NO_VALUE : 0);
    if (isOne) upToAlike = cost;
  }
  return upToAlike;
}

/** Columns from here on have no cell. */
function missingFrom(column: number, profile: ColumnProfile): number {
  const { opportunity, entity, type, conditions } = profile.columns;
  const missing = [opportunity, entity, type, ...conditions].filter((one) => one >= column);
  return Math.max(0, ...missing.map((one) => costOfGap(one, profile)));
}

/** The last of the columns that rows are read for. */
function lastRead({ columns }: ColumnProfile): number {
  return Math.max(...readColumns(columns));
}
