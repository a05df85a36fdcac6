import { parse as parseWhole } from 'csv-parse/sync';
import type { PeekableBytes } from '../bytes/peekable-bytes.ts';
import { CsvReader, csvOptions } from './csv-reader.ts';
import type { Delimiter } from './delimiter.ts';
import { PIECE_BYTES } from './record-batches.ts';
import { MAX_RECORD_BYTES } from './record-errors.ts';

/** A text's first records under one delimiter. */
export interface HeadRecords {
  readonly delimiter: Delimiter;
  /** As Latin-1: one character a byte. */
  readonly records: readonly string[][];
  /** Why they break off, where it is a fault; reading the text comes to it as well. */
  readonly fault: { readonly error: unknown } | undefined;
  /** Whether the text has no others. */
  readonly isWhole: boolean;
}

/** Enough to tell a header from titles, and what its columns hold. */
const HEAD_RECORDS = 300;
/** Bytes that are looked at, and how many records are to end in them lest more is looked at: a header may be long. */
const LOOKS: readonly (readonly [bytes: number, records: number])[] = [
  [65_536, HEAD_RECORDS],
  [131_072, 3],
  [1_048_576, 1],
  // Beyond this, a record is too long for sure.
  [MAX_RECORD_BYTES + 262_144, 0],
];

/** The first records of a text under each of the delimiters that stand in it. */
export async function headRecords(
  text: PeekableBytes,
  name: string,
  delimiters: readonly [Delimiter, ...Delimiter[]],
): Promise<readonly HeadRecords[]> {
  let heads: readonly FrontRecords[] = [];
  for (const [bytes, wanted] of LOOKS) {
    const peeked = await text.peek(bytes);
    const front = peeked.subarray(0, bytes);
    const isAll = text.ended && peeked.length <= bytes;
    const occurring = delimiters.filter((delimiter) => front.includes(delimiter));
    const found: FrontRecords[] = [];
    for (const delimiter of occurring.length > 0 ? occurring : [delimiters[0]]) {
      found.push(await headOf(front, { name, delimiter, isAll }));
    }
    heads = found;
    // What no end was seen of may be the header, and the delimiter only show in what is left of it.
    const isEnough = ({ records, fault, unfinished }: FrontRecords): boolean =>
      fault !== undefined || (records.length >= wanted && unfinished * 2 < bytes);
    if (isAll || found.every(isEnough)) break;
  }
  return heads;
}

interface FrontRecords extends HeadRecords {
  /** Bytes behind those in which the last record ended, as exactly as the pieces tell that are read at once. */
  readonly unfinished: number;
}

async function headOf(
  front: Buffer,
  {
    name,
    delimiter,
    isAll,
  }: { readonly name: string; readonly delimiter: Delimiter; readonly isAll: boolean },
): Promise<FrontRecords> {
  const reader = new CsvReader({ name, delimiter, rowsBefore: 0 });
  const records: string[][] = [];
  const head = { delimiter, records, fault: undefined, unfinished: 0, isWhole: false };
  let ended = 0;
  try {
    for (let start = 0; start < front.length; start += PIECE_BYTES) {
      for (const record of await reader.feed(front.subarray(start, start + PIECE_BYTES))) {
        if (records.push(record) === HEAD_RECORDS) return head;
        ended = start + PIECE_BYTES;
      }
    }
    if (isAll) records.push(...(await reader.finish()));
    return { ...head, unfinished: Math.max(0, front.length - ended), isWhole: isAll };
  } catch (error) {
    return { ...head, fault: { error } };
  }
}

/** The bytes that the first `count` records of a text take. */
export function bytesOfRecords(front: Buffer, delimiter: Delimiter, count: number): number {
  if (count === 0) return 0;
  // With `info`, csv-parse tells of each record where it ends.
  const records = parseWhole(front, { ...csvOptions(delimiter), info: true, to: count }) as unknown as {
    readonly info: { readonly bytes: number };
  }[];
  return records.at(-1)?.info.bytes ?? 0;
}
