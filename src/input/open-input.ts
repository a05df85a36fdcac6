import type { InputRow } from '../model/row.ts';
import { PeekableBytes } from './bytes/peekable-bytes.ts';
import type { ChosenHead } from './columns/table-head.ts';
import { decodeRecord } from './bytes/decode-cell.ts';
import type { InputOptions } from './columns/input-options.ts';
import type { InputSource } from './bytes/input-source.ts';
import { openHead, orFault, skipRecords } from './open-head.ts';
import { columnOf } from './selection/condition-column.ts';
import { parseCondition } from './selection/condition.ts';
import type { SelectedTable } from './selection/selection-errors.ts';
import { emptyTally, type InputTally } from './rows/input-tally.ts';
import { readBatches } from './rows/read-batches.ts';
import { csvSource, OBJECT_COLUMNS, type InputObject, type ObjectSource } from './records/object-source.ts';
import { recordBatches } from './records/record-batches.ts';
import { ownCells } from './columns/results-file.ts';
import type { Dialect, JudgedTable, Replacing, TableReading } from './columns/table-reading.ts';
import { readTable } from './columns/read-table.ts';

export type { InputObject, InputOptions, InputSource, ObjectSource };

/** An input whose beginning was read and understood. */
export interface OpenInput {
  readonly table: TableReading;
  readonly header: readonly string[];
  readonly dialect: Dialect;
  /** Every row once, in order, some 64 at a time; can be gone through once. Throws RunError `input_format`. */
  readonly batches: AsyncIterable<readonly InputRow[]>;
  /** Counts of all that was read up to now. */
  readonly tally: () => InputTally;
  /** Lets the source go where the batches are not read to their end. */
  readonly close: () => Promise<void>;
}

/**
 * Opens an input: finds out how it is written and which columns are meant. Of objects, that is known.
 *
 * @throws RunError `input_unreadable`, `input_format` or `input_columns`
 */
export async function openInput(
  source: InputSource | ObjectSource,
  options: InputOptions,
): Promise<OpenInput> {
  return 'objects' in source
    ? openBytes(csvSource(source), { ...options, ...OBJECT_OPTIONS })
    : openBytes(source, options);
}

/** Options under which objects are read, once they are the text of a CSV file. */
export const OBJECT_OPTIONS: InputOptions = {
  opportunityColumn: OBJECT_COLUMNS.opportunity,
  typeColumn: OBJECT_COLUMNS.type,
  entityColumn: OBJECT_COLUMNS.entity,
  replaceColumn: OBJECT_COLUMNS.replacement,
  delimiter: ',',
  encoding: 'utf-8',
  noHeader: false,
  ownTable: true,
};

async function openBytes(source: InputSource, options: InputOptions): Promise<OpenInput> {
  const front = new PeekableBytes(source.bytes);
  try {
    return await open(front, source.name, options);
  } catch (error) {
    await front.close();
    throw error;
  }
}

async function open(packed: PeekableBytes, name: string, options: InputOptions): Promise<OpenInput> {
  const { text, chosen, dialect, marks } = await openHead(packed, name, options);
  const conditionColumns = (table: SelectedTable): readonly number[] => obeyedColumns(table, options);
  const { isWhole } = chosen.raw;
  const told = { ...options, conditionColumns, isWhole };
  const read = orFault(chosen, () => readTable(name, chosen.head, dialect, told));
  const unused = withoutObeyed(read, options);
  const table = { ...read, marks, unused, replacing: replacingOf(options), unreplaced: options.unreplaced };
  return opened(text, chosen, table, options);
}

/** A decision about rows that a condition is about is no longer one that nobody obeys. */
function withoutObeyed(table: TableReading, options: InputOptions): TableReading['unused'] {
  const obeyed = obeyedColumns(table, options);
  return table.unused.map((column) =>
    obeyed.includes(column.index) ? { ...column, decides: undefined } : column,
  );
}

function obeyedColumns(table: SelectedTable, { where = [] }: InputOptions): readonly number[] {
  return where.map((text) => columnOf(parseCondition(text), table).index);
}

function replacingOf({ replaceWith, replaceMap }: InputOptions): Replacing | undefined {
  if (replaceWith !== undefined) return { kind: 'one', id: replaceWith };
  if (replaceMap === undefined) return undefined;
  const { name, pairs, heads, deciding } = replaceMap;
  return {
    kind: 'map',
    name,
    pairs: pairs.length,
    first: { heads, pair: pairs[0] },
    ...(deciding && { deciding }),
  };
}

async function opened(
  text: PeekableBytes,
  { raw }: ChosenHead,
  judged: JudgedTable,
  options: InputOptions,
): Promise<OpenInput> {
  const { profile: _readers, ...table } = judged;
  const { name, dialect, titleRows, resultsFile, header } = table;
  const tally = emptyTally();
  const rowsBefore = titleRows.length;
  for (const record of raw.records.slice(0, rowsBefore)) decodeRecord(record, tally);
  tally.records = rowsBefore;
  await skipRecords(text, dialect.delimiter, rowsBefore);
  const records = recordBatches(
    text,
    { name, delimiter: dialect.delimiter, rowsBefore, pieceBytes: options.pieceBytes },
    tally,
  );
  return {
    table,
    header: resultsFile === undefined ? header : ownCells(header, resultsFile),
    dialect,
    batches: readBatches(records, judged, options, tally),
    tally: () => ({ ...tally }),
    close: () => text.close(),
  };
}
