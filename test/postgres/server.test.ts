import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { postgresForFile } from './for-file.ts';

describe('the PostgreSQL that tests start', () => {
  const stage = postgresForFile();

  it.skipIf(stage.absent)('answers on loopback, each database apart', async () => {
    const client = new Client(await stage.database());
    await client.connect();
    await client.query('create table only_here (n int)');
    await client.end();
    const other = new Client(await stage.database());
    await other.connect();
    const { rows } = await other.query<{ n: number }>(
      "select count(*)::int as n from pg_tables where tablename = 'only_here'",
    );
    expect(rows).toEqual([{ n: 0 }]);
    await other.end();
  });
});
