import type { InputRow } from '../../model/row.ts';
import { columnIndexes, readColumns } from '../columns/found-columns.ts';
import type { JudgedTable } from '../columns/table-reading.ts';
import { cellName, type CellPlace } from '../workbook/cell-name.ts';
import type { SheetMarks } from '../workbook/sheet-reading.ts';
import { struckThrough } from '../workbook/workbook-errors.ts';

/**
 * Watches for rows of a workbook that are struck through: whoever strikes out an opportunity, an identifier or a decision may mean
 * that the row is not to be done. What is struck beside them, as in a note, says nothing of the row.
 */
export class StruckRows {
  readonly #name: string;
  readonly #struck: SheetMarks['struck'];
  /** The columns that say which rows are meant; `undefined` for all, as of results, where a value stands twice. */
  readonly #columns: readonly number[] | undefined;
  #first: CellPlace | undefined;
  readonly #rows = new Set<number>();

  constructor({ name, marks, columns, profile, unused, resultsFile }: JudgedTable) {
    this.#name = name;
    this.#struck = marks?.struck ?? new Map();
    const indexes = profile?.profile.columns ?? columnIndexes(columns);
    const deciding = unused.filter(({ decides }) => decides !== undefined);
    const all = [...readColumns(indexes), ...[...indexes.entities, ...deciding].map(({ index }) => index)];
    this.#columns = resultsFile === undefined ? all : undefined;
  }

  /** Rows that are left out may be struck. */
  see(rows: readonly InputRow[]): void {
    if (this.#struck.size === 0) return;
    for (const { kind, row } of rows) {
      const struck = this.#struck.get(row);
      if (kind === 'skipped' || struck === undefined) continue;
      const column = (this.#columns ?? [...struck]).find((index) => struck.has(index));
      if (column === undefined) continue;
      this.#first ??= { row: row - 1, column };
      this.#rows.add(row);
    }
  }

  /**
   * At the end of the file.
   *
   * @throws RunError `input_format` where such a row would be done
   */
  finish(): void {
    if (this.#first !== undefined) throw struckThrough(this.#name, this.#rows.size, cellName(this.#first));
  }
}
