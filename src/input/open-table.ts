import type { InputSource } from './bytes/input-source.ts';
import { PeekableBytes } from './bytes/peekable-bytes.ts';
import { isBlankRecord } from './columns/table-head.ts';
import { openHead } from './open-head.ts';
import { cellName } from './workbook/cell-name.ts';
import { struckThrough } from './workbook/workbook-errors.ts';
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
 * @throws RunError `input_unreadable` or `input_format`, as for a row of a workbook that is struck through
 */
export async function* tableRows(source: InputSource): AsyncGenerator<TableRow> {
  const front = new PeekableBytes(source.bytes);
  try {
    const { text, dialect, marks } = await openHead(front, source.name, { isBeside: true });
    const tally = { nonUtf8Cells: 0, undecodableCells: 0, surrogateCells: 0 };
    const form = { name: source.name, delimiter: dialect.delimiter, rowsBefore: 0 };
    let row = 0;
    for await (const { records } of recordBatches(text, form, tally)) {
      for (const record of records) {
        row += 1;
        const struck = marks?.struck.get(row);
        if (struck !== undefined)
          throw struckThrough(source.name, 1, cellName({ row: row - 1, column: Math.min(...struck) }));
        if (!isBlankRecord(record)) yield { cells: record, row };
      }
    }
  } finally {
    await front.close();
  }
}
