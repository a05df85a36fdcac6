import type { InputSource } from './bytes/input-source.ts';
import { PeekableBytes } from './bytes/peekable-bytes.ts';
import { isBlankRecord } from './columns/table-head.ts';
import { openHead } from './open-head.ts';
import { recordBatches } from './records/record-batches.ts';

/** A row of any table, as it stands. */
export interface TableRow {
  readonly cells: readonly string[];
  /** As a spreadsheet numbers it. */
  readonly row: number;
}

/**
 * The rows of a table that is no file of changes, its header the first; blank ones are left out.
 *
 * @throws RunError `input_unreadable` or `input_format`
 */
export async function* tableRows(source: InputSource): AsyncGenerator<TableRow> {
  const front = new PeekableBytes(source.bytes);
  try {
    const { text, dialect } = await openHead(front, source.name, { isBeside: true });
    const tally = { nonUtf8Cells: 0, undecodableCells: 0, surrogateCells: 0 };
    const form = { name: source.name, delimiter: dialect.delimiter, rowsBefore: 0 };
    let row = 0;
    for await (const { records } of recordBatches(text, form, tally)) {
      for (const record of records) {
        row += 1;
        if (!isBlankRecord(record)) yield { cells: record, row };
      }
    }
  } finally {
    await front.close();
  }
}
