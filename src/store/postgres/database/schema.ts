import { RunError } from '../../../model/run-error.ts';
import type { Ask, Database } from './database.ts';
import { FIRST_SCHEMA } from './first-schema.ts';
import { SECOND_SCHEMA } from './second-schema.ts';
import { takenOver } from './store-faults.ts';
import { THIRD_SCHEMA } from './third-schema.ts';

/** What brings a store from each version to the next. One that is out is never changed: the next change is one more. */
export const MIGRATIONS: readonly string[] = [FIRST_SCHEMA, SECOND_SCHEMA, THIRD_SCHEMA];

/** Of the advisory lock under which one process at a time changes the schema. */
const LOCK = 7_072_651;

/**
 * Whoever holds a run or an account is cut off, as by a takeover: it neither writes nor calls any more. Nobody takes hold in the meantime, and
 * who does behind it looks at the version.
 */
const CUT_OFF = `
lock table oppsweep.account, oppsweep.run in share row exclusive mode;
update oppsweep.account set epoch = epoch + 1 where holder is not null;
update oppsweep.run set epoch = epoch + 1 where holder is not null;
`;

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
    if (version > 0) await ask(CUT_OFF);
    for (const migration of known.slice(version)) await ask(migration);
    await ask('delete from oppsweep.schema_version');
    await ask('insert into oppsweep.schema_version (version) values ($1)', [known.length]);
  });
}

/** Throws a `RunError` where a later version has changed the store since this process began. */
export async function assertKnown({ ask, place }: Pick<Database, 'ask' | 'place'>): Promise<void> {
  const version = await versionOf(ask);
  if (version > MIGRATIONS.length) throw later(place, version, MIGRATIONS.length);
}

/** Why somebody else's hold is in the place of ours: another process took over, or a later version let go of all. */
export async function cutOff(database: Pick<Database, 'ask' | 'place'>, words: string): Promise<unknown> {
  try {
    await assertKnown(database);
    return takenOver(words);
  } catch (error) {
    return error;
  }
}

async function versionOf(ask: Ask): Promise<number> {
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
