import { isUtf8 } from 'node:buffer';
import { RunError } from '../model/run-error.ts';
import { bomBytes, detectEncoding, namedEncoding, utf8Bytes, type Encoding } from './bytes/encoding.ts';
import { refuseBinary, refuseMarkup } from './bytes/file-kind.ts';
import { unpackedBytes } from './bytes/gunzip.ts';
import { PeekableBytes } from './bytes/peekable-bytes.ts';
import { chooseHead, sepLine, usualLineEnding, type ChosenHead } from './columns/table-head.ts';
import type { InputOptions } from './columns/input-options.ts';
import type { Dialect } from './columns/table-reading.ts';
import { DELIMITERS, type Delimiter } from './records/delimiter.ts';
import { bytesOfRecords, headRecords } from './records/head-records.ts';
import type { SheetMarks } from './workbook/sheet-reading.ts';
import { sheetText } from './workbook/sheet-text.ts';
import { optionOfWorkbooks } from './workbook/workbook-errors.ts';
import { isNamedAsText, mayBeWorkbook } from './workbook/workbook-kind.ts';

/** A file whose first records are known, as text of UTF-8; nothing of it has been consumed but marks. */
export interface OpenHead {
  readonly text: PeekableBytes;
  readonly chosen: ChosenHead;
  readonly dialect: Dialect;
  /** Of a workbook alone. */
  readonly marks?: SheetMarks;
}

/** Bytes that are looked at before the first row is read. */
const HEAD_BYTES = 65_536;

/**
 * Finds out how a file is written.
 *
 * @throws RunError `input_unreadable` or `input_format`
 */
export async function openHead(
  packed: PeekableBytes,
  name: string,
  options: InputOptions,
): Promise<OpenHead> {
  const { bytes, gzip } = await unpackedBytes(packed, name);
  if (mayBeWorkbook(await bytes.peek(HEAD_BYTES)) && !isNamedAsText(name)) {
    return openSheet(bytes, name, options);
  }
  refuseSheetOptions(name, options);
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
  return { text, chosen, dialect };
}

/** The text of the sheet that is meant; results of it are written as Excel opens them without being asked. */
async function openSheet(bytes: PeekableBytes, name: string, options: InputOptions): Promise<OpenHead> {
  const sheet = await sheetText(bytes, name, options);
  const text = new PeekableBytes(sheet.bytes);
  const chosen = chooseHead(await headRecords(text, name, [',']), options);
  const dialect = {
    delimiter: ',',
    lineEnding: '\r\n',
    bom: true,
    encoding: 'utf-8',
    sepLine: false,
    gzip: false,
    sheet: sheet.reading,
  } as const;
  return { text, chosen, dialect, marks: sheet.marks };
}

function refuseSheetOptions(name: string, { sheet, visibleOnly }: InputOptions): void {
  if (sheet !== undefined) throw optionOfWorkbooks(name, 'sheet');
  if (visibleOnly === true) throw optionOfWorkbooks(name, 'visible-only');
}

/**
 * Leaves the first records out. Read together with the table, titles would make each of its rows one of another width,
 * which takes csv-parse long.
 */
export async function skipRecords(text: PeekableBytes, delimiter: Delimiter, records: number): Promise<void> {
  text.skip(bytesOfRecords(await text.peek(1), delimiter, records));
}

/** Where the head breaks off at a fault, that is why no table is seen in it. */
export function orFault<Result>({ raw: { fault } }: ChosenHead, understand: () => Result): Result {
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
