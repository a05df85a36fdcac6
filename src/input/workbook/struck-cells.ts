/** Cells that are struck through in a sheet, as a person strikes out what is not meant. */
export interface StruckCells {
  /** By row, from 0: their columns, from 0. */
  readonly cells: ReadonlyMap<number, ReadonlySet<number>>;
  /** Ranges (`A2:F9`) of conditional formats that strike through: which of their cells are struck is not known. */
  readonly conditional: readonly string[];
}

export const NONE_STRUCK: StruckCells = { cells: new Map(), conditional: [] };

/** Struck cells, while they are being found. */
export class StruckFinds {
  readonly cells: Map<number, Set<number>> = new Map();

  add(row: number, column: number): void {
    const columns = this.cells.get(row) ?? new Set();
    columns.add(column);
    this.cells.set(row, columns);
  }
}

/** The value of an attribute within a tag of XML, by its name with any prefix; `undefined` where it has none. */
export function attributeOf(attributes: string, name: string): string | undefined {
  return new RegExp(`(?:^|[\\s:])${name}=(["'])(.*?)\\1`).exec(attributes)?.[2];
}
