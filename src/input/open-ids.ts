import { parseOpportunityId, type OpportunityId } from '../model/entity.ts';
import type { InputSource } from './bytes/input-source.ts';
import { PeekableBytes } from './bytes/peekable-bytes.ts';
import type { SampledTable } from './columns/column-errors.ts';
import { ColumnProfile } from './columns/column-profile.ts';
import { profiledRow } from './values/cell-kind.ts';
import { findOpportunityColumn } from './columns/find-columns.ts';
import type { InputOptions } from './columns/input-options.ts';
import { resultsFile } from './columns/results-file.ts';
import { isBlankRecord, looksLikeData, type ChosenHead } from './columns/table-head.ts';
import type { Dialect } from './columns/table-reading.ts';
import { openHead, orFault, skipRecords } from './open-head.ts';
import type { CsvSource } from './records/csv-reader.ts';
import { recordBatches } from './records/record-batches.ts';
import { unclosedQuote } from './records/record-errors.ts';
import { mayBeFooter, MOST_FOOTER_LINES } from './rows/footer.ts';
import { swallowingColumn } from './judge/swallowed-rows.ts';
import type { SheetMarks } from './workbook/sheet-reading.ts';
import { cleanValue } from './values/clean-value.ts';

/** A row of a list of opportunities. */
export interface IdRow {
  /** The row number that a spreadsheet shows. */
  readonly row: number;
  /** The cell, cleaned; never empty. */
  readonly text: string;
  /** Absent where the cell is no opportunity's identifier. */
  readonly id?: OpportunityId;
}

/** What a list of opportunities was read as, and what of the file is no part of it. */
export interface IdReading {
  readonly name: string;
  readonly dialect: Dialect;
  /** Of a workbook alone. */
  readonly marks?: SheetMarks | undefined;
  readonly column: string;
  /** Of the file; 0 where there is no header. */
  readonly headerRow: number;
  readonly titleRows: readonly (readonly string[])[];
}

/** Counts of all that was read up to now. */
export interface IdTally {
  /** Rows that name an opportunity, or hold something else in its place. */
  readonly rows: number;
  readonly blankRows: number;
  /** Rows with other cells and none for the opportunity. */
  readonly rowsWithout: number;
  /** 0 for none, as below. */
  readonly firstRowWithout: number;
  /** Lines of a report after the table. */
  readonly footerRows: number;
  readonly firstFooterRow: number;
  readonly nonUtf8Cells: number;
}

export interface OpenIds {
  readonly reading: IdReading;
  /** Can be gone through once. */
  readonly rows: AsyncIterable<IdRow>;
  readonly tally: () => IdTally;
  /** Lets the source go where the rows are not read to their end. */
  readonly close: () => Promise<void>;
}

/**
 * Opens a file that names opportunities, whatever else it holds; a list of identifiers alone needs no header. What is left
 * out is left out of every input: blank rows, titles and the lines that a report ends in. Rows without an opportunity are
 * counted.
 *
 * @throws RunError `input_unreadable`, `input_format` or `input_columns`
 */
export async function openIds(source: InputSource, options: InputOptions): Promise<OpenIds> {
  const front = new PeekableBytes(source.bytes);
  try {
    const { name } = source;
    const { text, chosen, dialect, marks } = await openHead(front, name, options);
    const { index, column, rowsBefore, headless } = orFault(chosen, () => placeOfIds(name, chosen, options));
    await skipRecords(text, dialect.delimiter, rowsBefore);
    const tally = emptyTally();
    const table = { name, delimiter: dialect.delimiter, rowsBefore };
    const header = chosen.head.records[chosen.head.headerIndex] ?? [];
    const profile = new ColumnProfile(header, { ...NO_COLUMNS, opportunity: index });
    const reading = {
      name,
      dialect,
      marks,
      column,
      headerRow: headless ? 0 : rowsBefore,
      titleRows: chosen.head.records.slice(0, Math.max(0, rowsBefore - 1)),
    };
    return {
      reading,
      rows: rowsOf(text, { table, profile }, tally),
      tally: () => ({ ...tally }),
      close: () => text.close(),
    };
  } catch (error) {
    await front.close();
    throw error;
  }
}

/** The rows alone. */
export async function* readIds(source: InputSource, options: InputOptions): AsyncGenerator<IdRow> {
  yield* (await openIds(source, options)).rows;
}

