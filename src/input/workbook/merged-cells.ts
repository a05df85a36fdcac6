import type { CellObject, Range } from '@e965/xlsx';
import { parseOpportunityId } from '../../model/entity.ts';
import type { CellPlace } from './cell-name.ts';

type Cells = readonly (CellObject | undefined)[];

/** The cells of a sheet with what its merges show. */
export interface MergedSheet {
  readonly rows: (CellObject | undefined)[][];
  /** Cells that were given the value of the merge they stand in. */
  readonly filled: number;
  /** The first of them; absent where none is. */
  readonly first?: CellPlace;
  /** A cell under a merge that holds another value than the merge shows: nobody sees it, and it may be what is meant. */
  readonly hidden?: CellPlace;
}

/**
 * Gives each row that a merged cell spans its value, in the cell's own column: a merge stands for all its rows. A row that holds nothing of
 * its own stays empty; what is merged across columns alone, as titles are, and in the header above the first row of the table stays as it is.
 */
export function withMerged(rows: readonly Cells[], merges: readonly Range[]): MergedSheet {
  const given = Array.from(rows, (cells?: Cells) => [...(cells ?? [])]);
  const firstRow = Math.max(0, given.findIndex(isOfTable));
  const isOwn = given.map((cells) => cells.some(isFilled));
  // Merges that overlap, as in a hostile file, take no more time than others.
  const reached = new Map<number, number>();
  const found: { filled: number; first?: CellPlace; hidden?: CellPlace } = { filled: 0 };
  for (const { s, e } of merges.toSorted((left, right) => left.s.r - right.s.r)) {
    const value = given[s.r]?.[s.c];
    const before = reached.get(s.c) ?? -1;
    reached.set(s.c, Math.max(e.r, before));
    if (s.r < firstRow || !isFilled(value)) continue;
    for (let row = Math.max(s.r, before) + 1; row <= Math.min(e.r, given.length - 1); row += 1) {
      const [cells = [], place] = [given[row], { row, column: s.c }];
      if (isFilled(cells[s.c])) {
        if (cells[s.c]?.v !== value?.v) found.hidden ??= place;
      } else if (isOwn[row] === true) {
        while (cells.length < s.c) cells.push(undefined);
        cells[s.c] = value;
        found.filled += 1;
        found.first ??= place;
      }
    }
  }
  return { rows: given, ...found };
}

function isOfTable(cells: Cells): boolean {
  return cells.some((cell) => typeof cell?.v === 'string' && parseOpportunityId(cell.v.trim()) !== undefined);
}

/** Whether a cell holds anything, or a formula that may. */
function isFilled(cell: CellObject | undefined): boolean {
  return cell !== undefined && ((cell.v !== undefined && cell.v !== '') || cell.f !== undefined);
}
