import { cleanValue } from './clean-value.ts';
import { decodeRecord } from './decode-cell.ts';
import { headerScore } from './find-columns.ts';
import { looksLikeOpportunity } from './identifier-shape.ts';
import { DELIMITERS, type Delimiter, type InputOptions } from './input-options.ts';
import { RecordSplitter } from './record-splitter.ts';
import type { LineEnding } from './understanding.ts';

/** The file's beginning, read under the delimiter that makes most sense of it. */
export interface TableHead {
  readonly delimiter: Delimiter;
  /** Decoded. */
  readonly records: readonly (readonly string[])[];
  /** Where the header stands among them; the first row with anything in it where none looks like one. */
  readonly headerIndex: number;
  /** Whether any row looks like a header. */
  readonly headerFound: boolean;
}

/** How far down a header is looked for: below a report's title, filters and date. */
const HEADER_WITHIN = 40;
const RECORDS_WEIGHED = 300;
const PIECE_BYTES = 16_384;

/** Reads the head under each delimiter that is possible; `ended`: it is the whole file. */
export async function readTableHead(
  front: Buffer,
  ended: boolean,
  options: InputOptions,
  delimiters: readonly Delimiter[] = DELIMITERS,
): Promise<TableHead> {
  let best: TableHead | undefined;
  let bestWeight = -1;
  for (const delimiter of occurring(delimiters, front)) {
    const records = await recordsOf(front, ended, delimiter);
    const scores = records.slice(0, HEADER_WITHIN).map((record) => headerScore(record, options));
    const highest = Math.max(0, ...scores);
    // A better header outweighs any regularity; among equals, the regular table.
    const weight = highest * 10 + regularity(records);
    if (weight > bestWeight) {
      const headerIndex = highest > 0 ? scores.indexOf(highest) : firstFilled(records);
      best = { delimiter, records, headerIndex, headerFound: highest > 0 };
      bestWeight = weight;
    }
  }
  return best ?? { delimiter: ',', records: [], headerIndex: 0, headerFound: false };
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

export function isBlankRecord(record: readonly string[]): boolean {
  return record.every((cell) => cell === '' || cleanValue(cell) === '');
}

/** Whether a row holds an opportunity's identifier, and so is no header. */
export function looksLikeData(record: readonly string[]): boolean {
  return record.some((cell) => looksLikeOpportunity(cleanValue(cell)));
}

/** A delimiter that is nowhere separates nothing; the first stands in for a file of one column. */
function occurring(delimiters: readonly Delimiter[], front: Buffer): readonly Delimiter[] {
  const found = delimiters.filter((delimiter) => front.includes(delimiter));
  return found.length > 0 ? found : delimiters.slice(0, 1);
}

async function recordsOf(front: Buffer, ended: boolean, delimiter: Delimiter): Promise<string[][]> {
  const splitter = new RecordSplitter('', delimiter);
  const records: string[][] = [];
  try {
    // In pieces, so that a fault leaves the records before it.
    for (let start = 0; start < front.length && records.length < RECORDS_WEIGHED; start += PIECE_BYTES) {
      records.push(...(await splitter.feed(front.subarray(start, start + PIECE_BYTES))).records);
    }
    if (ended) records.push(...(await splitter.finish()).records);
  } catch {
    // The reading proper meets the same fault, and names it; under another delimiter it may not even be one.
  }
  const weighed = records.slice(0, RECORDS_WEIGHED);
  for (const record of weighed) decodeRecord(record, { nonUtf8Cells: 0, undecodableCells: 0 });
  return weighed;
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

function firstFilled(records: readonly (readonly string[])[]): number {
  return Math.max(
    0,
    records.findIndex((record) => !isBlankRecord(record)),
  );
}