type RunningTally = { -readonly [Name in keyof IdTally]: number } & {
  undecodableCells: number;
  surrogateCells: number;
};

function emptyTally(): RunningTally {
  return {
    rows: 0,
    blankRows: 0,
    rowsWithout: 0,
    firstRowWithout: 0,
    footerRows: 0,
    firstFooterRow: 0,
    nonUtf8Cells: 0,
    undecodableCells: 0,
    surrogateCells: 0,
  };
}

interface IdTable {
  readonly table: CsvSource;
  /** Of its columns, only the opportunities' counts. */
  readonly profile: ColumnProfile;
}

const NO_COLUMNS = {
  opportunity: -1,
  entity: -1,
  entities: [],
  type: -1,
  replacement: -1,
  replacementType: -1,
  toldType: undefined,
  fallbackType: undefined,
  conditions: [],
};

async function* rowsOf(text: PeekableBytes, ids: IdTable, tally: RunningTally): AsyncGenerator<IdRow> {
  const { table } = ids;
  const { opportunity: index } = ids.profile.columns;
  let row = table.rowsBefore;
  let held: Held[] = [];
  let setApart = false;
  try {
    for await (const { records, multiLine } of recordBatches(text, table, tally)) {
      for (const record of records) {
        row += 1;
        if (multiLine) refuseSwallowing(record, row, ids);
        const opportunity = cleanValue(record[index] ?? '');
        if (isBlankRecord(record)) {
          tally.blankRows += 1;
          setApart = true;
          continue;
        }
        const evidence = { opportunity, entity: '', record, setApart: setApart || held.length > 0 };
        if (held.length < MOST_FOOTER_LINES && mayBeFooter(evidence)) {
          held.push({ row, text: opportunity });
          continue;
        }
        yield* idRows([...held, { row, text: opportunity }], tally);
        held = [];
        setApart = false;
      }
    }
    // Lines still held are those that a report ends in.
    tally.footerRows = held.length;
    tally.firstFooterRow = held[0]?.row ?? 0;
  } finally {
    await text.close();
  }
}

/** A row that may be a line below the table, until one after it shows that it is a row. */
interface Held {
  readonly row: number;
  readonly text: string;
}

function* idRows(rows: readonly Held[], tally: RunningTally): Generator<IdRow> {
  for (const { row, text } of rows) {
    if (text === '') {
      tally.rowsWithout += 1;
      tally.firstRowWithout ||= row;
      continue;
    }
    tally.rows += 1;
    const id = parseOpportunityId(text);
    yield { row, text, ...(id !== undefined && { id }) };
  }
}

/** A quote that a later row happens to close would hide the opportunities between them. */
function refuseSwallowing(record: readonly string[], row: number, { table, profile }: IdTable): void {
  const column = swallowingColumn(profiledRow(record, false), table.delimiter, profile);
  if (column >= 0) throw unclosedQuote(table.name, row, column + 1);
}

interface Place {
  /** Of the column, from 0. */
  readonly index: number;
  /** The name of the column. */
  readonly column: string;
  /** The header's, and titles'. */
  readonly rowsBefore: number;
  readonly headless: boolean;
}

const SAMPLED_ROWS = 200;

function placeOfIds(file: string, { head }: ChosenHead, options: InputOptions): Place {
  const { records, headerIndex, headerScore } = head;
  const first = records[headerIndex] ?? [];
  const headless = options.noHeader === true || (headerScore === 0 && looksLikeData(first));
  const rowsBefore = headless ? 0 : headerIndex + 1;
  const samples = records.slice(rowsBefore).filter((record) => !isBlankRecord(record));
  const table: SampledTable = {
    name: file,
    // Without a name of its own a column of such values is taken by its content.
    header: headless
      ? first.map((cell, index) => (looksLikeData([cell]) ? OPPORTUNITY : `${index + 1}`))
      : first,
    samples: samples.slice(0, SAMPLED_ROWS),
  };
  const ours = headless ? undefined : resultsFile(table.header);
  const { index, name } = ours?.columns.opportunity ?? findOpportunityColumn(table, options);
  return { index, column: headless ? `${index + 1}` : name, rowsBefore, headless };
}

const OPPORTUNITY = 'Opportunity ID';
