import type { Clock } from '../model/clock.ts';
import { createCallRing } from '../model/quota/call-ring.ts';
import type { CallTimes } from '../model/quota/earliest-start.ts';
import { createLedgerTime } from '../model/quota/ledger-time.ts';
import { QUOTA_DAY_MS } from '../model/quota/quota-day.ts';

/** The calls that an account's quota has seen, each noted before it is made. Reads and writes have one each. */
export interface Ledger {
  /** The ledger's own time, epoch milliseconds: never goes back, whatever the wall clock does. */
  readonly nowMs: () => number;
  /** All calls that still count, by ledger time, and perhaps older ones; up to the capacity it was opened with. */
  readonly times: CallTimes;
  /** Notes a call at `nowMs()`; it outlives the process once this returns. A `RunError` if it can't be noted. */
  readonly record: () => void;
  /** Flushes, and lets go of the ledger. */
  readonly close: () => Promise<void>;
}

/** How many times a ledger keeps where the daily quota does not ask for more: 8 MB of memory, when full. */
const USUAL_CAPACITY = 1_000_000;

/** A quota of `callsPerDay` can be told from this many of the newest times. */
export function ledgerCapacity(callsPerDay: number | 'unlimited'): number {
  return callsPerDay === 'unlimited' ? USUAL_CAPACITY : Math.max(USUAL_CAPACITY, callsPerDay);
}

/** A ledger that ends with the process: for a service that does too, such as the embedded emulator. */
export function createMemoryLedger(clock: Clock, capacity: number = USUAL_CAPACITY): Ledger {
  const time = createLedgerTime(clock, 0);
  const times = createCallRing(capacity);
  return {
    nowMs: () => time.nowMs(),
    times,
    record: () => {
      const nowMs = Math.ceil(time.nowMs());
      times.forgetUntil(nowMs - QUOTA_DAY_MS);
      times.push(nowMs);
    },
    close: async () => undefined,
  };
}
