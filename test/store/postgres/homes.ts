import { Client, Pool } from 'pg';
import { onTestFinished } from 'vitest';
import { realDisk } from '../../../src/disk/disk.ts';
import { thisMachine } from '../../../src/disk/machine.ts';
import { systemClock } from '../../../src/disk/system-clock.ts';
import type { Clock } from '../../../src/model/clock.ts';
import { openDatabase } from '../../../src/store/postgres/database/database.ts';
import { bringUpToDate, MIGRATIONS } from '../../../src/store/postgres/database/schema.ts';
import { storeAddress } from '../../../src/store/postgres/database/store-address.ts';
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

/** As a later version does, whose schema has one step more. */
export async function bringBeyond(url: string): Promise<void> {
  const deps = { pool: Pool, clock: systemClock, timeoutMs: 60_000, told: () => undefined };
  const database = openDatabase(storeAddress(url), deps);
  await bringUpToDate(database, [...MIGRATIONS, 'create table oppsweep.later ()']);
  await database.close();
}

/** Every row of every table of ours and of the queue's, and what the server is asked at the moment; bytes as the text that they are. */
export async function everythingIn(url: string): Promise<string> {
  const tables = await askDirectly<{ name: string }>(
    url,
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname like 'oppsweep%'`,
  );
  const rows = [];
  for (const { name } of [...tables, { name: 'pg_stat_activity' }]) {
    rows.push(...(await askDirectly<{ text: string }>(url, `select t::text as text from ${name} t`)));
  }
  return rows
    .map(({ text }) => text)
    .join('\n')
    .replaceAll(/\\x([0-9a-f]+)/g, (_, hex: string) => Buffer.from(hex, 'hex').toString('latin1'));
}
