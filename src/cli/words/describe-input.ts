import type { InputTally } from '../../input/rows/input-tally.ts';
import { showValue } from '../../input/values/show-value.ts';
import { saysStays } from '../../input/columns/decisions/pair-names.ts';
import type { FoundColumns, UnusedColumn } from '../../input/columns/found-columns.ts';
import type { TableReading } from '../../input/columns/table-reading.ts';
import type { RowsToRun } from '../../run/run-events.ts';
import { assertNever } from '../../model/fault.ts';
import { count, counted } from './amounts.ts';
import { mapDecisions, replacingWords } from './describe-unmapped.ts';
import { sampleLines } from './input/sample-lines.ts';
import { blankRowsOf, sheetRemarks } from './input/sheet-remarks.ts';
import { decidingWords, textsIn, toldWords } from './input/told-rows.ts';

const DELIMITER_NAMES = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'pipe' } as const;
const UNUSED_SHOWN = 8;
const TITLES_SHOWN = 3;
const LINE_ENDING_NAMES = { '\n': 'LF', '\r\n': 'CRLF', '\r': 'CR' } as const;

/** A file as it was understood, at one glance: a wrong reading is to be seen before it does harm. */
export function describeInput(
  table: TableReading,
  tally: InputTally,
  toRun: RowsToRun = { rowsToRun: tally.valid, unreplaced: tally.valid - tally.replacing },
): string {
  const { name, dialect } = table;
  return [
    `${name}: ${[...dialectWords(dialect, tally), counted(tally.rows, 'row')].join(', ')}`,
    ...columnLines(table),
    ...unusedLines(table.unused, tally.skipped > 0),
    ...mapDecisions(table.replacing),
    ...sampleLines(table),
    `  ${rowCounts(tally, toRun)}`,
    ...remarks(table, tally, toRun.unreplaced),
    '',
  ].join('\n');
}

/** How a file is written, a word or two each. */
export function dialectWords(
  dialect: TableReading['dialect'],
  tally: Pick<InputTally, 'nonUtf8Cells'>,
): readonly string[] {
  if (dialect.sheet !== undefined) return [`workbook, sheet ${showValue(dialect.sheet.name)}`];
  return [
    encodingWords(dialect, tally),
    DELIMITER_NAMES[dialect.delimiter],
    LINE_ENDING_NAMES[dialect.lineEnding],
    ...(dialect.gzip ? ['gzip'] : []),
  ];
}

/** Of the wide encodings nobody asks whether they had a BOM. */
function encodingWords(
  { encoding, bom }: TableReading['dialect'],
  { nonUtf8Cells }: Pick<InputTally, 'nonUtf8Cells'>,
): string {
  if (nonUtf8Cells > 0) return 'UTF-8 and Windows-1252';
  return `${encoding.toUpperCase()}${bom && encoding === 'utf-8' ? ' with BOM' : ''}`;
}

function columnLines({ columns, replacing }: TableReading): string[] {
  const { opportunity, type, replacement } = columns;
  const lines = [
    ['opportunity', `column ${showValue(opportunity.name)}`],
    ['entity type', typeWords(type)],
    ['entity', entityWords(columns)],
    ...(replacement === undefined ? [] : [['replacement', `column ${showValue(replacement.name)}`]]),
    ...(replacing === undefined ? [] : [['replacement', replacingWords(replacing)]]),
  ];
  return lines.map(([part, where]) => `  ${(part ?? '').padEnd(12)} ${where ?? ''}`);
}

function entityWords({ entity, furtherEntities = [] }: FoundColumns): string {
  if (furtherEntities.length === 0) return `column ${showValue(entity.name)}`;
  const names = [entity, ...furtherEntities].map(({ name }) => showValue(name));
  return `columns ${names.join(', ')}: one call an identifier`;
}

/** Columns that are only carried through are named, and those among them that may have been meant. */
function unusedLines(unused: readonly UnusedColumn[], isSelected: boolean): string[] {
  if (unused.length === 0) return [];
  const shown = unused.slice(0, UNUSED_SHOWN).map(({ name }) => showValue(name));
  const more = unused.length > UNUSED_SHOWN ? ` and ${unused.length - UNUSED_SHOWN} more` : '';
  const meant = isSelected ? 'every valid row that is not left out is meant' : 'every valid row is meant';
  const doubts = unused.flatMap(({ name, option, holds, decides }) => {
    if (decides !== undefined && (decides !== '' || holds === undefined)) {
      const says = decides === '' ? '' : ` (${showValue(decides)})`;
      return [
        `  column ${showValue(name)} seems to say what to do with a row${says}; it is not obeyed: ${meant}; to leave some out: --where "${option.replace(/^"(.*)"$/, '$1')}=…"`,
      ];
    }
    if (holds === undefined) return [];
    return holds === 'opportunities'
      ? [
          `  column ${showValue(name)} holds opportunities too; if it is the one that is meant: --opportunity-column ${option}`,
        ]
      : [
          `  column ${showValue(name)} holds identifiers too; if they are what replaces the others: --replace-column ${option}${saysStays(name) ? '' : `; if they are the ones that are meant: --entity-column ${option}`}`,
        ];
  });
  return [`  ${'not read'.padEnd(12)} ${shown.join(', ')}${more}`, ...doubts, ...noteLines(unused, meant)];
}

