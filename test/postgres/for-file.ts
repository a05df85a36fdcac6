import { Client } from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { postgresFolder } from './binaries.ts';
import { startPostgres, type PostgresServer } from './server.ts';

/** The PostgreSQL of a test file. */
export interface PostgresStage {
  /** npm has no programs for this platform: what needs them is skipped by name. */
  readonly absent: boolean;
  readonly server: () => PostgresServer;
  /** The URL of a database that nobody has used. */
  readonly database: () => Promise<string>;
}

/** Starts a PostgreSQL before the tests of a file, and removes it behind them. */
export function postgresForFile(): PostgresStage {
  let started: PostgresServer | undefined;
  let databases = 0;
  const absent = postgresFolder() === undefined;
  beforeAll(async () => {
    started = await startPostgres();
  });
  afterAll(async () => {
    await started?.remove();
  });
  const server = (): PostgresServer => {
    if (started === undefined) throw new Error('There is no PostgreSQL for this platform.');
    return started;
  };
  return {
    absent,
    server,
    database: async () => {
      databases += 1;
      const name = `store_${databases}`;
      const client = new Client(server().url());
      await client.connect();
      await client.query(`create database ${name}`);
      await client.end();
      return server().url(name);
    },
  };
}
