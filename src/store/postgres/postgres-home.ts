import type * as Pg from 'pg';
import type { Disk } from '../../disk/disk.ts';
import type { Machine } from '../../disk/machine.ts';
import type { Clock } from '../../model/clock.ts';
import { RunError } from '../../model/run-error.ts';
import type { FleetHome } from '../fleet/fleet-store.ts';
import { createCommitter } from './database/committer.ts';
import { connectionOf, openDatabase, type DatabaseDependencies } from './database/database.ts';
import { openFleets } from './fleets/postgres-fleets.ts';
import { unbegunRuns } from './fleets/unbegun.ts';
import { postgresQuotas, writesAt } from './quotas/postgres-quotas.ts';
import { postgresRuns } from './runs/postgres-runs.ts';
import { meantRun } from './runs/run-names.ts';
import { writeInto } from './runs/write-here.ts';
import { openPresence } from './database/presence.ts';
import { bringUpToDate } from './database/schema.ts';
import { storeAddress } from './database/store-address.ts';
import type { GivenTime } from './quotas/store-time.ts';

export interface PostgresHomeOptions {
  readonly url: string;
  /** The name that a run is given, whatever its results are called. */
  readonly run?: string | undefined;
  /** How long the store is waited for. */
  readonly timeoutMs: number;
  /** Whether that is so as it is opened, too: who has never met it may have mistyped its name. */
  readonly patient?: boolean | undefined;
}

export interface PostgresHomeDependencies {
  readonly disk: Disk;
  readonly machine: Pick<Machine, 'host' | 'pid'>;
  readonly clock: Clock;
  readonly told: DatabaseDependencies['told'];
  /** A test's own clock in the store's place. */
  readonly givenTime?: GivenTime;
}

/** A home in a store. */
export interface PostgresHome extends FleetHome {
  /** From now on nobody waits for the store to come back: who would have is told `reason`. */
  readonly hurry: (reason: Error) => void;
  readonly close: () => Promise<void>;
}

/** What a worker's runs write in that time is committed together: little of the second before a call in which its note has to be made. */
const GATHER_MS = 25;

/** A package that only those install who need it. */
async function loadPg(): Promise<typeof Pg> {
  try {
    return await import('pg');
  } catch (error) {
    throw new RunError(
      'usage',
      'A store needs the package pg, which is not installed.',
      { code: 'install_pg' },
      error,
    );
  }
}

/** Opens the home that a PostgreSQL database is, and sets it up where it is none yet. */
export async function openPostgresHome(
  options: PostgresHomeOptions,
  deps: PostgresHomeDependencies,
): Promise<PostgresHome> {
  const address = storeAddress(options.url);
  const { Client, Pool } = await loadPg();
  const { clock, machine, told, givenTime = () => null } = deps;
  const { timeoutMs, patient } = options;
  const database = openDatabase(address, { pool: Pool, clock, timeoutMs, patient, told });
  const presence = openPresence({
    client: Client,
    connection: connectionOf(address),
    place: address.place,
    machine,
    clock,
  });
  const close = async (): Promise<void> => {
    await presence.end();
    await database.close();
  };
  const committer = createCommitter(database, clock);
  const counting = { database, presence, committer, clock, givenTime };
  try {
    await bringUpToDate(database);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    runs: postgresRuns({
      ...deps,
      ...counting,
      run: options.run,
      writesAt: (place) => writesAt(place, counting),
    }),
    quotas: postgresQuotas(counting),
    hurry: database.hurry,
    unbegun: (named) => unbegunRuns(database, named === undefined ? {} : meantRun(named, options.run)),
    writeResults: (run, folder) => writeInto(run, folder, deps.disk),
    fleets: (how) => {
      if (how.supervise) committer.gather(GATHER_MS);
      return openFleets(database, how);
    },
    close,
  };
}
