import { foldName } from '../../values/fold-name.ts';

const MOST_VALUES = 1_000;

/** The values of columns that decide about rows, by the rows learned so far; without regard to case. */
export class Decisions {
  readonly #values: ReadonlyMap<number, Map<string, number>>;

  /** Of columns from 0. */
  constructor(columns: readonly number[]) {
    this.#values = new Map(columns.map((column) => [column, new Map()]));
  }

  learn(cells: readonly string[]): void {
    for (const [column, values] of this.#values) {
      const value = foldName(cells[column] ?? '');
      const rows = values.get(value) ?? 0;
      if (rows > 0 || values.size < MOST_VALUES) values.set(value, rows + 1);
    }
  }

  /** Whether another row has the value in a column; `own`: the cells of the row itself, where it was learned. */
  hasElsewhere(value: string, column: number, own: readonly string[] | undefined): boolean {
    const wanted = foldName(value);
    const isOwn = own !== undefined && foldName(own[column] ?? '') === wanted;
    return (this.#values.get(column)?.get(wanted) ?? 0) > (isOwn ? 1 : 0);
  }

  /** Whether a column is known to hold few values, each again and again, so that another one is odd. */
  holdsFew(column: number, rows: number): boolean {
    const values = this.#values.get(column);
    return values !== undefined && rows >= 2 && values.size * 2 <= rows;
  }
}
