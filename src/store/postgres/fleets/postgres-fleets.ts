import type {
  AfterSlice,
  FleetRun,
  FleetsOptions,
  FleetStore,
  LostSlice,
  Slice,
} from '../../fleet/fleet-store.ts';
import type { Ask, Database } from '../database/database.ts';
import { assertKnown } from '../database/schema.ts';
import { deleteFleet, fleetAtRest } from './delete-fleet.ts';
import { fleetRunOf, RUN_COLUMNS, type FleetRow } from './fleet-row.ts';
import { queueRun, type FleetsContext, type JobContents } from './queue-run.ts';
import { dbOf, openQueue, QUEUE } from './queue.ts';
import { assertFree, submitFleet } from './submit-fleet.ts';

/** A slice, and the attempt of its job that this worker has. */
interface HeldSlice extends Slice {
  readonly row: FleetRow;
  readonly attempt: { readonly id: string; readonly retryCount: number };
}

/** `supervise`: this process works, and looks for workers that are gone. All of it rejects once a later version has changed the store. */
export async function openFleets(database: Database, options: FleetsOptions): Promise<FleetStore> {
  const boss = await openQueue(database, options);
  const context = { database, boss };
  const asked = async <T>(work: () => Promise<T>): Promise<T> => {
    await assertKnown(database);
    return work();
  };
  return {
    assertFree: (name) => asked(() => assertFree(name, database)),
    submit: (fleet) => asked(() => submitFleet(fleet, context)),
    runs: () => asked(async () => (await rowsOf(database.ask)).map(fleetRunOf)),
    stop: (run, by) => asked(() => stopRun(run, by, context)),
    resume: (run, how) => asked(() => resumeRun(run, how, context)),
    take: (most) => asked(() => take(most, context)),
    waiting: () => asked(async () => (await boss.getQueue(QUEUE))?.readyCount ?? 0),
    beat: (slices) => asked(() => beat(slices as readonly HeldSlice[], context)), // of `take`
    settle: (slice, after) => asked(() => settle(slice as HeldSlice, after, context)),
    fetched: (run) => asked(() => noteFetched(run, context)),
    atRest: (fleet) => asked(() => fleetAtRest(fleet, database)),
    delete: (fleet) => asked(() => deleteFleet(fleet, database)),
    close: () => boss.stop({ graceful: false, close: false }),
  };
}

async function rowsOf(ask: Ask, ids?: readonly string[]): Promise<readonly FleetRow[]> {
  return ask<FleetRow>(
    `select ${RUN_COLUMNS} from oppsweep.fleet_run r join oppsweep.fleet f on f.id = r.fleet
     where $1::bigint[] is null or r.id = any($1::bigint[]) order by f.id, r.account`,
    [ids ?? null],
  );
}

async function take(most: number, { database, boss }: FleetsContext): Promise<readonly Slice[]> {
  const jobs = await boss.fetch<JobContents>(QUEUE, { batchSize: most, includeMetadata: true });
  if (jobs.length === 0) return [];
  const rows = new Map(
    (
      await rowsOf(
        database.ask,
        jobs.map(({ data }) => data.run),
      )
    ).map((row) => [row.id, row]),
  );
  return jobs.flatMap(({ id, retryCount, data }): HeldSlice[] => {
    const row = rows.get(data.run);
    if (row === undefined) return [];
    const run = fleetRunOf(row);
    const attempt = { id, retryCount };
    const { limit, settledBefore = 0 } = data;
    return [{ id, limit, settledBefore, run, row, attempt, input: () => inputOf(database.ask, row.id) }];
  });
}

/** The run keeps it so, and holds a piece at a time. */
const PIECE_BYTES = 16_384;

async function* inputOf(ask: Ask, run: string): AsyncGenerator<Uint8Array> {
  for (let from = 1; ; from += PIECE_BYTES) {
    const [row] = await ask<{ piece: Buffer }>(
      'select substring(input from $2::integer for $3::integer) as piece from oppsweep.fleet_run where id = $1',
      [run, from, PIECE_BYTES],
    );
    if (row === undefined || row.piece.length === 0) return;
    yield row.piece;
  }
}

