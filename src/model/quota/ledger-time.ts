import type { Clock } from '../clock.ts';

/** The ledger's time when the wall clock showed `wallMs`: kept while the wall clock is behind. */
export interface TimeMark {
  readonly wallMs: number;
  readonly ledgerMs: number;
}

/** Epoch milliseconds that never go back. */
export interface LedgerTime {
  readonly nowMs: () => number;
  /** Another process has got as far: this one is no earlier from now on. */
  readonly saw: (timeMs: number) => void;
}

/**
 * The wall clock, except that it goes on from the newest time ever seen when the wall clock is set back: so that buys
 * no quota, and a clock that was once set forward by mistake does not block for as long as it was wrong. A leap
 * forward is believed: it is what a suspend looks like.
 */
export function createLedgerTime(clock: Clock, startMs: number): LedgerTime {
  let newestMs = Math.max(clock.wallMs(), startMs);
  let seenAtMs = clock.monotonicMs();
  const nowMs = (): number => {
    const monotonicMs = clock.monotonicMs();
    newestMs = Math.max(clock.wallMs(), newestMs + (monotonicMs - seenAtMs));
    seenAtMs = monotonicMs;
    return newestMs;
  };
  return {
    nowMs,
    saw: (timeMs) => {
      newestMs = Math.max(nowMs(), timeMs);
    },
  };
}

/**
 * Ledger time at the start of a process that finds `newestMs` in the ledger. Where the wall clock is behind that, the
 * mark an earlier process left tells how much time has passed since, as far as the wall clock moved on from it.
 */
export function resumedTime(wallMs: number, newestMs: number, mark: TimeMark | undefined): number {
  const seenMs = Math.max(newestMs, mark?.ledgerMs ?? 0);
  if (wallMs >= seenMs || mark === undefined || wallMs < mark.wallMs) return Math.max(wallMs, seenMs);
  return Math.max(seenMs, mark.ledgerMs + (wallMs - mark.wallMs));
}
