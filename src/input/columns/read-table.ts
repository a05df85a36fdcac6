import { isExportHeader } from '../../model/result-columns.ts';
import { RunError } from '../../model/run-error.ts';
import { cleanValue } from '../values/clean-value.ts';
import { columnsToldBelow, mayReplace, tiedColumns, type SampledTable } from './column-errors.ts';
import { parseEntityType } from '../values/entity-type.ts';
import { findColumns, undecidedColumns, unusedColumns } from './find-columns.ts';
import { looksLikeIdentifier, looksLikeOpportunity } from '../values/identifier-shape.ts';
import type { InputOptions } from './input-options.ts';
import {
  ownCells,
  lostResultColumns,
  resultColumnsLost,
  resultsFile,
  toldToReplace,
  type ResultsFile,
} from './results-file.ts';
import { DELIMITERS, type Delimiter } from '../records/delimiter.ts';
import { learnOwnColumns, type OwnLines } from './own-columns.ts';
import { showValue } from '../values/show-value.ts';
import { isBlankRecord, looksLikeData, type TableHead } from './table-head.ts';
import { columnIndexes, columnNamedToReplace, columnsNamedToGo, columnsToldIn } from './found-columns.ts';
import { assertNamedColumns } from './named-column.ts';
import type { FoundColumns } from './found-columns.ts';
import { headProfile, namingColumns, type FirstRows, type HeadProfile } from './head-profile.ts';
import { IDENTIFIER, kindOf, OPPORTUNITY } from '../values/cell-kind.ts';
import type { Dialect, JudgedTable, SampleRow, TableReading } from './table-reading.ts';

const SHOWN_ROWS = 3;
const SAMPLED_ROWS = 200;

/** The user's word on the file, and the columns (from 0) that decide which of its rows are meant. */
interface TableOptions extends InputOptions {
  readonly conditionColumns?: (table: Pick<SampledTable, 'name' | 'header'>) => readonly number[];
  /** Whether the head is all of the file. */
  readonly isWhole?: boolean;
}

/**
 * Decides which row is the header and which columns are meant, from the file's head alone.
 *
 * @throws RunError `input_format` where there is no table, `input_columns` where it can't be told what is meant
 */
export function readTable(
  name: string,
  head: TableHead,
  dialect: Dialect,
  options: TableOptions,
): JudgedTable {
  if (head.records.every(isBlankRecord)) {
    throw new RunError('input_format', `${name} holds no table: only blank rows.`, { code: 'export_again' });
  }
  const headerIndex = options.noHeader === true ? -1 : head.headerIndex;
  const below = head.records.slice(headerIndex + 1).filter((record) => !isBlankRecord(record));
  const table: SampledTable = {
    name,
    header: options.noHeader === true ? numberedHeader(below) : (head.records[headerIndex] ?? []),
    samples: below.slice(0, SAMPLED_ROWS),
    isWhole: options.isWhole === true && below.length <= SAMPLED_ROWS,
  };
  if (options.noHeader !== true && head.headerScore === 0 && looksLikeData(table.header))
    throw headerMissing(table);
  const ours = options.noHeader === true ? undefined : resultsFile(table.header);
  const lost = ours === undefined ? lostResultColumns(table.header) : undefined;
  if (lost !== undefined) throw resultColumnsLost(name, lost);
  const columns = ours?.columns ?? findColumns(table, options);
  // An undo reads the input of a run that was accepted, whatever its options name.
  if (ours !== undefined && options.ownTable !== true)
    assertNamedColumns({ whole: table, own: withoutOurs(table, ours) }, options);
  const lines = ours && ownLines(table, ours);
  const learned = lines && learnOwnColumns(lines, options);
  const own = learned?.columns ?? columns;
  const titleRows = head.records.slice(0, Math.max(0, headerIndex));
  refuseDataAbove(
    titleRows.map((row) => cutsOf(row, dialect.delimiter)),
    columns,
    name,
  );
  const unused = ours === undefined ? unusedColumns(table, columns) : undecidedColumns(table, ours.ours);
  // Here somebody can still be asked; rows further below are looked at as they are read.
  if (ours === undefined && options.ownTable !== true)
    refuseColumnsTold(table, { columns, unused }, head.records, headerIndex);
  const isReplaced = options.replaceWith !== undefined || options.replaceMap !== undefined;
  const replacing = isReplaced ? undefined : columnNamedToReplace(columns, unused);
  if (ours === undefined && options.ownTable !== true && replacing !== undefined)
    throw mayReplace(table, replacing.index, columns.entity.index);
  return {
    name,
    dialect,
    header: table.header,
    isExport: ours === undefined && isExportHeader(table.header.map(cleanValue)),
    headerRow: headerIndex + 1,
    titleRows,
    columns,
    names: isWhole(own)
      ? namingColumns(lines?.own ?? table, own, lines && ((line) => lines.ours[line]?.type ?? ''))
      : { entities: false, replacements: false },
    unused,
    resultsFile: ours &&
      learned && {
        ...ours,
        ownColumns: own,
        ownSets: learned.sets,
        replacesAll: toldToReplace(table.samples, ours),
      },
    sampleRows: sampleRows(head.records, headerIndex, columns),
    profile:
      options.ownTable === true || !isWhole(own)
        ? undefined
        : profileOf(table.header, own, ours, {
            rows: below,
            lastRow: head.records.length,
            conditions: options.conditionColumns?.(table) ?? [],
          }),
  };
}

