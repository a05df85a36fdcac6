import { RunError } from '../../model/run-error.ts';
import type { NamingColumns } from '../columns/head-profile.ts';
import { showValue } from '../values/show-value.ts';
import { isSolutionName } from '../values/solution-name.ts';
import type { ValuesSeen } from './values-seen.ts';

/** The table that is selected from. */
export interface SelectedTable {
  /** The file's name in messages. */
  readonly name: string;
  readonly header: readonly string[];
  /** The columns that hold names, where that is known. */
  readonly names?: NamingColumns;
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
