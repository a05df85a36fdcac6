import { stringify } from 'csv-stringify/sync';

/** How the results are written: as the input was. */
export interface ResultsDialect {
  readonly delimiter: string;
  readonly lineEnding: string;
  /** Whether the file begins with a byte order mark. */
  readonly bom: boolean;
}

/** The byte order mark. */
export const BOM = '\uFEFF';

/** A file's beginning: the byte order mark, where there is one, and its first line. */
export function firstLine(cells: readonly string[], dialect: ResultsDialect): string {
  const line = csvText([cells], dialect);
  return dialect.bom ? BOM + line : line;
}

export function csvText(lines: readonly (readonly string[])[], dialect: ResultsDialect): string {
  // csv-stringify takes mutable arrays but leaves them as they are.
  return stringify(lines as string[][], {
    delimiter: dialect.delimiter,
    record_delimiter: dialect.lineEnding,
    // A lone CR or LF inside a cell needs quotes whatever ends the lines (csv-stringify looks for the delimiter alone).
    quoted_match: /[\r\n]|^\s|\s$/,
  });
}
