/** A cell's place, from 0. */
export interface CellPlace {
  readonly row: number;
  readonly column: number;
}

/** A cell as a spreadsheet names it: `D3`. */
export function cellName({ row, column }: CellPlace): string {
  return `${columnLetters(column)}${row + 1}`;
}

/** `A`, …, `Z`, `AA`: `column` counts from 0. */
export function columnLetters(column: number): string {
  const last = String.fromCodePoint(65 + (column % 26));
  return column < 26 ? last : columnLetters(Math.floor(column / 26) - 1) + last;
}
