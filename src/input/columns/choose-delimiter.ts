import { decodeRecord } from '../bytes/decode-cell.ts';
import type { Delimiter } from '../records/delimiter.ts';
import type { InputOptions } from './input-options.ts';
import { RecordSplitter } from '../records/record-splitter.ts';
import { isBlankRecord, looksLikeData, tableHead, type TableHead } from './table-head.ts';
import type { LineEnding } from './understanding.ts';

const RECORDS_WEIGHED = 100;
const BYTES_WEIGHED = 65_536;

/** Chooses the delimiter that makes most sense of the file's beginning; those not in it are not weighed. */
export async function chooseDelimiter(
  front: Buffer,
  options: InputOptions,
  delimiters: readonly [Delimiter, ...Delimiter[]],
): Promise<Delimiter> {
  const probe = front.subarray(0, BYTES_WEIGHED);
  const occurring = delimiters.filter((delimiter) => probe.includes(delimiter));
  let [best = delimiters[0]] = occurring;
  if (occurring.length < 2) return best;
  let bestWeight = -1;
  for (const delimiter of occurring) {
    const weight = weightOf(tableHead(await recordsOf(probe, delimiter), options));
    if (weight <= bestWeight) continue;
    best = delimiter;
    bestWeight = weight;
  }
  return best;
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
function weightOf({ headerScore, records }: TableHead): number {
  return headerScore * 10 + regularity(records);
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

/** Whatever can be read of it under a delimiter; under a wrong one even that there is a quote without its partner. */
async function recordsOf(probe: Buffer, delimiter: Delimiter): Promise<readonly (readonly string[])[]> {
  const splitter = new RecordSplitter('', delimiter);
  const { records } = await splitter.feed(probe);
  const rest = await splitter.finish().catch(() => undefined);
  const weighed = [...records, ...(rest?.records ?? [])].slice(0, RECORDS_WEIGHED);
  for (const record of weighed) decodeRecord(record, { nonUtf8Cells: 0, undecodableCells: 0 });
  return weighed;
}
