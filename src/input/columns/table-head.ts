import { decodeRecord } from '../bytes/decode-cell.ts';
import type { HeadRecords } from '../records/head-records.ts';
import { cleanValue } from '../values/clean-value.ts';
import { looksLikeOpportunity } from '../values/identifier-shape.ts';
import { headerScore } from './named-column.ts';
import type { InputOptions } from './input-options.ts';
import type { LineEnding } from './table-reading.ts';

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

/** A text's first records under the delimiter that was chosen, and the table that they begin. */
export interface ChosenHead {
  readonly raw: HeadRecords;
  readonly head: TableHead;
}

/** Chooses the delimiter that makes most sense of the text's first records; of equals, the first. */
export function chooseHead(heads: readonly HeadRecords[], options: InputOptions): ChosenHead {
  const [first, ...others] = heads.map((raw) => ({ raw, head: tableHead(decodedCopies(raw), options) }));
  if (first === undefined) throw new Error('No delimiter is to be weighed.');
  return others.reduce((best, other) => (weightOf(other.head) > weightOf(best.head) ? other : best), first);
}

function decodedCopies({ records }: HeadRecords): readonly (readonly string[])[] {
  return records.map((record) => {
    const copy = [...record];
    decodeRecord(copy, { nonUtf8Cells: 0, undecodableCells: 0, surrogateCells: 0 });
    return copy;
  });
}

/** The delimiter of Excel's first line `sep=;`, and the bytes that line takes. */
export function sepLine(front: Buffer): { separator: string; bytes: number } | undefined {
  const line = /^"?sep=([^\r\n]?)"?(\r\n|\n|\r)/i.exec(front.subarray(0, 32).toString('latin1'));
  return line === null ? undefined : { separator: line[1] ?? '', bytes: line[0].length };
}

/** The line ending most records have; what stands inside quotes doesn't count. */
export function usualLineEnding(front: Buffer): LineEnding {
  let quoted = false;
  let crlf = 0;
  let lf = 0;
  let cr = 0;
  for (let index = 0; index < front.length; index += 1) {
    const byte = front[index];
    if (byte === 0x22) quoted = !quoted;
    else if (quoted) continue;
    else if (byte === 0x0a) lf += 1;
    else if (byte === 0x0d && front[index + 1] === 0x0a) {
      crlf += 1;
      index += 1;
    } else if (byte === 0x0d) cr += 1;
  }
  if (crlf > 0 && crlf >= lf && crlf >= cr) return '\r\n';
  return cr > lf ? '\r' : '\n';
}

/** A better header outweighs any regularity; among equals, the regular table. */
function weightOf(head: TableHead): number {
  return head.headerScore * 10 + regularity(head.records);
}

/** From 0 to 2: the share of rows of the commonest width, where that is more than one; more where they hold an opportunity. */
function regularity(records: readonly (readonly string[])[]): number {
  const rows = records.filter((record) => !isBlankRecord(record));
  if (rows.length === 0) return 0;
  const counts = new Map<number, number>();
  for (const { length } of rows) if (length > 1) counts.set(length, (counts.get(length) ?? 0) + 1);
  const regular = Math.max(0, ...counts.values()) / rows.length;
  return regular + rows.filter(looksLikeData).length / rows.length;
}
