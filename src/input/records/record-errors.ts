import { RunError } from '../../model/run-error.ts';

/** A record that is longer has a quote that never closes, or is no record. */
export const MAX_RECORD_BYTES = 4_194_304;
/** Six times as many as a sheet of Excel has columns. */
export const MAX_RECORD_CELLS = 100_000;

/** A quote that opens in this cell has no partner, or has the quote of a later row as its partner. */
export function unclosedQuote(name: string, row: number, column: number): RunError {
  return new RunError(
    'input_format',
    `${name}: a quote (") opens in row ${row}, column ${column}, and is not closed where it should be.`,
    { code: 'close_quote', row },
  );
}

/** A row without an end within what a row may take; `column`: its last cell, where that is known. */
export function endlessRow(name: string, row: number, column?: number): RunError {
  const most = `${MAX_RECORD_BYTES / 1_048_576} MiB and ${MAX_RECORD_CELLS.toLocaleString('en')} cells`;
  const reached = column === undefined ? '' : ` (it has got to column ${column})`;
  return new RunError('input_format', `${name}: row ${row} has no end within ${most}${reached}.`, {
    code: 'close_quote_or_restore_line_ends',
    row,
  });
}

/** A row that the parser refuses for any other reason. */
export function unreadableRow(name: string, row: number, cause: Error): RunError {
  return new RunError(
    'input_format',
    `${name}: row ${row} can't be read: ${cause.message}`,
    { code: 'mend_row_in_editor' },
    cause,
  );
}
