import { isAscii } from 'node:buffer';
import { CsvError, Parser } from 'csv-parse';
import type { Delimiter } from './delimiter.ts';
import { MAX_RECORD_BYTES, type RecordBatch } from './record-batch.ts';
import { endlessRow, unclosedQuote, unreadableRow } from './record-errors.ts';

/** Chunks below this size never count as settled: the parser may still look at bytes of the one before. */
const SETTLING_BYTES = 64;

/** How much further than a record may go the parser gets, to say so itself. */
const FOR_CSV_PARSE_BYTES = 131_072;

/**
 * csv-parse, handing on a chunk's records together: one object a record through the stream's machinery would
 * cost a quarter of the time. Bytes are read as Latin-1 and decoded by cell later: a file may mix encodings.
 */
export class CsvBatchParser extends Parser {
  readonly #name: string;
  readonly #rowsBefore: number;
  #records: string[][] = [];
  readonly #highBytes = new CarriedCount();
  readonly #innerBreaks = new CarriedCount();
  #recordsRead = 0;
  #highByteChunks = 0;
  #bytes = 0;

  /** `rowsBefore`: how many rows of the file were read without it. */
  constructor(name: string, delimiter: Delimiter, rowsBefore: number) {
    super({
      encoding: 'latin1',
      delimiter,
      // Discovery settles on the first one met, and then joins the rows of a file that mixes them.
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_quotes: true,
      relax_column_count: true,
      max_record_size: MAX_RECORD_BYTES,
    });
    this.#name = name;
    this.#rowsBefore = rowsBefore;
    // `feed` and `finish` reject with it; a stream without a listener would throw it as well.
    this.on('error', () => undefined);
  }

  override push(record: unknown): boolean {
    if (record === null) return true;
    // Without `columns`, `raw`, `info` or `objname`, csv-parse pushes arrays of strings, and null at the end.
    this.#records.push(record as string[]);
    this.#recordsRead += 1;
    // csv-parse makes an error for nobody, in 25 µs, of each record that is not as long as its first. So each is its
    // first; only the types call the count read-only.
    (this.info as { records: number }).records = 0;
    return true;
  }

  /** The records that end in this chunk. */
  async feed(chunk: Buffer): Promise<RecordBatch> {
    if (!isAscii(chunk)) this.#highByteChunks += 1;
    await new Promise<void>((resolve, reject) => {
      this.write(chunk, (error) => (error ? reject(this.#refusal(error)) : resolve()));
    });
    this.#bytes += chunk.length;
    // csv-parse, which can tell the column, counts the cells' bytes alone: a row of delimiters would have no end.
    if (this.#bytes - this.info.bytes_records > MAX_RECORD_BYTES + FOR_CSV_PARSE_BYTES) {
      throw endlessRow(this.#name, this.#rowsBefore + this.#recordsRead + 1);
    }
    return this.#take(chunk.length);
  }

  /** The last record, where no line end follows it. */
  async finish(): Promise<RecordBatch> {
    await new Promise<void>((resolve, reject) => {
      this.once('error', (error) => reject(this.#refusal(error)));
      this.end(resolve);
    });
    return this.#take(0);
  }

  #take(chunkBytes: number): RecordBatch {
    const records = this.#records;
    this.#records = [];
    const settles = records.length > 0 && chunkBytes >= SETTLING_BYTES;
    return {
      records,
      ascii: !this.#highBytes.grew(this.#highByteChunks, settles),
      // csv-parse counts the lines inside quotes too, so more lines than records means a cell with several.
      singleLine: !this.#innerBreaks.grew(this.info.lines - this.#recordsRead, settles),
    };
  }

  #refusal(error: unknown): unknown {
    if (!(error instanceof CsvError)) return error;
    const row = this.#rowsBefore + this.#recordsRead + 1;
    const column = typeof error['column'] === 'number' ? error['column'] + 1 : 1;
    if (error.code === 'CSV_QUOTE_NOT_CLOSED') return unclosedQuote(this.#name, row, column);
    if (error.code === 'CSV_MAX_RECORD_SIZE') return endlessRow(this.#name, row, column);
    return unreadableRow(this.#name, row, error);
  }
}

/**
 * Tells whether a growing count grew since before the chunk in which the oldest record of this batch began,
 * so that a record that spans chunks answers for all of them.
 */
class CarriedCount {
  #beforeLast = 0;
  #last = 0;

  grew(count: number, settles: boolean): boolean {
    const grown = count > this.#beforeLast;
    if (settles) {
      this.#beforeLast = this.#last;
      this.#last = count;
    }
    return grown;
  }
}
