import { createHash, type Hash } from 'node:crypto';
import type { ResultsSink } from '../../run-store.ts';
import type { RunToken } from '../database/write.ts';
import type { Ask, Database } from '../database/database.ts';
import { cutOff } from '../database/schema.ts';
import { takenOver } from '../database/store-faults.ts';

/** So much is held before it is written, by each of a process's runs; a mark is made of what is. */
const PIECE_BYTES = 4_096;

/** The first bytes of the results so far, and the hash of these. */
export interface TextSoFar {
  readonly bytes: number;
  readonly hash: Hash;
}

export const NO_TEXT = (): TextSoFar => ({ bytes: 0, hash: createHash('sha256') });

/** Goes on behind these bytes of the results so far, and cuts off what stands there. */
export async function goOnWithPieces(
  database: Database,
  run: RunToken,
  { bytes: from, hash }: TextSoFar,
): Promise<ResultsSink> {
  await database.transact(async (ask) => {
    await assertOurs(ask, run);
    await ask('delete from oppsweep.result where run = $1 and from_byte >= $2', [run.id, from]);
    await ask(
      `update oppsweep.result set bytes = substring(bytes from 1 for ($2 - from_byte)::integer)
       where run = $1 and from_byte + length(bytes) > $2`,
      [run.id, from],
    );
  });
  return sinkInto(database, run, { bytes: from, hash });
}

function sinkInto(database: Database, run: RunToken, { bytes: from, hash }: TextSoFar): ResultsSink {
  // Strings: a buffer of one line keeps a slab of 64 KB that it shares with others.
  let held: string[] = [];
  let heldBytes = 0;
  let bytes = from;
  let last: Promise<void> = Promise.resolve();

  const push = (): Promise<void> => {
    if (heldBytes === 0) return last;
    const piece = Buffer.from(held.join(''));
    const at = bytes - heldBytes;
    held = [];
    heldBytes = 0;
    last = last.then(() => keepPiece(database, run, { at, piece }));
    // Who writes next, or ends it, is told.
    last.catch(() => undefined);
    return last;
  };
  return {
    write: async (text) => {
      const length = Buffer.byteLength(text);
      hash.update(text);
      held.push(text);
      heldBytes += length;
      bytes += length;
      if (heldBytes >= PIECE_BYTES) await push();
    },
    soFar: () => {
      void push();
      return { bytes, sha256: hash.copy().digest('hex') };
    },
    finish: async () => {
      await push();
      return hash.copy().digest('hex');
    },
    close: () => push(),
  };
}

/** One statement, and so one transaction, which nobody's taking over comes between. */
async function keepPiece(
  database: Database,
  { id, epoch, words }: RunToken,
  { at, piece }: { readonly at: number; readonly piece: Buffer },
): Promise<void> {
  const kept = await database.ask(
    `with ours as (select id from oppsweep.run where id = $1 and epoch = $2 for update)
     insert into oppsweep.result (run, from_byte, bytes) select id, $3::bigint, $4::bytea from ours
     on conflict (run, from_byte) do update set bytes = excluded.bytes returning run`,
    [id, epoch, at, piece],
  );
  if (kept.length === 0) throw await cutOff(database, words);
}

/** Holds the run's row until the transaction ends: nobody takes it over in between. */
export async function assertOurs(ask: Ask, { id, epoch, words }: RunToken): Promise<void> {
  const ours = await ask('select from oppsweep.run where id = $1 and epoch = $2 for update', [id, epoch]);
  if (ours.length === 0) throw takenOver(words);
}
