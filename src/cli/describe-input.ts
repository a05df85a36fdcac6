import type { InputTally } from '../input/input-tally.ts';
import { showValue } from '../input/show-value.ts';
import type { FoundColumns, Understanding } from '../input/understanding.ts';
import { assertNever } from '../model/fault.ts';
import { count, counted } from './amounts.ts';

const DELIMITER_NAMES = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'pipe' } as const;
const LINE_ENDING_NAMES = { '\n': 'LF', '\r\n': 'CRLF', '\r': 'CR' } as const;

/** What was understood of a file, at one glance: a wrong reading is to be seen before it does harm. */
export function describeInput(understanding: Understanding, tally: InputTally): string {
  const { name, dialect } = understanding;
  const written = [
    `${dialect.encoding.toUpperCase()}${dialect.bom ? ' with BOM' : ''}`,
    DELIMITER_NAMES[dialect.delimiter],
    LINE_ENDING_NAMES[dialect.lineEnding],
    ...(dialect.gzip ? ['gzip'] : []),
    counted(tally.rows, 'row'),
  ];
  return [
    `${name}: ${written.join(', ')}`,
    ...columnLines(understanding.columns),
    ...sampleLines(understanding),
    `  ${rowCounts(tally)}`,
    ...remarks(tally),
    '',
  ].join('\n');
}

function columnLines({ opportunity, type, entity, replacement }: FoundColumns): string[] {
  const lines = [
    ['opportunity', `column "${opportunity.name}"`],
    ['entity type', typeWords(type)],
    ['entity', `column "${entity.name}"`],
    ...(replacement === undefined ? [] : [['replacement', `column "${replacement.name}"`]]),
  ];
  return lines.map(([part, where]) => `  ${(part ?? '').padEnd(12)} ${where ?? ''}`);
}

function typeWords(type: FoundColumns['type']): string {
  switch (type.kind) {
    case 'option':
      return `${type.type}, by --entity-type`;
    case 'column':
      return `column "${type.column.name}"`;
    case 'entity_header':
      return `${type.type}, by the name of the entity column`;
    case 'shape':
      return 'by each identifier’s shape';
    default:
      return assertNever(type);
  }
}

function sampleLines({ sampleRows }: Understanding): string[] {
  return sampleRows.map((cells) => {
    const shown = cells.slice(0, 8).map((cell) => showValue(cell));
    const more = cells.length > 8 ? ` … and ${cells.length - 8} more` : '';
    return `  e.g. ${shown.join(' · ')}${more}`;
  });
}

function rowCounts(tally: InputTally): string {
  return [
    `${count(tally.valid)} valid`,
    ...(tally.invalid > 0 ? [`${count(tally.invalid)} invalid`] : []),
    ...(tally.duplicate > 0 ? [`${count(tally.duplicate)} duplicate of an earlier row`] : []),
  ].join(', ');
}

function remarks(tally: InputTally): string[] {
  return [
    [
      tally.nonUtf8Cells,
      'cell was not UTF-8 and was read as Windows-1252',
      'cells were not UTF-8 and were read as Windows-1252',
    ],
    [
      tally.undecodableCells,
      'cell holds bytes that mean nothing in this encoding',
      'cells hold bytes that mean nothing in this encoding',
    ],
    [
      tally.longRows,
      'row has more cells than the header; they are kept',
      'rows have more cells than the header; they are kept',
    ],
    [
      tally.footerRows,
      `line below the table was left out (row ${tally.firstFooterRow})`,
      `lines below the table were left out (from row ${tally.firstFooterRow})`,
    ],
  ].flatMap(([number, one, many]) =>
    number === 0 ? [] : [`  ${count(Number(number))} ${number === 1 ? one : many}`],
  );
}
