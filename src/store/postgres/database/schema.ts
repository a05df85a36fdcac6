import { RunError } from '../../../model/run-error.ts';
import type { Database } from './database.ts';
import { FIRST_SCHEMA } from './first-schema.ts';
import { SECOND_SCHEMA } from './second-schema.ts';

/** What brings a store from each version to the next. One that is out is never changed: the next change is one more. */
const MIGRATIONS: readonly string[] = [FIRST_SCHEMA, SECOND_SCHEMA];

/** Of the advisory lock under which one process at a time changes the schema. */
const LOCK = 7_072_651;

/**
 * Brings the store to this version's schema, which is begun where there is none. Refuses one of a later version: an older tool knows nothing
 * of what that keeps where.
 */
export async function bringUpToDate(
  { place, transact }: Database,
  known: readonly string[] = MIGRATIONS,
): Promise<void> {
  await transact(async (ask) => {
    await ask(`select pg_advisory_xact_lock(${LOCK})`);
    const [encoding] = await ask<{ server_encoding: string }>('show server_encoding');
    if (encoding?.server_encoding !== 'UTF8') throw otherEncoding(place, encoding?.server_encoding ?? '');
    const [there] = await ask<{ found: boolean }>(
      "select to_regclass('oppsweep.schema_version') is not null as found",
    );
    const version = there?.found === true ? await versionOf(ask) : 0;
    if (version > known.length) throw later(place, version, known.length);
    if (version === known.length) return;
    for (const migration of known.slice(version)) await ask(migration);
    await ask('delete from oppsweep.schema_version');
    await ask('insert into oppsweep.schema_version (version) values ($1)', [known.length]);
  });
}

async function versionOf(ask: Parameters<Parameters<Database['transact']>[0]>[0]): Promise<number> {
  const [row] = await ask<{ version: number }>('select version from oppsweep.schema_version');
  return row?.version ?? 0;
}

function later(place: string, version: number, known: number): RunError {
  return new RunError(
    'usage',
    `The store ${place} was set up by a later version of oppsweep: its schema has version ${version}, and this one knows ${known}.`,
    { code: 'install_newer' },
  );
}

function otherEncoding(place: string, encoding: string): RunError {
  return new RunError(
    'usage',
    `The database ${place} has the encoding ${encoding}, and a store needs UTF8.`,
    { code: 'ask_store_owner' },
  );
}
