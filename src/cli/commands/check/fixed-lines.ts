import { fixedRow, type AcceptedSuggestion } from '../../../input/rows/fixed-cells.ts';
import type { TableReading } from '../../../input/columns/table-reading.ts';
import type { InputRow } from '../../../model/row.ts';

/** Lines of the cleaned file, so that its rows have the numbers of the input's. */
export interface FixedLines {
  /** The lines that are whole once these rows have come. */
  readonly of: (rows: readonly InputRow[]) => readonly (readonly string[])[];
  /** The last one, once every row has come. */
  readonly rest: () => readonly (readonly string[])[];
  readonly counts: () => { readonly corrected: number; readonly open: number };
  readonly accepted: () => readonly AcceptedSuggestion[];
}

interface Line {
  readonly row: number;
  cells: readonly string[];
  corrected: boolean;
  open: boolean;
}

/** Between the identifiers of a cell that was split. */
const JOINT = ';';

/** Rows of one number, from a cell that was split, are one line; blank rows of the input stay blank. */
export function fixedLines(table: TableReading, acceptSuggestions: boolean): FixedLines {
  const counts = { corrected: 0, open: 0 };
  const accepted: AcceptedSuggestion[] = [];
  let nextRow = table.headerRow + 1;
  let line: Line | undefined;
  const finished = (): (readonly string[])[] => {
    if (line === undefined) return [];
    const { row, cells, corrected, open } = line;
    const blanks = Array.from({ length: Math.max(0, row - nextRow) }, () => ['']);
    nextRow = row + 1;
    counts.corrected += corrected ? 1 : 0;
    counts.open += open ? 1 : 0;
    line = undefined;
    return [...blanks, cells];
  };
  const take = (row: InputRow): (readonly string[])[] => {
    const fixed = fixedRow(row, table, acceptSuggestions);
    accepted.push(...fixed.accepted);
    if (line?.row === row.row) {
      line = {
        row: row.row,
        cells: joined(line.cells, fixed.cells, table),
        corrected: line.corrected || fixed.corrected,
        open: line.open || fixed.open,
      };
      return [];
    }
    const before = finished();
    line = { row: row.row, ...fixed };
    return before;
  };
  return {
    of: (rows) => rows.flatMap(take),
    rest: finished,
    counts: () => ({ ...counts }),
    accepted: () => accepted,
  };
}

function joined(
  cells: readonly string[],
  further: readonly string[],
  { columns }: TableReading,
): readonly string[] {
  const { index } = columns.entity;
  return cells.with(index, `${cells[index] ?? ''}${JOINT}${further[index] ?? ''}`);
}
