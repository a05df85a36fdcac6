import type { InputOptions } from '../../input/columns/input-options.ts';
import type { InputTally } from '../../input/rows/input-tally.ts';
import { openInput } from '../../input/open-input.ts';
import { UnclearRows } from '../../input/unclear-rows.ts';
import type { TableReading } from '../../input/columns/table-reading.ts';
import type { OpportunityId } from '../../model/entity.ts';
import type { RowStatus } from '../../model/outcome.ts';
import type { InputRow, ValidRow } from '../../model/row.ts';
import { countEarlier, isAskedFor, isStillUnreplaced } from './asked-for.ts';
import { RunError } from '../../model/run-error.ts';
import { MAIN_OPERATION, OPERATIONS, writesFor, type Operation } from '../../model/operation.ts';
import { attaches } from '../../model/call.ts';

/** An input that can be read as often as needed. */
export interface RereadableInput {
  readonly name: string;
  readonly read: () => AsyncIterable<Uint8Array>;
  readonly options: InputOptions;
}

/** The findings of one whole reading of the input. */
export interface Survey {
  readonly table: TableReading;
  /** The user's header cells, as they were. */
  readonly header: readonly string[];
  readonly tally: InputTally;
  /** Valid rows that are to be run: all of them, unless `only` leaves some out. */
  readonly rowsToRun: number;
  /** The writes of these if none is needless: two each where there is a replacement. */
  readonly writesAtMost: number;
  /** Of these writes, those that attach an entity; the others remove one. */
  readonly attachmentsAtMost: number;
  /** Of the rows to run, those that remove and attach nothing in the place of what is removed. */
  readonly unreplaced: number;
  /** Rows that are asked for, and left out as before: nobody has given their replacement. */
  readonly stillUnreplaced: number;
  /** Opportunities that the rows to run name, each counted once. */
  readonly opportunities: number;
  /** Of a results file: how many rows had which status; under `undefined`, those of another word, or none. */
  readonly statuses: ReadonlyMap<RowStatus | undefined, number>;
  /** Identifiers that the map of replacements has nothing for, as messages show them, each with the number of its rows. */
  readonly unmapped: ReadonlyMap<string, number>;
}

/** Which rows are to be run, and as what; all of them and as `disassociate` does, if absent. */
export interface Asked {
  readonly only?: readonly RowStatus[] | undefined;
  readonly operationOf?: (row: ValidRow) => Operation;
  /** Whether what the file leaves open is refused: not of a run that was begun with it. */
  readonly refuseUnclear?: boolean;
  /** Hears of each row, as it is read. */
  readonly hears?: (row: InputRow) => void;
}

/** Reads the input to its end before anything is sent: a file that can't be read through is refused whole. */
export async function surveyInput(input: RereadableInput, asked: Asked = {}): Promise<Survey> {
  const { only, operationOf = () => MAIN_OPERATION, refuseUnclear = false, hears } = asked;
  const opened = await openInput({ name: input.name, bytes: input.read() }, { ...input.options, only });
  if (only !== undefined && opened.table.resultsFile === undefined) {
    await opened.close();
    throw noResults(input.name);
  }
  const statuses = new Map<RowStatus | undefined, number>();
  let rowsToRun = 0;
  let writesAtMost = 0;
  let attachmentsAtMost = 0;
  let unreplaced = 0;
  let stillUnreplaced = 0;
  const unclear = new UnclearRows(input.name);
  const opportunities = new Set<number | string>();
  const unmapped = new Map<string, number>();
  for await (const batch of opened.batches) {
    for (const row of batch) {
      hears?.(row);
      countEarlier(statuses, row);
      noteUnmapped(unmapped, row);
      if (only?.includes('skipped') === true && isStillUnreplaced(row)) stillUnreplaced += 1;
      if (row.kind !== 'valid' || !isAskedFor(row, only)) continue;
      rowsToRun += 1;
      const operation = operationOf(row);
      if (OPERATIONS[operation].replaces) unclear.see(row);
      const writes = writesFor(operation, row.target);
      writesAtMost += writes.length;
      if (OPERATIONS[operation].replaces && writes.length === 1) unreplaced += 1;
      attachmentsAtMost += writes.filter((write) => attaches(write.operation)).length;
      opportunities.add(shortKey(row.target.opportunityId));
    }
  }
  const { table, header } = opened;
  if (refuseUnclear) unclear.assertNone(opened.tally().told);
  return {
    table,
    header,
    tally: opened.tally(),
    rowsToRun,
    writesAtMost,
    attachmentsAtMost,
    unreplaced,
    stillUnreplaced,
    opportunities: opportunities.size,
    statuses,
    unmapped,
  };
}

/** The same where its counts are known: only the beginning of the input is read. */
export async function surveyWith(
  counts: Omit<Survey, 'table' | 'header'>,
  input: RereadableInput,
): Promise<Survey> {
  const { table, header, close } = await openInput({ name: input.name, bytes: input.read() }, input.options);
  await close();
  return { ...counts, table, header };
}

/** More than this nobody reads; their rows are in the results. */
const UNMAPPED_KEPT = 1_000;

function noteUnmapped(unmapped: Map<string, number>, row: InputRow): void {
  if (row.kind !== 'skipped' || row.why.kind !== 'not_mapped') return;
  const { cell } = row.why;
  if (unmapped.has(cell) || unmapped.size < UNMAPPED_KEPT) unmapped.set(cell, (unmapped.get(cell) ?? 0) + 1);
}

/** Most identifiers are a letter and a number, which takes a quarter of the text's memory. */
function shortKey(opportunityId: OpportunityId): number | string {
  return /^O[1-9]\d{0,14}$/.test(opportunityId) ? Number(opportunityId.slice(1)) : opportunityId;
}

function noResults(name: string): RunError {
  return new RunError(
    'usage',
    `The option only takes rows of an earlier run's results, and ${name} is no results file.`,
    { code: 'name_results_of_a_run' },
  );
}
