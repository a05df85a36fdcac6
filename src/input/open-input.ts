import { isUtf8 } from 'node:buffer';
import type { InputRow } from '../model/row.ts';
import { RunError } from '../model/run-error.ts';
import { ByteFront } from './bytes/byte-front.ts';
import { chooseDelimiter, sepLine, usualLineEnding } from './columns/choose-delimiter.ts';
import { bomBytes, detectEncoding, namedEncoding, utf8Bytes, type Encoding } from './bytes/encoding.ts';
import { refuseBinary, refuseMarkup } from './bytes/file-kind.ts';
import { unpackedBytes } from './bytes/gunzip.ts';
import { DELIMITERS, type Delimiter } from './records/delimiter.ts';
import type { InputOptions } from './columns/input-options.ts';
import type { InputSource } from './bytes/input-source.ts';
import { emptyTally, type InputTally } from './rows/input-tally.ts';
import { readBatches } from './rows/read-batches.ts';
import { RecordSplitter } from './records/record-splitter.ts';
import { RecordStream } from './records/record-stream.ts';
import { ownCells } from './columns/results-file.ts';
import { tableHead } from './columns/table-head.ts';
import type { Dialect, Understanding } from './columns/understanding.ts';
import { understandTable } from './columns/understand-table.ts';

export type { InputOptions, InputSource };

/** An input whose beginning was read and understood. */
export interface OpenInput {
  readonly understanding: Understanding;
  readonly header: readonly string[];
  readonly dialect: Dialect;
  /** Every row once, in order, some 64 at a time; can be gone through once. Throws RunError `input_format`. */
  readonly batches: AsyncIterable<readonly InputRow[]>;
  /** What has been read up to now. */
  readonly tally: () => InputTally;
  /** Lets the source go where the batches are not read to their end. */
  readonly close: () => Promise<void>;
}

/** What is looked at before the first row is read. */
const HEAD_BYTES = 65_536;

/**
 * Opens an input: finds out how it is written and which columns are meant.
 *
 * @throws RunError `input_unreadable`, `input_format` or `input_columns`
 */
export async function openInput(source: InputSource, options: InputOptions): Promise<OpenInput> {
  const front = new ByteFront(source.bytes);
  try {
    return await open(front, source.name, options);
  } catch (error) {
    await front.close();
    throw error;
  }
}

async function open(packed: ByteFront, name: string, options: InputOptions): Promise<OpenInput> {
  const { bytes, gzip } = await unpackedBytes(packed, name);
  const encoding = await encodingOf(bytes, name, options);
  const text = new ByteFront(utf8Bytes(bytes, encoding, name));
  const bom = await skipMarks(text);
  refuseMarkup(await text.peek(HEAD_BYTES), name);
  const sep = sepLine(await text.peek(HEAD_BYTES));
  text.skip(sep?.bytes ?? 0);
  const front = await text.peek(HEAD_BYTES);
  const dialect = {
    delimiter: await chooseDelimiter(front, options, delimitersFor(sep?.separator, options, name)),
    lineEnding: usualLineEnding(front.subarray(0, HEAD_BYTES)),
    bom: encoding.bom || bom || !isWhollyUtf8(front),
    encoding: encoding.label,
    sepLine: sep !== undefined,
    gzip,
  };
  return understood(text, name, dialect, options);
}

async function understood(
  text: ByteFront,
  name: string,
  dialect: Dialect,
  options: InputOptions,
): Promise<OpenInput> {
  const tally = emptyTally();
  const stream = new RecordStream(text, new RecordSplitter(name, dialect.delimiter), tally);
  const head = tableHead(await stream.head(), options);
  const understanding = orFault(stream, () => understandTable(name, head, dialect, options));
  return {
    understanding,
    header:
      understanding.resultsFile === undefined
        ? understanding.header
        : ownCells(understanding.header, understanding.resultsFile),
    dialect: understanding.dialect,
    batches: readBatches(stream, understanding, options.split === true, tally),
    tally: () => ({ ...tally }),
    close: () => text.close(),
  };
}

/** Where the head breaks off at a fault, that is why no table is seen in it. */
function orFault<Result>({ headFault }: RecordStream, understand: () => Result): Result {
  try {
    return understand();
  } catch (error) {
    throw headFault === undefined ? error : headFault.error;
  }
}

async function encodingOf(bytes: ByteFront, name: string, options: InputOptions): Promise<Encoding> {
  const head = await bytes.peek(HEAD_BYTES);
  if (head.length === 0) {
    throw new RunError('input_unreadable', `${name} is empty.`, { code: 'export_empty_again' });
  }
  refuseBinary(head, name);
  return options.encoding === undefined ? detectEncoding(head) : namedEncoding(options.encoding, head);
}

async function skipMarks(text: ByteFront): Promise<boolean> {
  const length = bomBytes(await text.peek(HEAD_BYTES));
  text.skip(length);
  return length > 0;
}

/** Whether a file's beginning is UTF-8, but for a character that it may break off in. */
function isWhollyUtf8(front: Buffer): boolean {
  const cuts = front.length < HEAD_BYTES ? [0] : [0, 1, 2, 3];
  return cuts.some((cut) => isUtf8(front.subarray(0, front.length - cut)));
}

/** What the user says goes, then what the file's `sep=` line says; else all are weighed. */
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
