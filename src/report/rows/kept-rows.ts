import { jsonText } from './json-text.ts';
import { SHOWN_COLUMNS, type ShownRow } from './reported-row.ts';

/** Rows that are shown, chosen fairly among the reasons they were kept for. */
export interface RowKeeper {
  readonly add: (reason: string, row: () => ShownRow) => void;
  /** As many as take so many bytes in a page without the user's own cells, in the order of the results. */
  readonly within: (bytes: number) => readonly ShownRow[];
}

export const ROWS_SHOWN = 10_000;

interface KeptRow {
  /** Its place among all that were seen. */
  readonly place: number;
  readonly row: ShownRow;
}

/**
 * Keeps `most` rows. Where more come, the reason with the most rows gives up its last: a rare reason keeps all of its rows, a
 * frequent one its first.
 */
export function keepRows(most: number = ROWS_SHOWN): RowKeeper {
  const kept = new Map<string, KeptRow[]>();
  let count = 0;
  let places = 0;
  return {
    add: (reason, row) => {
      const own = kept.get(reason) ?? [];
      kept.set(reason, own);
      places += 1;
      if (count >= most) {
        const fullest = largestOf(kept.values(), ({ length }) => length);
        // Its own last would be this row itself.
        if (fullest === undefined || fullest.length <= own.length) return;
        fullest.pop();
        count -= 1;
      }
      own.push({ place: places, row: row() });
      count += 1;
    },
    within: (bytes) => rowsWithin([...kept.values()].map(pileOf), bytes),
  };
}

function rowsWithin(piles: readonly Pile[], bytes: number): readonly ShownRow[] {
  let total = piles.reduce((sum, { size }) => sum + size, 0);
  while (total > bytes) {
    const largest = largestOf(piles, ({ size }) => size);
    const given = largest?.costs.pop();
    if (largest === undefined || given === undefined) break;
    largest.rows.pop();
    largest.size -= given;
    total -= given;
  }
  return piles
    .flatMap(({ rows }) => rows)
    .toSorted((left, right) => left.place - right.place)
    .map(({ row }) => row);
}

/** The rows of one reason with the bytes that each adds: a text that stands in a row before costs little. */
interface Pile {
  readonly rows: KeptRow[];
  readonly costs: number[];
  size: number;
}

/** What a text's place among those that stand more than once takes, with the comma behind it. */
const BYTES_OF_PLACE = 6;
/** Brackets, and a comma. */
const BYTES_OF_ROW = 3;

/** Texts that are not longer than their place would be stand in each of their cells. */
export const SHARED_FROM = 2;

/** The bytes that rows take in a page, without the user's own cells. */
export function bytesOf(rows: readonly ShownRow[]): number {
  return pileOf(rows.map((row, place) => ({ place, row }))).size;
}

/** The bytes that one cell more in each row takes. */
export function bytesOfCells(cells: readonly string[]): number {
  const costOf = costs();
  return cells.reduce((sum, cell) => sum + costOf(cell), 0);
}

/** What each cell adds, one after the other. */
function costs(): (cell: string) => number {
  const seen = new Map<string, number>();
  return (cell) => {
    if (cell.length <= SHARED_FROM) return Buffer.byteLength(jsonText(cell)) + 1;
    const times = seen.get(cell) ?? 0;
    seen.set(cell, times + 1);
    if (times === 0) return Buffer.byteLength(jsonText(cell)) + 1;
    // With the second its first becomes a place, too.
    return times === 1 ? 2 * BYTES_OF_PLACE : BYTES_OF_PLACE;
  };
}

function pileOf(rows: readonly KeptRow[]): Pile {
  const costOf = costs();
  const each = rows.map(({ row }) =>
    row.slice(0, SHOWN_COLUMNS.length).reduce((sum, cell) => sum + costOf(cell), BYTES_OF_ROW),
  );
  return { rows: [...rows], costs: each, size: each.reduce((sum, cost) => sum + cost, 0) };
}

function largestOf<Item>(items: Iterable<Item>, size: (item: Item) => number): Item | undefined {
  let found: Item | undefined;
  for (const item of items) if (found === undefined || size(item) > size(found)) found = item;
  return found;
}
