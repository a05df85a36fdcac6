import type { ColumnProfile } from '../columns/column-profile.ts';
import { readColumns } from '../columns/found-columns.ts';
import type { UsualValues } from '../columns/head-profile.ts';
import { cleanValue } from '../values/clean-value.ts';
import {
  CODE,
  EMPTY,
  IDENTIFIER,
  isTelling,
  OPPORTUNITY,
  TEXT,
  type ProfiledRow,
} from '../values/cell-kind.ts';
import { fitsWithTextsJoined, movedBeyond } from './joined-texts.ts';
import { alignmentsOf, misfitAsItStands } from './row-alignment.ts';

/** Positive evidence that a row's values do not stand where the other rows have them. */
export type Suspicion =
  /** Cells moved; `index` is where the value stands that shows it. */
  | { readonly kind: 'slipped'; readonly index: number }
  /** Cells may have moved: with one text in quotes the row would be as long as the others, and another value stand for that at `index`. */
  | { readonly kind: 'too_long'; readonly index: number }
  /** A cell was left out, and it may be that of the value at `index`, which is then another column's. */
  | { readonly kind: 'too_short'; readonly index: number }
  /** Another row begins in this one; `index` is where its opportunity stands. */
  | { readonly kind: 'joined'; readonly index: number };

/** Two sums of the same in another order may differ by it. */
const ROUNDING = 1e-9;

/** Judges a row by the others; `undefined` where nothing speaks against it, unusual as it may be. */
export function suspicionOf(
  row: ProfiledRow,
  profile: ColumnProfile,
  usual: UsualValues,
): Suspicion | undefined {
  const { columns } = profile;
  const { entity } = columns;
  // The last one that is read has moved in any case.
  const moved = Math.min(Math.max(...readColumns(columns)), row.kinds.length - 1);
  const isShort = usual.isUnusuallyShort(row);
  const asItStands = misfitAsItStands(row, profile, isShort);
  const isTooLong = usual.isUnusuallyLong(row, profile) && fitsWithTextsJoined(row, profile);
  const beyond = movedBeyond(row, profile);
  if (asItStands === 0) {
    if (beyond >= 0) return { kind: 'too_long', index: beyond };
    if (isTooLong) return { kind: 'too_long', index: moved };
    const isNarrow = row.kinds.length < profile.width;
    const elsewhere = isNarrow ? usual.columnOf(row, entity) : undefined;
    return elsewhere === undefined ? undefined : { kind: 'slipped', index: entity };
  }
  const second = secondOpportunity(row, profile);
  if (second >= 0) return { kind: 'joined', index: second };
  const strange = strangeAt(row, profile);
  const isWide = row.kinds.length > profile.width;
  if (isWide && strange >= 0) return { kind: 'slipped', index: strange };
  if (isTooLong) return { kind: 'too_long', index: moved };
  if (beyond >= 0) return { kind: 'too_long', index: beyond };
  // One other row is no rule, but beside a cell too many it is one that tells.
  if (profile.others(row) < 2) {
    const first = isWide ? oddOutside(row, profile) : -1;
    return first < 0 ? undefined : { kind: 'slipped', index: first };
  }
  // Where the entity may be any word, a product's own name elsewhere may be the entity.
  const isMeant = row.kinds[strange] === CODE && !isTelling(row.kinds[entity] ?? EMPTY);
  if (strange >= 0 && (isMeant || isMissingBeside(strange, row, profile))) {
    return { kind: 'slipped', index: strange };
  }
  const behind = oddBehindSpace(row, profile);
  if (behind >= 0) return { kind: 'slipped', index: behind };
  const near = nearHeader(row, profile);
  const { same, other } = alignmentsOf(near, profile);
  const least = Math.min(misfitAsItStands(near, profile, isShort), same);
  if (other > least + ROUNDING) return undefined;
  const odd = strange >= 0 ? strange : oddAt(row, profile);
  if (odd < 0 && isShort) return { kind: 'too_short', index: entity };
  const last = isWide ? profile.width : entity;
  return { kind: 'slipped', index: odd >= 0 ? odd : last };
}

