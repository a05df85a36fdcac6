import type * as PgBossPackage from 'pg-boss';
import type { PgBoss, Db } from 'pg-boss';
import { RunError } from '../../../model/run-error.ts';
import type { FleetsOptions } from '../../fleet/fleet-store.ts';
import type { Ask, Database } from '../database/database.ts';

export const QUEUE = 'slices';

const SCHEMA = 'oppsweep_queue';

/** A worker that says nothing for so long has lost what it had in hand: the least that pg-boss takes. */
const SILENCE_SECONDS = 10;
/** How often it is looked for such. */
const LOOK_SECONDS = 2;
/** The longest that pg-boss takes. A slice that lasts longer is taken from its worker, and goes on. */
const LONGEST_SECONDS = 86_400;
/** A slice is taken up again as often as it takes: what can't go on is parked by its own word. */
const AGAIN_AND_AGAIN = 1_000_000;
/** A slice may wait for its quota, or for somebody, as long as it takes. */
const KEPT_SECONDS = 10 * 365 * 86_400;

/** Opens the queue, and makes it where there is none. `supervise`: this process also looks for workers that are gone. */
export async function openQueue({ ask }: Database, { supervise, troubled }: FleetsOptions): Promise<PgBoss> {
  const { PgBoss: Boss } = await loadPgBoss();
  const boss = new Boss({
    schema: SCHEMA,
    db: dbOf(ask),
    supervise,
    superviseIntervalSeconds: LOOK_SECONDS,
    monitorIntervalSeconds: LOOK_SECONDS,
    schedule: false,
    registerInstance: false,
    reindex: false,
    monitorVacuum: false,
    openTelemetry: { enabled: false },
  });
  // Its own housekeeping failed: the next pass tries again.
  boss.on('error', ({ message }) => troubled?.(message));
  await boss.start();
  await boss.createQueue(QUEUE, {
    policy: 'exclusive',
    heartbeatSeconds: SILENCE_SECONDS,
    expireInSeconds: LONGEST_SECONDS,
    retryLimit: AGAIN_AND_AGAIN,
    retryDelay: 0,
    retentionSeconds: KEPT_SECONDS,
    deleteAfterSeconds: 86_400,
  });
  return boss;
}

/** Statements of pg-boss by our own connections, in whichever transaction `ask` is. */
export function dbOf(ask: Ask): Db {
  return { executeSql: async (text, values) => ({ rows: await ask(text, values) }) };
}

async function loadPgBoss(): Promise<typeof PgBossPackage> {
  try {
    return await import('pg-boss');
  } catch (error) {
    throw new RunError(
      'usage',
      'A fleet needs the package pg-boss, which is not installed.',
      { code: 'install_pg_boss' },
      error,
    );
  }
}
