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

export function chooseSheet(name: string, sheets: readonly string[]): RunError {
  return new RunError('input_format', `${name} has several sheets: ${quoted(sheets)}.`, {
    code: 'choose_sheet',
    sheet: sheets[0] ?? '1',
  });
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

export function optionOfWorkbooks(name: string, option: 'sheet' | 'visible-only'): RunError {
  return new RunError('usage', `The option ${option} is given, and ${name} is no workbook.`, {
    code: 'leave_sheet_out',
  });
}

function quoted(sheets: readonly string[]): string {
  const shown = sheets.slice(0, 20).map((sheet, index) => `${index + 1} "${sheet}"`);
  return shown.join(', ') + (sheets.length > shown.length ? ', …' : '');
}