/** The row up to the last column that the profile tells apart: behind it every reading is alike. */
function nearHeader(row: ProfiledRow, profile: ColumnProfile): ProfiledRow {
  return row.kinds.length <= profile.toldApart
    ? row
    : { ...row, kinds: row.kinds.slice(0, profile.toldApart) };
}

/** The first opportunity or identifier in a column that never holds one; -1 for none. */
function strangeAt(row: ProfiledRow, profile: ColumnProfile): number {
  return row.kinds.findIndex((kind, index) => isTelling(kind) && profile.misfit(index, index, row) >= 1);
}

/** The first opportunity or identifier that is odd in a column of the header's which is not read; -1 for none. */
function oddOutside(row: ProfiledRow, profile: ColumnProfile): number {
  const read = readColumns(profile.columns);
  return row.kinds.findIndex(
    (kind, index) =>
      isTelling(kind) &&
      index < profile.width &&
      !read.includes(index) &&
      profile.misfit(index, index, row) > 0,
  );
}

/** The cell that is odd where it stands: an opportunity or an identifier, else a text; -1 for none. */
function oddAt(row: ProfiledRow, profile: ColumnProfile): number {
  const isOdd = (index: number): boolean => profile.misfit(index, index, row) > 0;
  const telling = row.kinds.findIndex((kind, index) => isTelling(kind) && isOdd(index));
  return telling >= 0 ? telling : row.kinds.findIndex((_, index) => index < profile.width && isOdd(index));
}

/**
 * The first opportunity or identifier that is unusual in its column and stands behind two texts that a comma without quotes
 * may have made of one, as in `Acme, Inc`: the second begins with a space, as no other value of its column does; -1 for none.
 */
function oddBehindSpace(row: ProfiledRow, profile: ColumnProfile): number {
  const joint = row.kinds.findIndex(
    (kind, index) => kind === TEXT && row.kinds[index - 1] === TEXT && profile.isAloneSpaced(index, row),
  );
  if (joint < 0) return -1;
  return row.kinds.findIndex(
    (kind, index) => index > joint && isTelling(kind) && profile.misfit(index, index, row) > 0,
  );
}

/**
 * Whether the values of that kind beside it are one too few: a neighbouring column, or the next one behind such that have theirs,
 * holds them as a rule and has none in this row. The whole run of them may have moved, an empty cell with it.
 */
function isMissingBeside(index: number, row: ProfiledRow, profile: ColumnProfile): boolean {
  const kind = row.kinds[index] ?? EMPTY;
  const isMostly = (column: number): boolean => column >= 0 && profile.isMostly(column, kind, row);
  return [-1, 1].some((step) => {
    let column = index + step;
    while (row.kinds[column] === kind && isMostly(column)) column += step;
    return row.kinds[column] !== kind && isMostly(column);
  });
}

const ENDS_IN_OPPORTUNITY = /O[0-9]{1,19}$/i;

/**
 * The place of a second opportunity that is followed by an identifier of its own, as where a line end was lost; -1 for
 * none. The last cell of the first row and the first of the second are then one.
 */
function secondOpportunity(row: ProfiledRow, profile: ColumnProfile): number {
  const { opportunity, entity } = profile.columns;
  for (let joint = Math.max(opportunity, entity, 1); joint < row.kinds.length; joint += 1) {
    const at = joint + opportunity;
    const isWhole = row.kinds[at] === OPPORTUNITY;
    const isSecond = isWhole
      ? profile.misfit(at, at, row) > 0
      : opportunity === 0 && ENDS_IN_OPPORTUNITY.test(cleanValue(row.cells[at] ?? ''));
    if (isSecond && isIdentifierOfItsOwn(joint + entity, row, profile)) return at;
  }
  return -1;
}

function isIdentifierOfItsOwn(index: number, row: ProfiledRow, profile: ColumnProfile): boolean {
  const kind = row.kinds[index] ?? EMPTY;
  if (kind === EMPTY || profile.misfit(index, index, row) === 0) return false;
  // A product code may be any word, but beyond the header there is no column for one.
  return kind >= IDENTIFIER || index >= profile.width;
}
