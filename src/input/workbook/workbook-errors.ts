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

/** A sheet that holds anything; `index` counts from 0. */
export interface FilledSheet {
  readonly index: number;
  readonly rows: number;
  readonly hidden: boolean;
  /** Whether opportunities and identifiers stand in it. */
  readonly holdsRows: boolean;
}

/** Of several sheets, or of one that nobody sees: the first that is seen is proposed, of those that hold rows if any does. */
export function chooseSheet(
  name: string,
  sheets: readonly string[],
  filled: readonly FilledSheet[],
): RunError {
  const choices = filled.slice(0, SHEETS_SHOWN).map(({ index, rows, hidden }) => ({
    position: index + 1,
    value: sheetOption(sheets, index),
    name: `"${sheets[index]}"`,
    holds: [`${rows} ${rows === 1 ? 'row' : 'rows'}`, ...(hidden ? ['hidden'] : [])],
  }));
  const hidden = new Set(filled.flatMap((sheet) => (sheet.hidden ? [sheet.index] : [])));
  const seen = filled.filter((sheet) => !sheet.hidden);
  const proposed = seen.find(({ holdsRows }) => holdsRows) ?? seen[0] ?? filled[0];
  const [only, other] = filled;
  const message =
    only !== undefined && other === undefined
      ? `${name}: the only sheet that holds anything is hidden: "${sheets[only.index]}".`
      : `${name} has several sheets: ${quoted(sheets, hidden)}.`;
  return new RunError('input_format', message, {
    code: 'choose_sheet',
    sheet: proposed === undefined ? '1' : sheetOption(sheets, proposed.index),
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

/** Rows that would be done, and of which a cell that says so was struck out. */
export function struckThrough(name: string, rows: number, first: string): RunError {
  const which =
    rows > 1
      ? `${rows} rows are struck through, the first by cell ${first}`
      : `cell ${first} is struck through`;
  return new RunError(
    'input_format',
    `${name}: ${which}: that may say that ${rows > 1 ? 'they are' : 'its row is'} not meant.`,
    { code: 'clear_struck' },
  );
}

export function optionOfWorkbooks(name: string, option: 'sheet' | 'visible-only'): RunError {
  return new RunError('usage', `The option ${option} is given, and ${name} is no workbook.`, {
    code: 'leave_sheet_out',
  });
}

function quoted(sheets: readonly string[], hidden: ReadonlySet<number> = new Set()): string {
  const shown = sheets
    .slice(0, SHEETS_SHOWN)
    .map((sheet, index) => `${index + 1} "${sheet}"${hidden.has(index) ? ' (hidden)' : ''}`);
  return shown.join(', ') + (sheets.length > shown.length ? ', …' : '');
}
