import { parse } from 'csv-parse/sync';

/** A line of a results file, by column. */
export type ResultLine = Readonly<Record<string, string>>;

/** Reads a results file strictly: a cell that broke the CSV fails here. */
export function parseResults(csv: string): readonly ResultLine[] {
  return parse(csv, { columns: true, bom: true });
}

/** The lines' values of one column, in their order. */
export function column(lines: readonly ResultLine[], name: string): readonly string[] {
  return lines.map((line) => line[name] ?? '(no such column)');
}
