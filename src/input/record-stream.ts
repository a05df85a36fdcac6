import type { ByteFront } from './byte-front.ts';
import { decodeRecord, type DecodingTally } from './decode-cell.ts';
import type { RecordBatch } from './record-batch.ts';
import type { RecordSplitter } from './record-splitter.ts';

/**
 * What is split at once. The fewer records live side by side, the less of them is there for the garbage collector to
 * keep: with 64 KiB, a file of blank lines took 300 MB, and five times as long.
 */
const PIECE_BYTES = 4096;
/** Enough to tell a header from titles, and what its columns hold. */
const HEAD_RECORDS = 300;
/** 128 KiB; only where fewer than three records end within them, more is looked at. */
const HEAD_PIECES = 32;
const FEWEST_HEAD_RECORDS = 3;

/** A file's records, decoded, of which the first can be looked at before they are read: nothing is parsed twice. */
export class RecordStream {
  readonly #batches: AsyncGenerator<RecordBatch>;
  #head: RecordBatch[] = [];
  #fault: { readonly error: unknown } | undefined;

  constructor(text: ByteFront, splitter: RecordSplitter, tally: DecodingTally) {
    this.#batches = decodedBatches(text, splitter, tally);
  }

  /**
   * The first records, some 300 where they are short. The fault that they break off at, if any, is thrown once the
   * reading proper comes to it; `headFault` is it.
   */
  async head(): Promise<readonly (readonly string[])[]> {
    const records: string[][] = [];
    try {
      while (records.length < (this.#head.length < HEAD_PIECES ? HEAD_RECORDS : FEWEST_HEAD_RECORDS)) {
        const next = await this.#batches.next();
        if (next.done === true) break;
        this.#head.push(next.value);
        records.push(...next.value.records.slice(0, HEAD_RECORDS));
      }
    } catch (error) {
      this.#fault = { error };
    }
    return records;
  }

  get headFault(): { readonly error: unknown } | undefined {
    return this.#fault;
  }

  /** Every record once, those of the head included. */
  async *batches(): AsyncGenerator<RecordBatch> {
    try {
      yield* this.#head;
      this.#head = [];
      if (this.#fault !== undefined) throw this.#fault.error;
      yield* this.#batches;
    } finally {
      await this.#batches.return(undefined);
    }
  }
}

async function* decodedBatches(
  text: ByteFront,
  splitter: RecordSplitter,
  tally: DecodingTally,
): AsyncGenerator<RecordBatch> {
  for await (const chunk of text.drain()) {
    for (let start = 0; start < chunk.length; start += PIECE_BYTES) {
      yield decoded(await splitter.feed(chunk.subarray(start, start + PIECE_BYTES)), tally);
    }
  }
  yield decoded(await splitter.finish(), tally);
}

function decoded(batch: RecordBatch, tally: DecodingTally): RecordBatch {
  if (!batch.ascii) for (const record of batch.records) decodeRecord(record, tally);
  return batch;
}
