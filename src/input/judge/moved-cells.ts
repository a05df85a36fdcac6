import { RunError } from '../../model/run-error.ts';
import type { ColumnIndexes } from '../columns/found-columns.ts';
import { isTelling, kindOf } from '../values/cell-kind.ts';
import { cleanValue } from '../values/clean-value.ts';
import { showValue } from '../values/show-value.ts';

/** Rows of one kind in a column: the first of them, the last, and how many; in the order of rows, from 1. */
interface Stretch {
  firstRow: number;
  first: number;
  last: number;
  count: number;
}

/** A column that rows are read for, with the rows that lack its value, and those that have nothing else. */
interface Watched {
  readonly index: number;
  readonly lacking: Stretch;
  readonly alone: Stretch;
}

/**
 * Watches for a column whose cells were moved down, as a spreadsheet does where cells are put in: some rows one behind the other
 * have no value, as many at the table's end have nothing but one, and each of those between has another row's.
 */
export class MovedCells {
  readonly #watched: readonly Watched[];
  #rows = 0;

  constructor({ opportunity, entity, replacement, entities }: ColumnIndexes) {
    const indexes = entities.length > 0 ? [] : [opportunity, entity, replacement];
    this.#watched = indexes
      .filter((index) => index >= 0)
      .map((index) => ({ index, lacking: noRows(), alone: noRows() }));
  }

  see(cells: readonly string[], row: number): void {
    this.#rows += 1;
    if (this.#watched.every(({ index }) => isPlain(cells[index]))) return;
    const values = this.#watched.map(({ index }) => cleanValue(cells[index] ?? ''));
    const isAlone = cells.filter((cell) => cleanValue(cell) !== '').length === 1;
    for (const [at, { lacking, alone }] of this.#watched.entries()) {
      const value = values[at] ?? '';
      if (value === '') extend(lacking, row, this.#rows);
      if (isAlone && isTelling(kindOf(value))) extend(alone, row, this.#rows);
    }
  }

  /**
   * Refuses such a file once all of it was seen.
   *
   * @throws RunError `input_columns`
   */
  finish(name: string, header: readonly string[]): void {
    for (const { index, lacking, alone } of this.#watched) {
      const { count } = alone;
      const isMoved =
        count > 0 &&
        lacking.count === count &&
        isWhole(lacking) &&
        isWhole(alone) &&
        alone.last === this.#rows &&
        lacking.last + 1 < alone.first;
      if (isMoved) throw columnMoved({ name, column: header[index] ?? '' }, lacking, alone);
    }
  }
}

/** Whether a cell evidently holds a value: nearly all do, and are not cleaned for nothing. */
function isPlain(cell: string | undefined): boolean {
  const first = cell?.charCodeAt(0) ?? 0;
  return first > 0x2f && first < 0x7f;
}

function noRows(): Stretch {
  return { firstRow: 0, first: 0, last: 0, count: 0 };
}

function extend(stretch: Stretch, row: number, at: number): void {
  if (stretch.count === 0) Object.assign(stretch, { firstRow: row, first: at });
  stretch.last = at;
  stretch.count += 1;
}

function isWhole({ first, last, count }: Stretch): boolean {
  return last - first + 1 === count;
}

function columnMoved(
  { name, column }: { readonly name: string; readonly column: string },
  lacking: Stretch,
  alone: Stretch,
): RunError {
  const none = lacking.count === 1 ? 'has none' : `and the ${lacking.count - 1} below have none`;
  const last =
    alone.count === 1
      ? `the last, row ${alone.firstRow}, has`
      : `the last, from row ${alone.firstRow} on, have`;
  return new RunError(
    'input_columns',
    `${name}: the cells of column ${showValue(column)} seem to have moved down from row ${lacking.firstRow} on: that ${none}, and ${last} nothing else. The rows between would be read with the value of another.`,
    { code: 'move_cells_up' },
  );
}
