import type { PgBoss } from 'pg-boss';
import type { AfterSlice, RowLimit } from '../../fleet/fleet-store.ts';
import type { Ask, Database } from '../database/database.ts';
import { dbOf, QUEUE } from './queue.ts';

export interface FleetsContext {
  readonly database: Database;
  readonly boss: PgBoss;
}

export interface Queueing {
  readonly ask: Ask;
  readonly boss: PgBoss;
}

/** What a job says. */
export interface JobContents {
  readonly run: string;
  readonly limit?: RowLimit | undefined;
  /** Absent, none. */
  readonly settledBefore?: number | undefined;
}

/** Within a transaction: the run's row knows its job. */
export async function queueRun(
  { run, limit, settledBefore }: JobContents,
  { inMs, stop }: Omit<Extract<AfterSlice, { kind: 'again' }>, 'kind'>,
  { ask, boss }: Queueing,
): Promise<void> {
  const seconds = Math.ceil(inMs / 1_000);
  const options = { singletonKey: run, startAfter: seconds, db: dbOf(ask) };
  const job = await boss.send(QUEUE, { run, limit, settledBefore }, options);
  await ask(
    `update oppsweep.fleet_run set state = 'queued', job = coalesce($2, job),
       next_at = clock_timestamp() + make_interval(secs => $3), stop_code = $4, stop_message = $5
     where id = $1`,
    [run, job, seconds, stop?.code ?? null, stop?.message ?? null],
  );
}
