import type { ColumnProfile } from '../columns/column-profile.ts';
import type { Delimiter } from '../records/delimiter.ts';
import {
  EMPTY,
  IDENTIFIER,
  isTelling,
  kindOf,
  OPPORTUNITY,
  TEXT,
  profiledRow,
  type ProfiledRow,
} from '../values/cell-kind.ts';

/** Without one, there is no need to look at a long text line by line. */
const OPPORTUNITY_WITHIN = /o[0-9]/i;
const QUOTE = 0x22;
const LINE_END = /\r\n|\n|\r/;

/**
 * The column (from 0) in which a quote opens that was closed by a later row's quote, so that rows lie in its cell; -1 where
 * every cell of several lines is only a text of several lines. A row is a line that holds an opportunity and an
 * identifier when it is cut at the delimiter.
 */
export function swallowingColumn(row: ProfiledRow, delimiter: Delimiter, profile: ColumnProfile): number {
  return row.cells.findIndex((cell, index) => {
    if (!LINE_END.test(cell) || !OPPORTUNITY_WITHIN.test(cell)) return false;
    const lines = cell.split(LINE_END).map((line) => line.split(delimiter));
    if (lines.some((line) => isRow(line, profile))) return true;
    if (joinsRows(row.cells, index, lines, { delimiter, profile })) return true;
    // The last line goes on in the cells that follow: a row too many, if an identifier stands there in a place of none, or
    // if the cell begins with the quote that was not closed, and the line as a row does.
    const last = lines.at(-1) ?? [];
    if (!last.some((part) => kindOf(part) === OPPORTUNITY)) return false;
    const isBegun = cell.startsWith('"') && last.length > 1 && isOpportunityIn(last, profile);
    return isBegun || hasStrangeIdentifier(index + 1, row, profile);
  });
}

/**
 * The column (from 0) in which a quote opens that was closed by the opening quote of a later cell of the same row, so that
 * identifiers lie in its text; -1 for none. What follows then stands too far left.
 */
export function swallowingCell(cells: readonly string[], delimiter: Delimiter): number {
  return cells.findIndex(
    (cell) =>
      cell.charCodeAt(0) === QUOTE &&
      cell.includes(`${delimiter}"`) &&
      cell.split(delimiter).some((part) => isTelling(kindOf(part))),
  );
}

function isRow(parts: readonly string[], { width, columns }: ColumnProfile): boolean {
  const kinds = parts.map(kindOf);
  if (!kinds.includes(OPPORTUNITY)) return false;
  if (kinds.some((kind) => kind >= IDENTIFIER)) return true;
  // A product code may be any word: then what counts is where it stands.
  const isInPlace = kinds[columns.opportunity] === OPPORTUNITY;
  const isWhole = parts.length >= Math.max(width, 2);
  return isInPlace && (isWhole || isWord(parts[columns.entity] ?? ''));
}

/**
 * Whether one of the cell's line ends parts two rows: what stands before it is one with the cells before, and what stands
 * behind with those that follow.
 */
function joinsRows(
  cells: readonly string[],
  index: number,
  lines: readonly (readonly string[])[],
  { delimiter, profile }: { readonly delimiter: Delimiter; readonly profile: ColumnProfile },
): boolean {
  const asOneText = (some: readonly (readonly string[])[]): readonly string[] =>
    some
      .map((line) => line.join(delimiter))
      .join('\n')
      .split(delimiter);
  const breaks = lines.flatMap((line, at) => (at > 0 && mayPart(lines[at - 1], line) ? [at] : []));
  return breaks.slice(0, MOST_BREAKS).some((at) => {
    const first = [...cells.slice(0, index), ...asOneText(lines.slice(0, at))];
    const second = [...asOneText(lines.slice(at)), ...cells.slice(index + 1)];
    return [first, second].every((row) => isRowInPlace(profiledRow(row, false), profile));
  });
}

/** More of them are lines that hold opportunities and nothing else. */
const MOST_BREAKS = 16;

/** Either row has its opportunity there, or both stand in other cells and no row is lost. */
function mayPart(before: readonly string[] | undefined, behind: readonly string[]): boolean {
  const hasOpportunity = (line: readonly string[]): boolean =>
    line.length > 1 && line.some((part) => kindOf(part) === OPPORTUNITY);
  return hasOpportunity(behind) || hasOpportunity(before ?? []);
}

/** Whether an opportunity, and what may be an entity, stand where the other rows have them. */
function isRowInPlace(row: ProfiledRow, profile: ColumnProfile): boolean {
  const { opportunity, entity, entities } = profile.columns;
  if (row.kinds[opportunity] !== OPPORTUNITY) return false;
  const places = entities.length > 0 ? entities.map((one) => one.index) : [entity];
  return places.some((place) => {
    const kind = row.kinds[place] ?? EMPTY;
    const isMeant = isTelling(kind) || isWord(row.cells[place] ?? '');
    return kind !== EMPTY && isMeant && profile.misfit(place, place, row) === 0;
  });
}

function isOpportunityIn(parts: readonly string[], { columns }: ColumnProfile): boolean {
  return kindOf(parts[columns.opportunity] ?? '') === OPPORTUNITY;
}

function isWord(part: string): boolean {
  return kindOf(part) === TEXT && /^[A-Za-z0-9._-]+$/.test(part);
}

function hasStrangeIdentifier(from: number, row: ProfiledRow, profile: ColumnProfile): boolean {
  return row.kinds.some(
    (kind, index) => index >= from && kind >= IDENTIFIER && profile.misfit(index, index, row) >= 1,
  );
}
