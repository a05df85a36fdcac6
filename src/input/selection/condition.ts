import { parse } from 'csv-parse/sync';
import { RunError } from '../../model/run-error.ts';
import { cleanValue } from '../values/clean-value.ts';

/** One `COLUMN=VALUE,…` or `COLUMN!=VALUE,…`. */
export interface Condition {
  /** As it was given. */
  readonly text: string;
  readonly column: string;
  /** Whether a cell is to be one of the values, or none of them. */
  readonly holds: 'among' | 'not_among';
  /** Cleaned, each once; an empty one means an empty cell. */
  readonly values: readonly [string, ...string[]];
}

/**
 * Reads a condition: its column ends at the first `=` or `!=`, its values are a line of CSV.
 *
 * @throws RunError `usage`
 */
export function parseCondition(text: string): Condition {
  const at = text.indexOf('=');
  if (at < 0) throw unreadable(`The option where is given ${JSON.stringify(text)}, without = or !=.`);
  const negated = text[at - 1] === '!';
  const column = text.slice(0, negated ? at - 1 : at).trim();
  if (column === '') {
    throw unreadable(`The option where is given ${JSON.stringify(text)}, without a column's name.`);
  }
  const cells = csvLine(text.slice(at + 1));
  if (cells === undefined) {
    throw unreadable(
      `The values in the option where ${JSON.stringify(text)} are no line of CSV: a quote is left open, perhaps.`,
    );
  }
  const [first = '', ...others] = new Set(cells.map(cleanValue));
  return { text, column, holds: negated ? 'not_among' : 'among', values: [first, ...others] };
}

/** The cells of a line of CSV; `undefined` where it is none. An empty text is one empty cell. */
export function csvLine(text: string): readonly string[] | undefined {
  try {
    const records: string[][] = parse(text, { relax_column_count: true });
    return records.length > 1 ? undefined : (records[0] ?? ['']);
  } catch {
    return undefined;
  }
}

/** A value as cells are compared with it: without regard to case. */
export function foldCase(value: string): string {
  return value.normalize('NFC').toLowerCase();
}

function unreadable(message: string): RunError {
  return new RunError('usage', message, { code: 'write_condition' });
}
