import { RunError } from '../../model/run-error.ts';
import type { FoundColumns } from '../columns/found-columns.ts';
import type { NamingColumns } from '../columns/head-profile.ts';
import { showValue } from '../values/show-value.ts';
import { isSolutionName } from '../values/solution-name.ts';
import { MOST_VALUES, VALUES_KEPT, type NearText, type ToldCondition } from './doubtful-cells.ts';
import type { ValuesSeen } from './values-seen.ts';

/** The table that is selected from. */
export interface SelectedTable {
  /** The file's name in messages. */
  readonly name: string;
  readonly header: readonly string[];
  /** The columns that hold names, where that is known. */
  readonly names?: NamingColumns;
  /** The columns that are read for what is sent, where they are known. */
  readonly columns?: FoundColumns;
}

const HEADERS_SHOWN = 30;

export function noSuchColumn({ name, header }: SelectedTable, column: string): RunError {
  const shown = header.slice(0, HEADERS_SHOWN).map(showValue).join(', ');
  const more = header.length > HEADERS_SHOWN ? `, and ${header.length - HEADERS_SHOWN} more` : '';
  return new RunError(
    'input_columns',
    `${name}: There is no column ${showValue(column)}, which the option where names. Headers seen: ${shown}${more}.`,
    { code: 'copy_column_name', columns: header.length },
  );
}

/** Both by their positions, from 0. */
export function columnNamedTwice(
  { name, header }: SelectedTable,
  column: string,
  first: number,
  second: number,
): RunError {
  return new RunError(
    'input_columns',
    `${name}: Columns ${first + 1} and ${second + 1} both have the name ${showValue(column)}, which the option where gives.`,
    { code: 'copy_column_name', columns: header.length },
  );
}

export function noSuchValue(
  { name }: SelectedTable,
  column: string,
  value: string,
  seen: ValuesSeen,
): RunError {
  const is = value === '' ? 'is empty' : `is ${showValue(value)}`;
  return new RunError(
    'usage',
    `${name}: No cell in column ${showValue(column)} ${is}, as the option where has it. There are: ${seen.words()}.`,
    { code: 'copy_value' },
  );
}

/** `lookedUp`: whether names of solutions are known by now. */
export function noSuchEntity(
  { name }: SelectedTable,
  id: string,
  seen: ValuesSeen,
  lookedUp: boolean,
): RunError {
  const isName = isSolutionName(id) && !lookedUp;
  const later = isName ? ' If it is a solution’s name: those are looked up once a catalog is given.' : '';
  return new RunError(
    'usage',
    `${name}: No row has the identifier ${showValue(id)}, which the option entities names. There are: ${seen.words()}.${later}`,
    { code: 'copy_value' },
  );
}

/** Each condition holds for some row, and all of them for none. */
export function selectsNothing({ name }: SelectedTable, rows: number): RunError {
  const all = rows === 1 ? 'The one row' : `All ${rows} rows`;
  return new RunError('usage', `${name}: ${all} would be left out: no row meets all that was asked for.`, {
    code: 'widen_selection',
  });
}

/** A cell is all that was given, whose comma parts it in two: the row that is meant would be left out, and others taken. */
export function unquoted({ name }: SelectedTable, column: string, value: string): RunError {
  return new RunError(
    'usage',
    `${name}: column ${showValue(column)} has a cell ${showValue(value)}, and the comma in it parts the values of the option where. Is it one value, it is written ${showValue(column).slice(1, -1)}="${value.replaceAll('"', '""')}"; else give each value in quotes.`,
    { code: 'write_condition' },
  );
}

/**
 * Refuses a condition that takes rows by `!=` for nothing but a cell that may mean what it leaves out: one that is nearly such a value, or an
 * empty one beside others, which may not be decided, or stand for the cell above it.
 *
 * @throws RunError `usage`
 */
export function assertSaid(name: string, told: ToldCondition): void {
  if (told.holds === 'among') return;
  const isEmpty = isEmptyUnclear(told);
  if (!isEmpty && told.near === 0) return;
  const what = [...(isEmpty ? [emptyWords(told)] : []), ...(told.near > 0 ? [nearWords(told)] : [])];
  const texts = [...new Set([...told.nearTexts.map(({ text }) => text), ...(isEmpty ? [''] : [])])];
  const taken = told.values.map(({ text }) => text);
  // Beside the cell that decides, another may say what to do: its own value may be that of all rows which are meant.
  const leavesAny = told.values.some(({ text }) => !texts.includes(text));
  throw new RunError(
    'usage',
    `${name}: the option where ${showValue(told.text)} would take ${what.join(', and ')}. Whether they are meant nobody can tell.`,
    {
      code: 'say_which_cells',
      leaveOut: leavesAny && isShort(texts) ? conditionOf(told.text, texts) : undefined,
      take: isShort(taken) ? `${told.column}=${csvOf(taken)}` : undefined,
    },
  );
}

/**
 * Where other values are taken too, an empty cell is not the way to say so, wherever it stands: it may be one that was merged, or is still to be
 * filled.
 */
function isEmptyUnclear({ empty, values }: ToldCondition): boolean {
  return empty > 0 && values.some(({ text }) => text !== '');
}

function emptyWords({ empty, firstEmpty, firstBelow, name }: ToldCondition): string {
  const below = firstBelow > 0 ? `; row ${firstBelow} stands below one that is left out` : '';
  const rows = empty === 1 ? `row ${firstEmpty}` : `${empty} rows`;
  const first = empty === 1 ? '' : `the first is row ${firstEmpty}`;
  const more = `${first}${below}`.replace(/^; /, '');
  return `${rows} since ${empty === 1 ? 'its cell' : 'their cells'} in column ${showValue(name)} ${empty === 1 ? 'is' : 'are'} empty${more === '' ? '' : ` (${more})`}`;
}

function nearWords({ near: rowsNear, nearTexts, name }: ToldCondition): string {
  const shown = nearTexts.slice(0, MOST_VALUES).map((near) => `${shownText(near)} in row ${near.row}`);
  const more = rowsNear > shown.length ? ', …' : '';
  const rows = rowsNear === 1 ? '1 row whose cell' : `${rowsNear} rows whose cells`;
  return `${rows} in column ${showValue(name)} may mean what is left out (${shown.join(', ')}${more})`;
}

/** A cell's text, and the one beside it that makes it doubtful. */
export function shownText({ text, beside }: NearText): string {
  return `${showValue(text)}${beside === undefined ? '' : ` beside ${showValue(beside)}`}`;
}

const LONGEST = 2_000;

/** Whether values are all known, and so short that somebody would paste them. */
function isShort(values: readonly string[]): boolean {
  return values.length <= VALUES_KEPT && csvOf(values).length <= LONGEST;
}

function conditionOf(text: string, values: readonly string[]): string {
  return `${text},${csvOf(values)}`;
}

/** An empty value stands last: what ends in a comma ends in one. */
function csvOf(values: readonly string[]): string {
  return values
    .toSorted((left, right) => Number(left === '') - Number(right === ''))
    .map((value) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value))
    .join(',');
}
