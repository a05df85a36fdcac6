import { foldName } from '../../values/fold-name.ts';

const MOST_VALUES = 1_000;

/** The values of columns that decide about rows, by the rows learned so far; without regard to case. */
export class Decisions {
  readonly #values: ReadonlyMap<number, Map<string, number>>;
  /** Those of the columns near them. */
  readonly #beside: ReadonlyMap<number, Map<string, number>>;

  /** Of columns from 0. */
  constructor(columns: readonly number[]) {
    this.#values = new Map(columns.map((column) => [column, new Map()]));
    this.#beside = new Map(columns.flatMap(columnsBeside).map((column) => [column, new Map()]));
  }

  learn(cells: readonly string[]): void {
    for (const [column, values] of [...this.#values, ...this.#beside]) {
      const value = foldName(cells[column] ?? '');
      const rows = values.get(value) ?? 0;
      if (rows > 0 || values.size < MOST_VALUES) values.set(value, rows + 1);
    }
  }

  /** Whether another row has the value in a column; `own`: the cells of the row itself, where it was learned. */
  hasElsewhere(value: string, column: number, own: readonly string[] | undefined): boolean {
    return isElsewhere(value, this.#values.get(column), own && (own[column] ?? ''));
  }

  /** Whether no cell of a row but the column's own has a decision of it, except where other rows have the same. */
  areAtHome(column: number, cells: readonly string[], own: readonly string[] | undefined): boolean {
    return cells.every(
      (cell, index) =>
        index === column ||
        !this.hasElsewhere(cell, column, own) ||
        isElsewhere(cell, this.#beside.get(index), own && (own[index] ?? '')),
    );
  }

  /** Whether a column is known to hold few values, each again and again, so that another one is odd. */
  holdsFew(column: number, rows: number): boolean {
    const values = this.#values.get(column);
    return values !== undefined && rows >= 2 && values.size * 2 <= rows;
  }
}

/** `own`: what stands there in the row itself, where it was learned. */
function isElsewhere(
  value: string,
  values: ReadonlyMap<string, number> | undefined,
  own: string | undefined,
): boolean {
  const wanted = foldName(value);
  return (values?.get(wanted) ?? 0) > (own !== undefined && foldName(own) === wanted ? 1 : 0);
}

/** As far as a row may have slipped. */
function columnsBeside(column: number): readonly number[] {
  return [-3, -2, -1, 1, 2, 3].map((step) => column + step).filter((index) => index >= 0);
}
