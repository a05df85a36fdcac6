import type { ByteFront } from '../bytes/byte-front.ts';
import { decodeRecord, type DecodingTally } from '../bytes/decode-cell.ts';
import type { RecordBatch } from './record-batch.ts';
import type { RecordSplitter } from './record-splitter.ts';

/**
 * What is split at once: as many bytes as this many records have, between the two bounds. The fewer records live side by
 * side, the less of them is there for the garbage collector to keep: a file of blank lines took 300 MB in pieces of
 * 64 KiB, and five times as long.
 */
const PIECE_RECORDS = 64;
const FEWEST_PIECE_BYTES = 512;
const MOST_PIECE_BYTES = 4096;
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
  let pieceBytes = MOST_PIECE_BYTES;
  for await (const chunk of text.drain()) {
    for (let start = 0; start < chunk.length;) {
      const piece = chunk.subarray(start, start + pieceBytes);
      const batch = await splitter.feed(piece);
      yield decoded(batch, tally);
      start += piece.length;
      const wanted = Math.ceil((piece.length / batch.records.length) * PIECE_RECORDS);
      pieceBytes = Math.min(Math.max(wanted, FEWEST_PIECE_BYTES), MOST_PIECE_BYTES);
    }
  }
  yield decoded(await splitter.finish(), tally);
}

function decoded(batch: RecordBatch, tally: DecodingTally): RecordBatch {
  if (!batch.ascii) for (const record of batch.records) decodeRecord(record, tally);
  return batch;
}
