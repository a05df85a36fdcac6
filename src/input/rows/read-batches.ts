import type { InputRow } from '../../model/row.ts';
import type { InputOptions } from '../columns/input-options.ts';
import type { RunningTally } from './input-tally.ts';
import type { RecordBatch } from '../records/record-batches.ts';
import { unclosedQuote } from '../records/record-errors.ts';
import { RowReader } from './row-reader.ts';
import { profiledRow } from '../values/cell-kind.ts';
import { StruckRows } from '../judge/struck-rows.ts';
import { swallowingColumn } from '../judge/swallowed-rows.ts';
import type { JudgedTable } from '../columns/table-reading.ts';

const BATCH_ROWS = 64;

/** Reads the table's rows to the end of the file, counting as it goes. */
export async function* readBatches(
  records: AsyncIterable<RecordBatch>,
  table: JudgedTable,
  options: InputOptions,
  tally: RunningTally,
): AsyncGenerator<readonly InputRow[]> {
  const reader = new RowReader(table, options, tally);
  const reading: Reading = { table, reader, struck: new StruckRows(table), tally };
  for await (const batch of records) yield* rowsOf(batch, reading);
  reader.finish();
  // A run has taken these rows before.
  if (options.ownTable !== true) reading.struck.finish();
}

interface Reading {
  readonly table: JudgedTable;
  readonly reader: RowReader;
  readonly struck: StruckRows;
  readonly tally: RunningTally;
}

function* rowsOf(
  { records, multiLine, endsFile }: RecordBatch,
  { table, reader, struck, tally }: Reading,
): Generator<readonly InputRow[]> {
  for (let start = 0; start < records.length; start += BATCH_ROWS) {
    for (const record of records.slice(start, start + BATCH_ROWS)) {
      tally.records += 1;
      if (tally.records <= table.headerRow) continue;
      if (multiLine) refuseSwallowing(record, tally.records, table);
      reader.read(record, { row: tally.records, endsFile: endsFile && record === records.at(-1) });
    }
    const rows = reader.take();
    struck.see(rows);
    if (rows.length > 0) yield rows;
  }
}

/** An unclosed quote that a later row happens to close would turn rows into one cell, unseen. */
function refuseSwallowing(
  record: readonly string[],
  row: number,
  { name, dialect, profile, resultsFile }: JudgedTable,
): void {
  if (profile === undefined) return;
  // Our own columns hold sentences about rows.
  const places = resultsFile && [...record.keys()].filter((index) => !resultsFile.ours.has(index));
  // A record may be millions of cells wide: it is copied only where it has to be.
  const cells = places?.map((index) => record[index] ?? '') ?? record;
  const profiled = profiledRow(cells, row <= profile.lastRow);
  const column = swallowingColumn(profiled, dialect.delimiter, profile.profile);
  if (column >= 0) throw unclosedQuote(name, row, (places?.[column] ?? column) + 1);
}
