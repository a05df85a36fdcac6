import { basename } from 'node:path';
import { RunError } from '../../../model/run-error.ts';
import { beginReading } from '../../input-bytes.ts';
import type { QuotaUsage } from '../../account-quota.ts';
import {
  soundRecords,
  type RunLease,
  type RunRecord,
  type RunsBeside,
  type RunStore,
  type RunTerms,
} from '../../run-store.ts';
import { readJournal } from '../../journal/read-journal.ts';
import type { Ask } from '../database/database.ts';
import { holderOf } from '../database/hold.ts';
import { readKeptState } from './kept-state.ts';
import { keptLines } from './kept-text.ts';
import { openRun, type OpenContext } from './open-run.ts';
import { leaseOf } from './postgres-lease.ts';
import { contentsOf } from './run-contents.ts';
import { meantRun, placesIn, type MeantRun } from './run-names.ts';
import { begunRows, findRow, heldRow, queuedFor, stateInFleet, type RunRow } from './run-row.ts';
import { writeHere } from './write-here.ts';

export interface RunsContext extends OpenContext {
  /** The name that a run is given, whatever its results are called. */
  readonly run: string | undefined;
  /** The writes counted at a place, as a session notes it. */
  readonly writesAt: (place: string | undefined) => Promise<QuotaUsage>;
}

/** Runs in a store, each by its account and its name; results are written where the command runs, too. */
export function postgresRuns(context: RunsContext): RunStore {
  const { database, run: given } = context;
  const meant = (text: string): MeantRun => meantRun(text, given);
  return {
    open: async (asked, told) => {
      const input = asked.inputBytes && (await beginReading(asked.inputBytes));
      try {
        return await open({ ...asked, inputBytes: input?.bytes }, told, context);
      } finally {
        await input?.close();
      }
    },
    record: async (name, from = 'beginning') => {
      const own = meant(name);
      const row = await findRow(database, own);
      return row && recordOf(row, { ...own, account: row.account }, from, context);
    },
    holder: async (name) => {
      const id = await heldRow(database, meant(name));
      return id === undefined ? undefined : holderOf(database.ask, { table: 'run', id });
    },
    list: async () => (await begunRows(database)).map(({ account, name }) => `${account}/${name}`),
    beside: async ({ name, is }) => {
      const found: RunRow[] = [];
      for (const row of await begunRows(database, meantRun(name).account))
        if (await hasJob(database.ask, row.id, is)) found.push(row);
      // By their rows, whatever name the command's own run was given.
      return soundRecords(found, (row, from) =>
        recordOf(row, meantRun(`${row.account}/${row.name}`), from, context),
      );
    },
    find: async (text) => text,
    isOutput: async (path) => {
      const rows = await database.ask(
        'select from oppsweep.run where lines > 0 and results_name = $1 limit 1',
        [basename(path)],
      );
      return rows.length > 0;
    },
    places: (name) => placesIn(database.place, meant(name)),
  };
}

async function hasJob(ask: Ask, id: string, is: RunsBeside['is']): Promise<boolean> {
  for await (const { entry } of readJournal(id, keptLines(ask, id, 1, 1)))
    return entry.t === 'job' && is(entry);
  return false;
}

/** A fleet's run has the options that it was submitted with, and workers that go on with it. */
async function assertNoFleets(named: Pick<RunRow, 'account' | 'name'>, ask: Ask): Promise<void> {
  const state = await stateInFleet(ask, named);
  if (state === undefined) return;
  const run = `${named.account}/${named.name}`;
  throw new RunError('usage', `The run ${run} is a fleet's: workers go on with it.`, {
    code: state === 'finished' ? 'write_fleet_results' : 'resume_fleet_run',
    run,
  });
}

/** Where nobody says whose run it is. */
const NO_ACCOUNT = 'none';

async function open(
  asked: RunTerms,
  told: (setAside: readonly string[]) => void,
  context: RunsContext,
): Promise<RunLease> {
  const { database, presence, committer } = context;
  const disk = asked.resultsStay === true ? undefined : context.disk;
  const own = meantRun(asked.name, context.run);
  const account = own.account ?? (await asked.account?.()) ?? NO_ACCOUNT;
  if (asked.resultsStay !== true) await assertNoFleets({ account, name: own.name }, database.ask);
  const opened = await openRun(asked, { ...own, account }, told, context);
  const { run } = opened;
  const lease = leaseOf({
    ...opened,
    database,
    presence,
    committer,
    writeHere: async (contents) => {
      if (disk !== undefined) await writeHere(contents, run.state.end?.resultsSha256, disk);
    },
  });
  // Finished on another machine: here it is what the command promised.
  if (disk !== undefined && run.state.end !== undefined && !(await disk.exists(run.places.results))) {
    await writeHere(lease, run.state.end.resultsSha256, disk);
  }
  return lease;
}

async function recordOf(
  row: RunRow,
  own: MeantRun,
  from: Parameters<RunStore['record']>[1] & string,
  { database, writesAt }: RunsContext,
): Promise<RunRecord | undefined> {
  const { ask, place } = database;
  const { folder } = placesIn(place, own);
  const kept = await readKeptState(ask, row, folder, from);
  const { job } = kept.state;
  if (job === undefined) return undefined;
  // Who names no file is told of the one that the run has written.
  const places = placesIn(place, own.byPath ? own : { ...own, results: job.results });
  return {
    ...contentsOf({ ...kept, row, job, places }, ask),
    recent: kept.state.recent,
    holder: await holderOf(ask, { table: 'run', id: row.id }),
    resultsInStore: true,
    nextAtMs: await queuedFor(database, row),
    writes: () => writesAt(kept.state.session?.ledgerFolder),
  };
}
