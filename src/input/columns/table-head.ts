import { cleanValue } from '../values/clean-value.ts';
import { headerScore } from './find-columns.ts';
import { looksLikeOpportunity } from '../values/identifier-shape.ts';
import type { InputOptions } from './input-options.ts';

type Records = readonly (readonly string[])[];

/** A table's first records, and where among them the header stands. */
export interface TableHead {
  readonly records: Records;
  /** The first row with anything in it where none looks like a header. */
  readonly headerIndex: number;
  /** 0 where no row looks like a header. */
  readonly headerScore: number;
}

/** How far down a header is looked for: below a report's title, filters and date. */
const HEADER_WITHIN = 40;

/** Finds the row that looks most like a header; of equals, the first. */
export function tableHead(records: Records, options: InputOptions): TableHead {
  const scores = records.slice(0, HEADER_WITHIN).map((record) => headerScore(record, options));
  const highest = Math.max(0, ...scores);
  return {
    records,
    headerIndex: highest > 0 ? scores.indexOf(highest) : firstFilled(records),
    headerScore: highest,
  };
}

export function isBlankRecord(record: readonly string[]): boolean {
  return record.every((cell) => cell === '' || cleanValue(cell) === '');
}

/** Whether a row holds an opportunity's identifier, and so is no header. */
export function looksLikeData(record: readonly string[]): boolean {
  return record.some((cell) => looksLikeOpportunity(cleanValue(cell)));
}

function firstFilled(records: Records): number {
  return Math.max(
    0,
    records.findIndex((record) => !isBlankRecord(record)),
  );
}
