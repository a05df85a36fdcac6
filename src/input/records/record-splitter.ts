import { isAscii } from 'node:buffer';
import { CsvBatchParser } from './csv-batch-parser.ts';
import type { Delimiter } from './delimiter.ts';
import { joinBatches, MAX_RECORD_BYTES, type RecordBatch } from './record-batch.ts';
import { endlessRow } from './record-errors.ts';
import { WellFormedRecords } from './well-formed-records.ts';

/**
 * Splits bytes into records as they come: from the first quote that is out of place on by csv-parse, which is
 * lenient about it. Bytes are read as Latin-1 and decoded by cell later, since a file may mix encodings.
 */
export class RecordSplitter {
  readonly #name: string;
  readonly #delimiter: Delimiter;
  #pending = '';
  /** Whether all that is pending is. */
  #isAscii = true;
  #worthSplitting = 0;
  #recordsRead = 0;
  #parser: CsvBatchParser | undefined;

  constructor(name: string, delimiter: Delimiter) {
    this.#name = name;
    this.#delimiter = delimiter;
  }

  /** The records that end in this chunk. */
  async feed(chunk: Buffer): Promise<RecordBatch> {
    if (this.#parser !== undefined) return this.#parser.feed(chunk);
    this.#pending += chunk.toString('latin1');
    this.#isAscii &&= isAscii(chunk);
    if (this.#pending.length < this.#worthSplitting) return { records: [], ascii: true, singleLine: true };
    const { batch, stray } = this.#split(false);
    // What is left then came with this chunk alone.
    if (this.#pending.length <= chunk.length) this.#isAscii = isAscii(chunk);
    return stray ? joinBatches(batch, await this.#startParser().feed(this.#takePending())) : batch;
  }

  /** The last record, where no line end follows it. */
  async finish(): Promise<RecordBatch> {
    if (this.#parser !== undefined) return this.#parser.finish();
    const { batch, stray } = this.#split(true);
    if (!stray) return batch;
    const parser = this.#startParser();
    const fed = await parser.feed(this.#takePending());
    return joinBatches(joinBatches(batch, fed), await parser.finish());
  }

  #split(ended: boolean): { batch: RecordBatch; stray: boolean } {
    const source = new WellFormedRecords(this.#pending, this.#delimiter, ended);
    const records: string[][] = [];
    for (let record = source.next(); record !== undefined; record = source.next()) records.push(record);
    this.#pending = source.rest();
    this.#recordsRead += records.length;
    const { endlessColumn, singleLine, stray } = source;
    if (endlessColumn !== undefined && !stray) {
      throw endlessRow(this.#name, this.#recordsRead + 1, endlessColumn);
    }
    // A long record that comes in many chunks is tried again when twice as much of it is there, not with each.
    this.#worthSplitting = records.length > 0 ? 0 : Math.min(this.#pending.length * 2, MAX_RECORD_BYTES);
    return { batch: { records, ascii: this.#isAscii, singleLine }, stray };
  }

  #takePending(): Buffer {
    const pending = this.#pending;
    this.#pending = '';
    return Buffer.from(pending, 'latin1');
  }

  #startParser(): CsvBatchParser {
    this.#parser = new CsvBatchParser(this.#name, this.#delimiter, this.#recordsRead);
    return this.#parser;
  }
}
