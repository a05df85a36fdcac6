import { isUtf8 } from 'node:buffer';
import type { InputRow } from '../model/row.ts';
import { RunError } from '../model/run-error.ts';
import { PeekableBytes } from './bytes/peekable-bytes.ts';
import { chooseHead, sepLine, usualLineEnding, type ChosenHead } from './columns/choose-delimiter.ts';
import { bomBytes, detectEncoding, namedEncoding, utf8Bytes, type Encoding } from './bytes/encoding.ts';
import { refuseBinary, refuseMarkup } from './bytes/file-kind.ts';
import { decodeRecord } from './bytes/decode-cell.ts';
import { unpackedBytes } from './bytes/gunzip.ts';
import { DELIMITERS, type Delimiter } from './records/delimiter.ts';
import type { InputOptions } from './columns/input-options.ts';
import type { InputSource } from './bytes/input-source.ts';
import { emptyTally, type InputTally } from './rows/input-tally.ts';
import { readBatches } from './rows/read-batches.ts';
import { bytesOfRecords, headRecords } from './records/head-records.ts';
import { recordBatches } from './records/record-batches.ts';
import { ownCells } from './columns/results-file.ts';
import type { Dialect, TableReading } from './columns/table-reading.ts';
import { readTable } from './columns/read-table.ts';

export type { InputOptions, InputSource };

/** An input whose beginning was read and understood. */
export interface OpenInput {
  readonly table: TableReading;
  readonly header: readonly string[];
  readonly dialect: Dialect;
  /** Every row once, in order, some 64 at a time; can be gone through once. Throws RunError `input_format`. */
  readonly batches: AsyncIterable<readonly InputRow[]>;
  /** Counts of all that was read up to now. */
  readonly tally: () => InputTally;
  /** Lets the source go where the batches are not read to their end. */
  readonly close: () => Promise<void>;
}

/** Bytes that are looked at before the first row is read. */
const HEAD_BYTES = 65_536;

/**
 * Opens an input: finds out how it is written and which columns are meant.
 *
 * @throws RunError `input_unreadable`, `input_format` or `input_columns`
 */
export async function openInput(source: InputSource, options: InputOptions): Promise<OpenInput> {
  const front = new PeekableBytes(source.bytes);
  try {
    return await open(front, source.name, options);
  } catch (error) {
    await front.close();
    throw error;
  }
}

async function open(packed: PeekableBytes, name: string, options: InputOptions): Promise<OpenInput> {
  const { bytes, gzip } = await unpackedBytes(packed, name);
  const encoding = await encodingOf(bytes, name, options);
  const text = new PeekableBytes(utf8Bytes(bytes, encoding, name));
  const bom = await skipMarks(text);
  refuseMarkup(await text.peek(HEAD_BYTES), name);
  const sep = sepLine(await text.peek(HEAD_BYTES));
  text.skip(sep?.bytes ?? 0);
  const front = await text.peek(HEAD_BYTES);
  const heads = await headRecords(text, name, delimitersFor(sep?.separator, options, name));
  const chosen = chooseHead(heads, options);
  const dialect = {
    delimiter: chosen.raw.delimiter,
    lineEnding: usualLineEnding(front.subarray(0, HEAD_BYTES)),
    bom: encoding.bom || bom || !isWhollyUtf8(front),
    encoding: encoding.label,
    sepLine: sep !== undefined,
    gzip,
  };
  const table = orFault(chosen, () => readTable(name, chosen.head, dialect, options));
  return opened(text, chosen, table, options);
}

async function opened(
  text: PeekableBytes,
  { raw }: ChosenHead,
  table: TableReading,
  options: InputOptions,
): Promise<OpenInput> {
  const { name, dialect, titleRows, resultsFile, header } = table;
  const tally = emptyTally();
  const rowsBefore = titleRows.length;
  for (const record of raw.records.slice(0, rowsBefore)) decodeRecord(record, tally);
  tally.records = rowsBefore;
  // Read together with the table, titles would make each of its rows one of another width, which takes csv-parse long.
  text.skip(bytesOfRecords(await text.peek(1), dialect.delimiter, rowsBefore));
  const records = recordBatches(text, { name, delimiter: dialect.delimiter, rowsBefore }, tally);
  return {
    table,
    header: resultsFile === undefined ? header : ownCells(header, resultsFile),
    dialect,
    batches: readBatches(records, table, options.split === true, tally),
    tally: () => ({ ...tally }),
    close: () => text.close(),
  };
}

/** Where the head breaks off at a fault, that is why no table is seen in it. */
function orFault<Result>({ raw: { fault } }: ChosenHead, understand: () => Result): Result {
  try {
    return understand();
  } catch (error) {
    throw fault === undefined ? error : fault.error;
  }
}

async function encodingOf(bytes: PeekableBytes, name: string, options: InputOptions): Promise<Encoding> {
  const head = await bytes.peek(HEAD_BYTES);
  if (head.length === 0) {
    throw new RunError('input_unreadable', `${name} is empty.`, { code: 'export_empty_again' });
  }
  refuseBinary(head, name);
  return options.encoding === undefined ? detectEncoding(head) : namedEncoding(options.encoding, head);
}

async function skipMarks(text: PeekableBytes): Promise<boolean> {
  const length = bomBytes(await text.peek(HEAD_BYTES));
  text.skip(length);
  return length > 0;
}

/** Whether a file's beginning is UTF-8, but for a character that it may break off in. */
function isWhollyUtf8(front: Buffer): boolean {
  const cuts = front.length < HEAD_BYTES ? [0] : [0, 1, 2, 3];
  return cuts.some((cut) => isUtf8(front.subarray(0, front.length - cut)));
}

/** The user's word goes, then that of the file's `sep=` line; else all are weighed. */
function delimitersFor(
  separator: string | undefined,
  options: InputOptions,
  name: string,
): readonly [Delimiter, ...Delimiter[]] {
  if (options.delimiter !== undefined) return [options.delimiter];
  if (separator === undefined) return DELIMITERS;
  const known = DELIMITERS.find((delimiter) => delimiter === separator);
  if (known !== undefined) return [known];
  throw new RunError(
    'input_format',
    `${name} says in its first line that "${separator}" separates its cells.`,
    { code: 'name_delimiter' },
  );
}
