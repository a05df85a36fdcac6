import type { CellObject } from '@e965/xlsx';
import type { CellPlace } from './cell-name.ts';
import type { StruckCells } from './struck-cells.ts';

/** A comment beside a cell, with the answers to it. */
export interface CellComment extends CellPlace {
  readonly text: string;
}

type Rows = readonly (readonly (CellObject | undefined)[])[];

/** The comments of a sheet, threaded ones and notes, in the order of rows. */
export function commentsIn(rows: Rows): readonly CellComment[] {
  return Array.from(rows, (cells: Rows[number] | undefined, row) =>
    Array.from(cells ?? [], (cell, column) => {
      const text = (cell?.c ?? []).map((comment) => comment.t ?? '').join(' ');
      return cell?.c === undefined || cell.c.length === 0 ? [] : [{ row, column, text }];
    }).flat(),
  ).flat();
}

/** The cells at these places that hold anything. */
export function struckAmong(rows: Rows, places: StruckCells['cells']): ReadonlySet<CellObject> {
  const found = new Set<CellObject>();
  for (const [row, columns] of places) {
    for (const column of columns) {
      const cell = rows[row]?.[column];
      if (cell?.v !== undefined && cell.v !== '') found.add(cell);
    }
  }
  return found;
}