/** The header's own words; of the rows above it those of the last, and all that are known below it; a title above the opportunities says nothing of these. */
function refuseColumnsTold(
  table: SampledTable,
  { columns, unused }: Pick<TableReading, 'columns' | 'unused'>,
  records: TableHead['records'],
  headerIndex: number,
): void {
  const unclear = columnsNamedToGo(columns, unused);
  if (unclear !== undefined) throw tiedColumns(table, unclear.role, unclear.indexes);
  const { index } = columns.opportunity;
  for (const [at, cells] of records.entries()) {
    if (at < headerIndex - 1 || at === headerIndex) continue;
    const said = at < headerIndex ? cells.map((cell, column) => (column === index ? '' : cell)) : cells;
    const told = columnsToldIn(said, columns, unused);
    if (told.length > 0) throw columnsToldBelow(table, { row: at + 1, cells }, told);
  }
}

function isWhole({ opportunity, entity }: FoundColumns): boolean {
  return opportunity.index >= 0 && entity.index >= 0;
}

function profileOf(
  header: readonly string[],
  own: FoundColumns,
  ours: ResultsFile | undefined,
  head: FirstRows & { readonly conditions: readonly number[] },
): HeadProfile {
  const cellsOf = (record: readonly string[]): readonly string[] =>
    ours === undefined ? record : ownCells(record, ours);
  const all = cellsOf(header.map((_, index) => String(index)));
  const conditions = head.conditions.map((index) => all.indexOf(String(index))).filter((index) => index >= 0);
  return headProfile(cellsOf(header), columnIndexes(own, conditions), {
    ...head,
    rows: head.rows.map(cellsOf),
  });
}

/** Titles and footers tell nothing of how the table is read. */
function sampleRows(
  records: TableHead['records'],
  headerIndex: number,
  { opportunity, entity }: FoundColumns,
): readonly SampleRow[] {
  const below = records
    .map((cells, index) => ({ row: index + 1, cells }))
    .slice(headerIndex + 1)
    .filter(({ cells }) => !isBlankRecord(cells));
  const complete = below.filter(({ cells }) =>
    [opportunity, entity].every(({ index }) => cleanValue(cells[index] ?? '') !== ''),
  );
  return (complete.length > 0 ? complete : below).slice(0, SHOWN_ROWS);
}

/** The first lines of results, in the user's own columns and in ours. */
function ownLines(table: SampledTable, ours: ResultsFile): OwnLines {
  const { opportunity, entity, type, replacement } = columnIndexes(ours.columns);
  const at = (record: readonly string[], index: number): string =>
    index < 0 ? '' : cleanValue(record[index] ?? '');
  const rows = table.samples.map((record) => at(record, ours.places.get('row') ?? -1));
  return {
    own: withoutOurs(table, ours),
    ours: table.samples.map((record) => ({
      opportunity: at(record, opportunity),
      entity: at(record, entity),
      type: at(record, type),
      replacement: at(record, replacement),
    })),
    rowsRepeat: new Set(rows).size < rows.length,
  };
}

function withoutOurs(table: SampledTable, ours: ResultsFile): SampledTable {
  return {
    ...table,
    header: ownCells(table.header, ours),
    samples: table.samples.map((row) => ownCells(row, ours)),
  };
}

function numberedHeader(rows: readonly (readonly string[])[]): string[] {
  const width = rows.reduce((widest, { length }) => Math.max(widest, length), 0);
  return Array.from({ length: width }, (_, index) => `column_${index + 1}`);
}

function headerMissing({ name, header }: SampledTable): RunError {
  const position = (test: (value: string) => boolean): number =>
    header.findIndex((cell) => test(cleanValue(cell))) + 1;
  const entity = position(looksLikeIdentifier);
  const type = position((value) => typeof parseEntityType(value) === 'string');
  const shown = header.slice(0, 5).map(showValue).join(', ');
  return new RunError('input_columns', `${name} has no header: its first row is data already (${shown}).`, {
    code: 'add_header',
    opportunity: position(looksLikeOpportunity),
    type,
    entity,
  });
}

/**
 * Rows above the header are titles; if one of them is a row of a table, in whatever columns, the header is not what it
 * seems. A product code may be any word: there it is the columns that tell.
 */
function refuseDataAbove(rows: readonly RowCuts[], columns: FoundColumns, name: string): void {
  const isData = (record: readonly string[]): boolean => {
    const kinds = record.map(kindOf);
    const isWord = kinds[columns.opportunity.index] === OPPORTUNITY && (kinds[columns.entity.index] ?? 0) > 0;
    return isWord || (kinds.includes(OPPORTUNITY) && kinds.some((kind) => kind >= IDENTIFIER));
  };
  const index = rows.findIndex((cuts) => cuts.some(isData));
  if (index < 0) return;
  throw new RunError(
    'input_columns',
    `${name}: row ${index + 1} holds data but stands above the header, row ${rows.length + 1}.`,
    { code: 'move_header_up' },
  );
}

/** A row as it was read, and as it reads when it is cut at each of the delimiters. */
type RowCuts = readonly (readonly string[])[];

/** The table above may be one of another program's, written with another delimiter. */
function cutsOf(record: readonly string[], delimiter: Delimiter): RowCuts {
  const line = record.join(delimiter);
  return [record, ...DELIMITERS.map((other) => line.split(other))];
}
