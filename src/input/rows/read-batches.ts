import type { InputRow } from '../../model/row.ts';
import type { RunningTally } from './input-tally.ts';
import type { RecordBatch } from '../records/record-batches.ts';
import { unclosedQuote } from '../records/record-errors.ts';
import { RowReader } from './row-reader.ts';
import { swallowingColumn } from './swallowed-rows.ts';
import type { Understanding } from '../columns/understanding.ts';

const BATCH_ROWS = 64;

/** Reads the table's rows to the end of the file, counting as it goes. */
export async function* readBatches(
  records: AsyncIterable<RecordBatch>,
  understanding: Understanding,
  split: boolean,
  tally: RunningTally,
): AsyncGenerator<readonly InputRow[]> {
  const reading: Reading = { understanding, reader: new RowReader(understanding, split, tally), tally };
  for await (const batch of records) yield* rowsOf(batch, reading);
  reading.reader.finish();
}

interface Reading {
  readonly understanding: Understanding;
  readonly reader: RowReader;
  readonly tally: RunningTally;
}

function* rowsOf(
  { records, multiLine }: RecordBatch,
  { understanding, reader, tally }: Reading,
): Generator<readonly InputRow[]> {
  for (let start = 0; start < records.length; start += BATCH_ROWS) {
    for (const record of records.slice(start, start + BATCH_ROWS)) {
      tally.records += 1;
      if (tally.records <= understanding.headerRow) continue;
      if (multiLine) refuseSwallowing(record, tally.records, understanding);
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
