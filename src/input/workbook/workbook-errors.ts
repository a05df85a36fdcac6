import { RunError } from '../../model/run-error.ts';
import { MAX_UNPACKED_BYTES } from './zip-entries.ts';

/** Sentences about workbooks that can't be read. */

export function damagedWorkbook(name: string, cause?: unknown): RunError {
  return new RunError('input_format', `${name} is a damaged workbook.`, { code: 'save_as_csv' }, cause);
}

export function noWorkbook(name: string, what: string): RunError {
  return new RunError('input_format', `${name} is no workbook but ${what}.`, { code: 'save_as_csv' });
}

export function protectedWorkbook(name: string): RunError {
  return new RunError('input_format', `${name} is protected with a password.`, { code: 'remove_password' });
}

export function tooLarge(name: string, most: number = MAX_UNPACKED_BYTES): RunError {
  return new RunError(
    'input_format',
    `${name} is too large for a workbook: more than ${Math.round(most / 1_048_576)} MiB once it is unpacked. As CSV it may have any size.`,
    { code: 'save_as_csv' },
  );
}

/** `filled`: of the sheets, those that hold anything, each with the number of its rows. */
export function chooseSheet(
  name: string,
  sheets: readonly string[],
  filled: readonly { readonly index: number; readonly rows: number }[],
): RunError {
  const choices = filled.slice(0, SHEETS_SHOWN).map(({ index, rows }) => ({
    position: index + 1,
    value: sheetOption(sheets, index),
    name: `"${sheets[index]}"`,
    holds: [`${rows} ${rows === 1 ? 'row' : 'rows'}`],
  }));
  return new RunError('input_format', `${name} has several sheets: ${quoted(sheets)}.`, {
    code: 'choose_sheet',
    sheet: sheets[0] ?? '1',
    choices,
  });
}

const SHEETS_SHOWN = 20;

/** What can't be typed is named by its position, unless another sheet is called so. */
function sheetOption(sheets: readonly string[], index: number): string {
  const name = sheets[index] ?? '';
  const position = String(index + 1);
  return /^[\p{L}\p{N}][\p{L}\p{N} _.,-]*$/u.test(name) || sheets.includes(position) ? name : position;
}

/** Of a file that stands beside the input: which sheet of it is meant can't be said. */
export function severalSheets(name: string, sheets: readonly string[]): RunError {
  return new RunError('input_format', `${name} has several sheets: ${quoted(sheets)}.`, {
    code: 'save_sheet_alone',
  });
}

export function noSuchSheet(name: string, asked: string, sheets: readonly string[]): RunError {
  return new RunError('input_format', `${name} has no sheet "${asked}". There are: ${quoted(sheets)}.`, {
    code: 'choose_sheet',
    sheet: sheets[0] ?? '1',
  });
}

export function notCalculated(name: string, sheet: string, cell: string): RunError {
  return new RunError(
    'input_format',
    `${name}: cell ${cell} of sheet "${sheet}" holds a formula whose value was never calculated.`,
    { code: 'calculate_workbook' },
  );
}

/** Two values in one place: the one that is seen, and one below it that was left when the cells were merged. */
export function hiddenUnderMerge(name: string, sheet: string, cell: string): RunError {
  return new RunError(
    'input_format',
    `${name}: cell ${cell} of sheet "${sheet}" is merged with the one above it, and holds another value that nobody sees: which is meant can't be told.`,
    { code: 'part_merged_cells' },
  );
}

export function optionOfWorkbooks(name: string, option: 'sheet' | 'visible-only'): RunError {
  return new RunError('usage', `The option ${option} is given, and ${name} is no workbook.`, {
    code: 'leave_sheet_out',
  });
}

function quoted(sheets: readonly string[]): string {
  const shown = sheets.slice(0, SHEETS_SHOWN).map((sheet, index) => `${index + 1} "${sheet}"`);
  return shown.join(', ') + (sheets.length > shown.length ? ', …' : '');
}
