import { bytesOfCells } from './kept-rows.ts';
import { cellOf, SHOWN_COLUMNS, shortened, type ShownRow } from './reported-row.ts';

/** A column of the user's own that a page has. */
export interface OwnColumn {
  readonly name: string;
  /** Its place in a shown row. */
  readonly at: number;
  /** Whether it says what our columns don't: of a customer somebody knows the name, not the opportunity's identifier. */
  readonly tells: boolean;
}

/** Those that a page has, in their order, and the names of those that would tell something, and have no place. */
export interface OwnColumns {
  readonly kept: readonly OwnColumn[];
  readonly leftOut: readonly string[];
}

/** Of those that tell something. */
const MOST = 6;
const NAME_SHOWN = 60;

/**
 * The user's columns that say what our own do, and the first that tell more, as many as fit: rows that are copied without the former
 * would not be taken as results. Where those have no place, there are none.
 */
export function ownColumns(header: readonly string[], rows: readonly ShownRow[], bytes: number): OwnColumns {
  const columns = header
    .map((title, index) => columnOf(title, SHOWN_COLUMNS.length + index, rows))
    .filter((column) => column !== undefined);
  const telling = columns.filter(({ tells }) => tells);
  let left = bytes;
  const fits = ({ at }: OwnColumn): boolean => {
    left -= bytesOfCells(rows.map((row) => row[at] ?? ''));
    return left >= 0;
  };
  if (!columns.filter(({ tells }) => !tells).every(fits))
    return { kept: [], leftOut: telling.map(({ name }) => name) };
  const told = new Set(telling.slice(0, MOST).filter(fits));
  return {
    kept: columns.filter((column) => !column.tells || told.has(column)),
    leftOut: telling.filter((column) => !told.has(column)).map(({ name }) => name),
  };
}

/** `undefined` where it says nothing of these rows. */
function columnOf(title: string, at: number, rows: readonly ShownRow[]): OwnColumn | undefined {
  const filled = rows.filter((row) => (row[at] ?? '').trim() !== '');
  if (filled.length === 0) return undefined;
  const telling = filled.filter((row) => saysMore(row, at)).length;
  return { name: shortened(title, NAME_SHOWN), at, tells: telling * 2 > filled.length };
}

const IDENTIFIERS = ['opportunity_id', 'entity_id', 'replacement_id'] as const;

/** Whether the cell has something that the row's own identifiers and type don't say. */
function saysMore(row: ShownRow, at: number): boolean {
  const cell = bare(row[at] ?? '');
  if (cell === '' || IDENTIFIERS.some((column) => bare(cellOf(row, column)) === cell)) return false;
  return !isSameType(cell, bare(cellOf(row, 'entity_type')));
}

/** `Partner Solution` is `Solutions`, and `offer` is one of `AwsMarketplaceOffers`. */
function isSameType(cell: string, type: string): boolean {
  const [one, other] = [cell, type].map((text) => text.replace(/s$/, ''));
  return (
    one !== undefined && other !== undefined && other !== '' && (one.includes(other) || other.endsWith(one))
  );
}

function bare(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}
