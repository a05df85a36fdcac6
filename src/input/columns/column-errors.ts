import type { Advice, Choice } from '../../model/advice.ts';
import { RunError } from '../../model/run-error.ts';
import { cleanValue } from '../values/clean-value.ts';
import { saysGoes, saysStays } from './decisions/pair-names.ts';
import type { Role } from './column-names.ts';
import { showValue, UNSAFE } from '../values/show-value.ts';

/** A header and some rows below it. */
export interface SampledTable {
  /** The file's name in messages. */
  readonly name: string;
  readonly header: readonly string[];
  readonly samples: readonly (readonly string[])[];
  /** Whether there are no others. */
  readonly isWhole?: boolean;
}

export const ROLE_WORDS: Readonly<Record<Role, { readonly what: string; readonly example: string }>> = {
  opportunity: { what: 'opportunities', example: 'OpportunityIdentifier' },
  type: { what: 'entity types', example: 'RelatedEntityType' },
  entity: { what: 'entity identifiers', example: 'RelatedEntityIdentifier' },
  replacement: { what: 'replacements', example: 'ReplacementIdentifier' },
};

const HEADERS_SHOWN = 30;

/** Two columns or more might be meant. */
export function tiedColumns(table: SampledTable, role: Role, indexes: readonly number[]): RunError {
  const shown = indexes.slice(0, HEADERS_SHOWN).map((index) => columnShown(table, index));
  // Of opportunities it is the others that are meant more often.
  const likely = indexes.find((index) => saysGoes(table.header[index] ?? '') === (role !== 'opportunity'));
  return columnsError(
    table,
    `${indexes.length} columns might be the one of ${ROLE_WORDS[role].what}: ${shown.join(' and ')}${more(indexes)}.`,
    {
      code: 'choose_column',
      role,
      column: columnOption(table, likely ?? indexes[0] ?? 0),
      choices: choicesOf(table, indexes),
    },
  );
}

/** A column that is not read may say what takes the place of what is removed: without it nothing would. */
export function mayReplace(table: SampledTable, index: number, entity: number): RunError {
  return columnsError(
    table,
    `${columnShown(table, index)} holds identifiers too, and its name may say that they take the place of those in ${columnShown(table, entity)}. If they do not, name that one with the option entity-column.`,
    {
      code: 'choose_column',
      role: 'replacement',
      column: columnOption(table, index),
      choices: choicesOf(table, [index]),
    },
  );
}

/** Words that stand above columns of identifiers, in a row below the header, say which of them are meant. */
export function columnsToldBelow(
  table: SampledTable,
  { row, cells }: HeaderRow,
  indexes: readonly number[],
): RunError {
  const said = indexes.map((index) => cleanValue(cells[index] ?? '')).filter((cell) => cell !== '');
  const shown = indexes.slice(0, HEADERS_SHOWN).map((index) => columnShown(table, index));
  const goes = indexes.find((index) => !saysStays(cells[index] ?? ''));
  return columnsError(
    table,
    `Row ${row} says ${namesShown(said)} above identifiers: ${indexes.length} columns hold such, ${shown.join(' and ')}${more(indexes)}, and nothing but its words tells which is meant.`,
    {
      code: 'choose_column',
      role: 'entity',
      column: columnOption(table, goes ?? indexes[0] ?? 0),
      choices: choicesOf(table, indexes),
    },
  );
}

const VALUES_SHOWN = 3;

export function choicesOf(table: SampledTable, indexes: readonly number[]): readonly Choice[] {
  const valueOf = optionValues(table);
  return indexes.slice(0, HEADERS_SHOWN).map((index) => {
    const cells = table.samples.map((row) => cleanValue(row[index] ?? '')).filter((cell) => cell !== '');
    const holds = [...new Set(cells)].slice(0, VALUES_SHOWN).map(showValue);
    return { position: index + 1, value: valueOf(index), name: showValue(columnName(table, index)), holds };
  });
}

