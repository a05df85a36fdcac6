import { CsvError, parse, type Options, type Parser } from 'csv-parse';
import type { Delimiter } from './delimiter.ts';
import {
  endlessRow,
  MAX_RECORD_BYTES,
  MAX_RECORD_CELLS,
  unclosedQuote,
  unreadableRow,
} from './record-errors.ts';

/** A table's text and how it is written. */
export interface CsvSource {
  /** The file's name in messages. */
  readonly name: string;
  readonly delimiter: Delimiter;
  /** Rows of the file that stand above the first byte. */
  readonly rowsBefore: number;
}

/**
 * Bytes are read as Latin-1 and decoded by cell later, since a file may mix encodings. Every kind of line end counts:
 * csv-parse's discovery settles on the first one met, and then joins the rows of a file that mixes them.
 */
export function csvOptions(delimiter: Delimiter): Options {
  return {
    encoding: 'latin1',
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_quotes: true,
    relax_column_count: true,
    max_record_size: MAX_RECORD_BYTES,
  };
}

/** csv-parse sees the end of a too long record first where it can, since it can tell the column. */
const FOR_CSV_PARSE_BYTES = 131_072;

/**
 * Delimiters of a record whose end was not seen. csv-parse bounds the bytes of its cells, so that empty ones would have no end;
 * but those within quotes make no cells, hence several times as many as a record may have cells.
 */
const MOST_DELIMITERS_UNDER_WAY = 4 * MAX_RECORD_CELLS;

/** csv-parse looks so many bytes ahead before it takes one. */
const BYTES_AHEAD = 2;
const LINE_FEED = 0x0a;

/**
 * Splits bytes into records as they come, by csv-parse. Cells are Latin-1: one character a byte. A parser holds 14 KB, which is much for a
 * process of hundreds of slow runs: it is let go of wherever a record ends in a line feed, and the next one goes on behind it.
 */
export class CsvReader {
  readonly #source: CsvSource;
  readonly #delimiter: number;
  #parser: Parser | undefined;
  /** Bytes that this parser was given. */
  #given = 0;
  /** Those behind the last record of the parser before, as Latin-1: a buffer of a few bytes holds some thousand. */
  #rest = '';
  /** Of the parsers before. */
  #recordsBefore = 0;
  #bytesSinceRecord = 0;
  #delimitersSinceRecord = 0;

  constructor(source: CsvSource) {
    this.#source = source;
    this.#delimiter = source.delimiter.charCodeAt(0);
  }

  /** The records that end in this chunk. The receiver owns them. */
  async feed(chunk: Buffer): Promise<string[][]> {
    const before = this.#records();
    const bytes = this.#rest === '' ? chunk : Buffer.concat([this.#takeRest(), chunk]);
    // So many that csv-parse takes the last line feed that it can, and nothing behind it.
    const line = bytes.subarray(0, -BYTES_AHEAD).lastIndexOf(LINE_FEED) + 1;
    const seen = line === 0 ? 0 : line + BYTES_AHEAD;
    const records = seen === 0 ? [] : await this.#write(bytes.subarray(0, seen));
    if (seen > 0 && this.#parser?.info.bytes === this.#given - BYTES_AHEAD) {
      this.#recordsBefore = this.#records();
      this.#parser = undefined;
      this.#rest = bytes.toString('latin1', line);
    } else if (seen < bytes.length) {
      for (const record of await this.#write(bytes.subarray(seen))) records.push(record);
    }
    this.#boundRecordUnderWay(chunk, records.length > 0, this.#rowAfter(before));
    return this.#checked(records, before);
  }

  async #write(bytes: Buffer): Promise<string[][]> {
    const parser = this.#opened();
    this.#given += bytes.length;
    const written = new Promise<void>((resolve, reject) => {
      parser.write(bytes, (error) => (error ? reject(this.#refusal(error)) : resolve()));
    });
    const records: string[][] = [];
    // Without `columns`, `info` or `objname`, csv-parse hands on arrays of strings.
    const next = (): string[] | null => parser.read() as string[] | null;
    for (let record = next(); record !== null; record = next()) records.push(record);
    await written;
    return records;
  }

  #opened(): Parser {
    if (this.#parser !== undefined) return this.#parser;
    this.#given = 0;
    this.#parser = parse(csvOptions(this.#source.delimiter));
    // `feed` and `finish` reject with it; a stream without a listener would throw it as well.
    this.#parser.on('error', () => undefined);
    return this.#parser;
  }

  #takeRest(): Buffer {
    const rest = Buffer.from(this.#rest, 'latin1');
    this.#rest = '';
    return rest;
  }

  #records(): number {
    return this.#recordsBefore + (this.#parser?.info.records ?? 0);
  }

  /** csv-parse counts the bytes of cells alone: quotes would have no end, nor would delimiters. */
  #boundRecordUnderWay(chunk: Buffer, hasEnd: boolean, row: number): void {
    this.#bytesSinceRecord = hasEnd ? 0 : this.#bytesSinceRecord + chunk.length;
    this.#delimitersSinceRecord = hasEnd ? 0 : this.#delimitersSinceRecord + countOf(this.#delimiter, chunk);
    if (this.#bytesSinceRecord > MAX_RECORD_BYTES + FOR_CSV_PARSE_BYTES)
      throw endlessRow(this.#source.name, row);
    if (this.#delimitersSinceRecord > MOST_DELIMITERS_UNDER_WAY)
      throw endlessRow(this.#source.name, row, MAX_RECORD_CELLS);
  }

  /** The last record, where no line end follows it. */
  async finish(): Promise<string[][]> {
    const before = this.#records();
    const records = this.#rest === '' ? [] : await this.#write(this.#takeRest());
    const parser = this.#opened();
    await new Promise<void>((resolve, reject) => {
      parser.on('data', (record: string[]) => records.push(record));
      parser.once('error', (error) => reject(this.#refusal(error)));
      parser.once('end', resolve);
      parser.end();
    });
    return this.#checked(records, before);
  }

  #checked(records: string[][], before: number): string[][] {
    const widest = records.findIndex(({ length }) => length > MAX_RECORD_CELLS);
    if (widest < 0) return records;
    throw endlessRow(this.#source.name, this.#rowAfter(before + widest), MAX_RECORD_CELLS);
  }

  #rowAfter(records: number): number {
    return this.#source.rowsBefore + records + 1;
  }

  #refusal(error: unknown): unknown {
    if (!(error instanceof CsvError)) return error;
    const row = this.#rowAfter(this.#records());
    const column = typeof error['column'] === 'number' ? error['column'] + 1 : 1;
    if (error.code === 'CSV_QUOTE_NOT_CLOSED') return unclosedQuote(this.#source.name, row, column);
    if (error.code === 'CSV_MAX_RECORD_SIZE') return endlessRow(this.#source.name, row, column);
    return unreadableRow(this.#source.name, row, error);
  }
}

function countOf(byte: number, chunk: Buffer): number {
  let count = 0;
  for (let at = chunk.indexOf(byte); at >= 0; at = chunk.indexOf(byte, at + 1)) count += 1;
  return count;
}