/** A slice that another worker has by now is told by its run's epoch, or by its row, as one that was stopped. */
async function beat(
  held: readonly HeldSlice[],
  { database, boss }: FleetsContext,
): Promise<readonly LostSlice[]> {
  if (held.length === 0) return [];
  await boss.touch(
    QUEUE,
    held.map(({ attempt }) => attempt),
  );
  const rows = await database.ask<{ id: string; job: string | null; state: string }>(
    'select id, job, state from oppsweep.fleet_run where id = any($1::bigint[])',
    [held.map(({ row }) => row.id)],
  );
  return held.flatMap(({ id, row }): LostSlice[] => {
    const now = rows.find((one) => one.id === row.id);
    if (now?.job === id) return [];
    return [{ id, why: now?.state === 'stopped' ? 'stopped' : 'given out again' }];
  });
}

/** The job ends and the next is queued in one transaction; made twice, it is as made once. */
async function settle(slice: HeldSlice, after: AfterSlice, { database, boss }: FleetsContext): Promise<void> {
  await database.transact(async (ask) => {
    const db = dbOf(ask);
    await boss.complete(QUEUE, slice.attempt, null, { db });
    const [job] = await boss.findJobs(QUEUE, { id: slice.id, db });
    // Stopped in the meantime, or another worker's by now.
    if (job?.state !== 'completed' || job.retryCount !== slice.attempt.retryCount) return;
    const { limit, settledBefore } = slice;
    if (after.kind === 'again')
      return queueRun({ run: slice.row.id, limit, settledBefore }, after, { ask, boss });
    const stop = after.kind === 'finished' ? undefined : after.stop;
    await ask(
      `update oppsweep.fleet_run set state = $2, job = null, next_at = null, stop_code = $3, stop_message = $4
       where id = $1`,
      [slice.row.id, after.kind, stop?.code ?? null, stop?.message ?? null],
    );
  });
}

/** A job in a worker's hands is cancelled: its next beat tells it. */
async function stopRun(
  run: FleetRun,
  by: string | undefined,
  { database, boss }: FleetsContext,
): Promise<boolean> {
  return database.transact(async (ask) => {
    const [row] = await ask<{ id: string; job: string | null }>(
      `select r.id, r.job from oppsweep.fleet_run r join oppsweep.fleet f on f.id = r.fleet
       where f.name = $1 and r.account = $2 and r.state = 'queued' for update of r`,
      [run.fleet, run.account],
    );
    if (row === undefined) return false;
    if (row.job !== null) await boss.cancel(QUEUE, row.job, { db: dbOf(ask) });
    await ask(
      `update oppsweep.fleet_run set state = 'stopped', job = null, next_at = null,
         stop_code = 'interrupted', stop_message = $2 where id = $1`,
      [row.id, `Stopped by fleet stop${by === undefined ? '' : `, by ${by}`}.`],
    );
    return true;
  });
}

async function resumeRun(
  run: FleetRun,
  how: Pick<Slice, 'limit' | 'settledBefore'>,
  { database, boss }: FleetsContext,
): Promise<boolean> {
  return database.transact(async (ask) => {
    const [row] = await ask<{ id: string }>(
      `select r.id from oppsweep.fleet_run r join oppsweep.fleet f on f.id = r.fleet
       where f.name = $1 and r.account = $2 and r.state in ('stopped', 'parked') for update of r`,
      [run.fleet, run.account],
    );
    if (row === undefined) return false;
    await queueRun({ ...how, run: row.id }, { inMs: 0 }, { ask, boss });
    return true;
  });
}

async function noteFetched({ fleet, account }: FleetRun, { database }: FleetsContext): Promise<void> {
  await database.ask(
    `update oppsweep.fleet_run r set fetched_at = clock_timestamp() from oppsweep.fleet f
     where f.id = r.fleet and f.name = $1 and r.account = $2`,
    [fleet, account],
  );
}
