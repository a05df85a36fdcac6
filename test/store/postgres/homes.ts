import { Client } from 'pg';
import { onTestFinished } from 'vitest';
import { realDisk } from '../../../src/disk/disk.ts';
import { thisMachine } from '../../../src/disk/machine.ts';
import type { Clock } from '../../../src/model/clock.ts';
import {
  openPostgresHome,
  type PostgresHome,
  type PostgresHomeDependencies,
  type PostgresHomeOptions,
} from '../../../src/store/postgres/postgres-home.ts';

/** A home in the store of a test; it is closed behind the test. */
export async function homeAt(
  options: Pick<PostgresHomeOptions, 'url'> & Partial<PostgresHomeOptions>,
  clock: Clock,
  more: Partial<PostgresHomeDependencies> = {},
): Promise<PostgresHome> {
  const home = await openPostgresHome(
    { timeoutMs: 60_000, ...options },
    {
      disk: realDisk,
      machine: thisMachine,
      clock,
      told: () => undefined,
      ...more,
    },
  );
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => (closing ??= home.close());
  onTestFinished(close);
  return { ...home, close };
}

/** Asks the store behind the home's back. */
export async function askDirectly<Row extends object>(
  url: string,
  sql: string,
  values: readonly unknown[] = [],
): Promise<readonly Row[]> {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query<Row>(sql, [...values])).rows;
  } finally {
    await client.end();
  }
}