/** Nobody knows all the words for a row that is to stay: of a column in which few rows have any, they are shown. */
function noteLines(unused: readonly UnusedColumn[], meant: string): string[] {
  const notes = unused.flatMap(({ name, holds, note }) =>
    holds === undefined && note !== undefined ? [`${showValue(name)} (${showValue(note)})`] : [],
  );
  if (notes.length === 0) return [];
  const shown = notes.slice(0, NOTES_SHOWN).join(', ');
  const more = notes.length > NOTES_SHOWN ? ` and ${notes.length - NOTES_SHOWN} more` : '';
  return [`  few rows have a text in ${shown}${more}; whatever it says, it is not obeyed: ${meant}`];
}

const NOTES_SHOWN = 3;

function typeWords(type: FoundColumns['type']): string {
  switch (type.kind) {
    case 'option':
      return `${type.type}, by --entity-type`;
    case 'column':
      return `column ${showValue(type.column.name)}`;
    case 'entity_header':
      return `${type.type}, by the name of the entity column`;
    case 'entity_headers':
      return 'by the name of each column, or the identifier’s shape';
    case 'shape':
      return 'by each identifier’s shape';
    default:
      return assertNever(type);
  }
}

/** Of results, rows that nobody asks for keep the line they had. */
function rowCounts(tally: InputTally, { rowsToRun }: RowsToRun): string {
  const asked = rowsToRun < tally.valid ? ` (${count(rowsToRun)} asked for)` : '';
  return [
    `${count(tally.valid)} valid${asked}`,
    ...(tally.invalid > 0 ? [`${count(tally.invalid)} invalid`] : []),
    ...(tally.duplicate > 0 ? [`${count(tally.duplicate)} duplicate of an earlier row`] : []),
    ...(tally.skipped > 0 ? [`${count(tally.skipped)} left out, as asked for (skipped)`] : []),
  ].join(', ');
}

function remarks(table: TableReading, tally: InputTally, unreplaced: number): string[] {
  const { dialect, headerRow, titleRows, columns, replacing, resultsFile } = table;
  // Of results every row has the column, of whatever command they are.
  const mayReplace = columns.replacement !== undefined && (resultsFile === undefined || tally.replacing > 0);
  return [
    resultsFile === undefined
      ? ''
      : 'the results of a run, or a plan: a row is read as it was taken then, or as it has been corrected since',
    resultsFile !== undefined && columns.replacement === undefined && replacing === undefined
      ? 'its column replacement_id is not there: nothing is attached in the place of what is removed'
      : '',
    headerRow > 1
      ? `the header stands in row ${headerRow}; ${counted(headerRow - 1, 'row')} above it left out${titleWords(titleRows)}`
      : '',
    ...decidingWords(titleRows, tally.told),
    tally.rows === 0 ? 'there is no row below the header' : '',
    remark(tally.otherType, 'row', 'of another type than the column’s name says, by the identifier’s shape'),
    remark(
      mayReplace ? unreplaced : 0,
      'row',
      'without a replacement: nothing is attached in the place of what is removed',
    ),
    table.unreplaced === true && resultsFile === undefined && columns.replacement !== undefined
      ? `column ${showValue(columns.replacement.name)} is not used: the entity is attached, in no other’s place`
      : '',
    remark(tally.named, 'row', 'with a solution’s name in place of an identifier, looked up (ListSolutions)'),
    remark(
      tally.namedInactive,
      'row',
      `whose solution is not active (${tally.namedInactive > 1 ? 'the first is ' : ''}row ${tally.firstInactiveRow})`,
    ),
    remark(
      tally.notLookedUp,
      'row',
      'with what seems to be a solution’s name: it is looked up once a catalog is given',
    ),
    ...toldWords(tally.told),
    remark(
      tally.footerRows,
      'row',
      `below the table left out (${textsIn(tally.told.firstFooters, tally.footerRows)})`,
    ),
    remark(blankRowsOf(dialect, tally.blankRows), 'blank row', 'left out'),
    ...sheetRemarks(table),
    remark(
      tally.longRows,
      'row',
      `with more cells than the header (${textsIn(tally.told.firstBeyond, tally.longRows)}); they are kept at the line’s end`,
    ),
    remark(
      tally.splitRows,
      'row',
      `more than the file has: ${columns.furtherEntities === undefined ? '--split made ' : ''}one of each identifier`,
    ),
    remark(
      tally.nonUtf8Cells,
      'cell',
      'not in UTF-8, read as Windows-1252; if letters look wrong, name the --encoding',
    ),
    remark(
      tally.surrogateCells,
      'cell',
      'in UTF-8 but for characters that stand as two surrogates (CESU-8); they are read as what they mean',
    ),
    remark(tally.undecodableCells, 'cell', 'with bytes that mean nothing in this encoding'),
  ].flatMap((words) => (words === '' ? [] : [`  ${words}`]));
}

/** Words above a table may say what it is for. */
export function titleWords(titleRows: TableReading['titleRows']): string {
  const titles = titleRows
    .map((cells) => cells.map((cell) => cell.trim()).find((cell) => cell !== ''))
    .filter((title) => title !== undefined);
  const more = titles.length > TITLES_SHOWN ? ', …' : '';
  const shown = titles.slice(0, TITLES_SHOWN).map(showValue).join(', ');
  return shown === '' ? '' : `: ${shown}${more}`;
}

function remark(number: number, noun: string, words: string): string {
  return number === 0 ? '' : `${counted(number, noun)} ${words}`;
}
