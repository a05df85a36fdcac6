import type { ColumnProfile } from '../columns/column-profile.ts';
import {
  EMPTY,
  IDENTIFIER,
  isTelling,
  OPPORTUNITY,
  TEXT,
  type CellKind,
  type ProfiledRow,
} from '../values/cell-kind.ts';
import { readColumns } from '../columns/found-columns.ts';

const MOST_DELIMITERS = 8;
const NEVER = Number.POSITIVE_INFINITY;
/** Strange values in columns that are not read: a cell too many is as strange as one. */
const MOST_STRANGE = 1;

/**
 * Whether a row that is longer than the header is exactly as long as it once some of its texts are joined, as if delimiters stood
 * in them without quotes, and other values then stand, and fit, in columns that are read.
 */
export function fitsWithTextsJoined({ cells, kinds, learned }: ProfiledRow, profile: ColumnProfile): boolean {
  const beyond = cells.length - profile.width;
  if (beyond <= 0 || beyond > MOST_DELIMITERS) return false;
  const row = { cells, kinds: cells.map((_, index) => kinds[index] ?? EMPTY), learned };
  // By how far the cells are shifted: the least that is strange where nothing that is read has moved, and where something has.
  let same = Array.from({ length: beyond + 1 }, (_, shift) => (shift === 0 ? 0 : NEVER));
  let other = same.map(() => NEVER);
  for (let column = 0; column < profile.width; column += 1) {
    same = step(same, column, row, profile);
    other = step(other, column, row, profile);
    if (!isRead(column, profile)) continue;
    other = other.map((strange, shift) => Math.min(strange, shift > 0 ? (same[shift] ?? NEVER) : NEVER));
    same = same.map((strange, shift) => (shift > 0 ? NEVER : strange));
  }
  return (other[beyond] ?? NEVER) <= MOST_STRANGE;
}

/**
 * The column that is read for a value which, with some texts before it joined, would be another: by as many cells as the row has
 * too many, one of the same kind stands behind it, beyond the header or under a name that does not speak of such. -1 for none. The
 * row alone tells, where hardly any other row is as wide as the header.
 */
export function movedBeyond({ kinds }: ProfiledRow, profile: ColumnProfile): number {
  const beyond = kinds.length - profile.width;
  if (!profile.wideToo || beyond <= 0 || beyond > MOST_DELIMITERS) return -1;
  const { opportunity, entity, replacement } = profile.columns;
  const read = [opportunity, entity, replacement].filter((column) => column >= 0);
  return (
    read.find((column) => {
      const kind = kinds[column + beyond] ?? EMPTY;
      const isAlike = column === opportunity ? kind === OPPORTUNITY : kind >= IDENTIFIER;
      return (
        isAlike && !profile.speaksOf(column + beyond, kind) && jointsIn(kinds, column, profile) >= beyond
      );
    }) ?? -1
  );
}

/** Pairs of neighbouring texts before a column, none of them read, which may each have been one. */
function jointsIn(kinds: readonly CellKind[], before: number, profile: ColumnProfile): number {
  const isText = (index: number): boolean => kinds[index] === TEXT && !isRead(index, profile);
  return kinds.slice(0, before).filter((_, index) => isText(index) && isText(index - 1)).length;
}

/** A column takes one cell, or, where it is not read, several texts. */
function step(from: readonly number[], column: number, row: ProfiledRow, profile: ColumnProfile): number[] {
  return from.map((_, shift) => {
    let least = (from[shift] ?? NEVER) + strangeness(column, column + shift, row, profile);
    for (let more = 1; more <= shift && !isRead(column, profile); more += 1) {
      const first = column + shift - more;
      if (!row.kinds.slice(first, first + more + 1).every((kind) => kind === TEXT)) continue;
      least = Math.min(least, (from[shift - more] ?? NEVER) + profile.misfit(column, first, row));
    }
    return least;
  });
}

/** How strange a cell's value is in a column; one that is read takes none that is strange at all. */
function strangeness(column: number, index: number, row: ProfiledRow, profile: ColumnProfile): number {
  const misfit = profile.misfit(column, index, row);
  if (!isRead(column, profile)) return misfit;
  return misfit === 0 && isWhatIsRead(column, row.kinds[index] ?? EMPTY, profile) ? 0 : NEVER;
}

/** Where any word may be an entity, a word is no sign that one is meant. */
function isWhatIsRead(column: number, kind: CellKind, profile: ColumnProfile): boolean {
  const { opportunity, entity, type } = profile.columns;
  if (column === opportunity || column === entity) return isTelling(kind);
  return column !== type || kind !== EMPTY || !profile.isFilled(type);
}

function isRead(column: number, { columns }: ColumnProfile): boolean {
  return readColumns(columns).includes(column);
}
