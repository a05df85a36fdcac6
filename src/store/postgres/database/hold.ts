import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../model/clock.ts';
import { RunError } from '../../../model/run-error.ts';
import type { Holder } from '../../holder.ts';
import type { Ask, Database } from './database.ts';
import { assertKnown } from './schema.ts';

/** What one process at a time may write to. */
export interface Held {
  readonly table: 'run' | 'account';
  readonly id: string;
}

/** Who takes hold. */
export interface Taker {
  readonly process: string;
  readonly purpose: string;
  readonly clock: Pick<Clock, 'sleep'>;
}

const LOOK_AGAIN_MS = 500;

/**
 * Takes hold, and raises the epoch by it: whoever had it before can write no more. Throws a `RunError` that names who has it; where the
 * server was restarted since that one was heard of, it waits until it is heard of again, or has been silent for too long.
 */
export async function takeHold(
  { ask, place }: Pick<Database, 'ask' | 'place'>,
  { table, id }: Held,
  by: Taker,
): Promise<string> {
  const epoch = await takeAs(ask, { table, id }, { ...by, hold: randomUUID() });
  try {
    await assertKnown({ ask, place });
  } catch (error) {
    await letGo(ask, { table, id }, epoch);
    throw error;
  }
  return epoch;
}

/** `hold`: asked again where the answer was lost, it is known as our own. */
async function takeAs(ask: Ask, { table, id }: Held, by: Taker & { readonly hold: string }): Promise<string> {
  const [taken] = await ask<{ epoch: string }>(
    `update oppsweep.${table} set epoch = epoch + 1, holder = $2, hold = $4, held_since = clock_timestamp(), purpose = $3
     where id = $1 and (holder is null or hold = $4 or not oppsweep.lives(holder)) returning epoch`,
    [id, by.process, by.purpose, by.hold],
  );
  if (taken !== undefined) return taken.epoch;
  const holder = await holderOf(ask, { table, id });
  if (holder === undefined && !(await isThere(ask, { table, id }))) throw gone();
  // Let go of between the two: asked again, it is free.
  if (holder === undefined) return takeAs(ask, { table, id }, by);
  if (!(await isHeardOf(ask, { table, id }))) {
    await by.clock.sleep(LOOK_AGAIN_MS);
    return takeAs(ask, { table, id }, by);
  }
  throw heldBy(table, holder);
}

/**
 * Whether nobody has taken hold since. It writes the row, to itself: whoever is about to take hold at that moment looks at it again behind
 * this, and finds that its holder lives.
 */
export async function isStillHeld(
  ask: Ask,
  { table, id, epoch }: Held & { readonly epoch: string },
): Promise<boolean> {
  const ours = await ask(
    `update oppsweep.${table} set epoch = epoch where id = $1 and epoch = $2 returning id`,
    [id, epoch],
  );
  return ours.length > 0;
}

/** Only what is still ours: another's hold stays. */
export async function letGo(ask: Ask, { table, id }: Held, epoch: string): Promise<void> {
  await ask(`update oppsweep.${table} set holder = null, held_since = null where id = $1 and epoch = $2`, [
    id,
    epoch,
  ]);
}

export async function holderOf(ask: Ask, { table, id }: Held): Promise<Holder | undefined> {
  const [row] = await ask<{ host: string; pid: number; since: Date; purpose: string }>(
    `select p.host, p.pid, h.held_since as since, h.purpose
     from oppsweep.${table} h join oppsweep.process p on p.id = h.holder
     where h.id = $1 and oppsweep.lives(h.holder)`,
    [id],
  );
  return row && { ...row, since: row.since.toISOString() };
}

async function isThere(ask: Ask, { table, id }: Held): Promise<boolean> {
  return (await ask(`select from oppsweep.${table} where id = $1`, [id])).length > 0;
}

/** By who begins in its place, or deletes its fleet. */
function gone(): RunError {
  return new RunError('run_taken_over', 'The run was taken out of the store by another process meanwhile.');
}

/** Since the server was started. */
async function isHeardOf(ask: Ask, { table, id }: Held): Promise<boolean> {
  const silent = await ask(
    `select from oppsweep.${table} h join oppsweep.process p on p.id = h.holder
     where h.id = $1 and p.backend_start < pg_postmaster_start_time()`,
    [id],
  );
  return silent.length === 0;
}

function heldBy(table: Held['table'], { host, pid, since, purpose }: Holder): RunError {
  const what = table === 'run' ? 'This run' : "This account's quota";
  return new RunError(
    table === 'run' ? 'run_held' : 'account_held',
    `${what} is held by process ${pid} on ${host} since ${since} (${purpose}).`,
    { code: 'wait_for_holder_in_store', host, purpose },
  );
}
