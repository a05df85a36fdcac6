import type { InputRow } from '../model/row.ts';
import type { ByteFront } from './byte-front.ts';
import { decodeRecord } from './decode-cell.ts';
import type { RunningTally } from './input-tally.ts';
import { RecordSplitter, unclosedQuote, type RecordBatch } from './record-splitter.ts';
import { RowReader } from './row-reader.ts';
import { swallowingColumn } from './swallowed-rows.ts';
import type { Understanding } from './understanding.ts';

const BATCH_ROWS = 256;
/** What csv-parse is given at once, and so what its records take in memory at most. */
const PIECE_BYTES = 65_536;

/** Reads the table's rows to the end of the file, counting as it goes. */
export async function* readBatches(
  text: ByteFront,
  understanding: Understanding,
  split: boolean,
  tally: RunningTally,
): AsyncGenerator<readonly InputRow[]> {
  const splitter = new RecordSplitter(understanding.name, understanding.dialect.delimiter);
  const reading: Reading = { understanding, reader: new RowReader(understanding, split, tally), tally };
  for await (const chunk of text.drain()) {
    for (let start = 0; start < chunk.length; start += PIECE_BYTES) {
      yield* rowsOf(await splitter.feed(chunk.subarray(start, start + PIECE_BYTES)), reading);
    }
  }
  yield* rowsOf(await splitter.finish(), reading);
  reading.reader.finish();
}

interface Reading {
  readonly understanding: Understanding;
  readonly reader: RowReader;
  readonly tally: RunningTally;
}

function* rowsOf(
  batch: RecordBatch,
  { understanding, reader, tally }: Reading,
): Generator<readonly InputRow[]> {
  for (let start = 0; start < batch.records.length; start += BATCH_ROWS) {
    for (const record of batch.records.slice(start, start + BATCH_ROWS)) {
      tally.records += 1;
      if (!batch.ascii) decodeRecord(record, tally);
      if (tally.records <= understanding.headerRow) continue;
      if (!batch.singleLine) refuseSwallowing(record, tally.records, understanding);
      reader.read(record, tally.records);
    }
    const rows = reader.take();
    if (rows.length > 0) yield rows;
  }
}

/** An unclosed quote that a later row happens to close would turn rows into one cell, unseen. */
function refuseSwallowing(
  record: readonly string[],
  row: number,
  { name, dialect, header, columns }: Understanding,
): void {
  const column = swallowingColumn(record, {
    delimiter: dialect.delimiter,
    width: header.length,
    opportunity: columns.opportunity.index,
  });
  if (column >= 0) throw unclosedQuote(name, row, column + 1);
}
