import type { Clock } from '../../../model/clock.ts';
import type { Ask } from '../database/database.ts';

/** The store's clock as this process knows it: no host's clock decides when quota frees. Epoch milliseconds, never back. */
export interface StoreTime {
  readonly nowMs: () => number;
  /** Asks the store where this machine slept, its clock was set, or the last answer is old. */
  readonly refresh: () => Promise<void>;
}

/** A test's own clock in the store's place; `null`: the store's. */
export type GivenTime = () => number | null;

/** Clocks of two machines drift apart by a second in a day and more. */
const OLD_MS = 600_000;
const APART_MS = 1_000;

/** `newestMs`: as far as the store's time has come before, by what it has counted. */
export async function openStoreTime(
  ask: Ask,
  clock: Pick<Clock, 'wallMs' | 'monotonicMs'>,
  given: GivenTime,
  newestMs: number,
): Promise<StoreTime> {
  let newest = newestMs;
  let known = { storeMs: 0, wallMs: 0, monotonicMs: 0 };
  const read = async (): Promise<void> => {
    const [row] = await ask<{ now: number }>('select oppsweep.now_ms($1) as now', [given()]);
    // As of the answer: it is later by no more than its way.
    known = { storeMs: row?.now ?? 0, wallMs: clock.wallMs(), monotonicMs: clock.monotonicMs() };
  };
  await read();
  return {
    nowMs: () => {
      newest = Math.max(newest, known.storeMs + clock.monotonicMs() - known.monotonicMs);
      return newest;
    },
    refresh: async () => {
      const passedMs = clock.monotonicMs() - known.monotonicMs;
      const apartMs = Math.abs(clock.wallMs() - known.wallMs - passedMs);
      if (passedMs > OLD_MS || apartMs > APART_MS) await read();
    },
  };
}