/** The user named a column that several have the name of. */
export function ambiguousOption(table: SampledTable, role: Role, indexes: readonly number[]): RunError {
  const first = indexes[0] ?? 0;
  const places = indexes.slice(0, HEADERS_SHOWN).map((index) => index + 1);
  return columnsError(
    table,
    `${indexes.length} columns are called ${showValue(columnName(table, first))}: columns ${places.join(', ')}${more(indexes)}.`,
    {
      code: 'choose_column_by_position',
      role,
      position: first + 1,
      choices: choicesOf(table, indexes),
    },
  );
}

/** The user named a column that is not there. */
export function unknownOption(table: SampledTable, role: Role, name: string): RunError {
  return columnsError(
    table,
    `There is no column ${showValue(name)}, which is given for ${ROLE_WORDS[role].what}. ${headersSeen(table)}`,
    { code: 'copy_column_name', columns: table.header.length },
  );
}

/** The user gave one column two parts to play. */
export function sharedColumn(table: SampledTable, index: number): RunError {
  return columnsError(table, `Column ${showValue(columnName(table, index))} is given for two purposes.`, {
    code: 'one_column_a_role',
  });
}

/** A row of headers. */
interface HeaderRow {
  readonly row: number;
  readonly cells: readonly string[];
}

/** Files of different columns were joined: a second header stands below the first. */
export function columnsJoined(name: string, second: HeaderRow, first: HeaderRow): RunError {
  const above =
    first.row === 0
      ? 'and the columns were given by position'
      : `and row ${first.row} the header ${namesShown(first.cells)}`;
  return new RunError(
    'input_columns',
    `${name}: row ${second.row} is another header, ${namesShown(second.cells)}, ${above}: the rows below it would be read wrongly.`,
    { code: 'split_at_header', row: second.row },
  );
}

function namesShown(cells: readonly string[]): string {
  return `${cells.slice(0, HEADERS_SHOWN).map(showValue).join(', ')}${more(cells)}`;
}

/** As many as are not shown. */
function more({ length }: readonly unknown[]): string {
  return length > HEADERS_SHOWN ? `, and ${length - HEADERS_SHOWN} more` : '';
}

export function columnShown(table: SampledTable, index: number): string {
  return `${showValue(columnName(table, index))} (column ${index + 1})`;
}

/** A column's name in messages. */
export function columnName(table: SampledTable, index: number): string {
  const name = cleanValue(table.header[index] ?? '');
  return name === '' ? `column ${index + 1}` : name;
}

/** How an option names a column: by its name where that is one and its own, else by its position. */
export function columnOption(table: SampledTable, index: number): string {
  return columnOptions(table)(index);
}

/** The same for many columns. */
export function columnOptions(table: SampledTable): (index: number) => string {
  const valueOf = optionValues(table);
  return (index) => quoteForShell(valueOf(index));
}

/** The same before a shell quotes it: the header is looked through once, since there may be thousands of columns. */
function optionValues({ header }: SampledTable): (index: number) => string {
  const names = header.map(cleanValue);
  const times = new Map<string, number>();
  for (const name of names) times.set(name, (times.get(name) ?? 0) + 1);
  return (index) => {
    const name = names[index] ?? '';
    // What can't be seen can't be typed, and a dash would begin an option.
    const isTypable = name !== '' && !name.startsWith('-') && name.search(UNSAFE) < 0;
    return isTypable && times.get(name) === 1 ? name : String(index + 1);
  };
}

export function headersSeen({ header }: SampledTable): string {
  return `Headers seen: ${namesShown(header)}.`;
}

function quoteForShell(name: string): string {
  return /^[\w.@-]+$/.test(name) ? name : `"${name.replaceAll(/["\\$`]/g, String.raw`\$&`)}"`;
}

export function columnsError(table: SampledTable, message: string, advice: Advice): RunError {
  return new RunError('input_columns', `${table.name}: ${message}`, advice);
}
