import type { Hold } from '../../../model/call.ts';
import { onAbort } from '../../../model/on-abort.ts';
import type { Database } from '../database/database.ts';
import { isStillHeld, type Held } from '../database/hold.ts';
import type { Presence } from '../database/presence.ts';
import { cutOff } from '../database/schema.ts';

/** A run, or an account, as this process took hold of it. */
export interface OurHold extends Held {
  readonly epoch: string;
  readonly words: string;
}

/**
 * On while another process may have taken over: until it was seen, in the stretch of this process's word that is now, that it has not. Its
 * end rejects with `run_taken_over` where it has, and is waited for as the store is.
 */
export function leaseHold(
  { presence, database }: { readonly presence: Presence; readonly database: Database },
  ours: () => readonly OurHold[],
): Hold {
  let seenIn: number | undefined;
  let looking: Promise<void> | undefined;

  const look = async (): Promise<void> => {
    // In this order: what is ours after the word stays so as long as the word holds.
    await database.outlast(presence.speak);
    const stretch = presence.stretch();
    for (const one of ours())
      if (!(await isStillHeld(database.ask, one))) throw await cutOff(database, one.words);
    seenIn = stretch;
  };
  return {
    isOn: () => seenIn === undefined || presence.stretch() !== seenIn,
    over: async (signal) => {
      looking ??= look().finally(() => (looking = undefined));
      await unlessAborted(looking, signal);
    },
  };
}

function unlessAborted(waited: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    // The caller's own reason, whatever it is.
    const stay = onAbort(signal, () => reject(signal.reason as Error));
    waited.finally(stay).then(resolve, reject);
    if (signal.aborted) reject(signal.reason as Error);
  });
}
