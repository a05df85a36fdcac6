/** Time, passed in so that no test sleeps. */
export interface Clock {
  /** Wall clock: epoch milliseconds; may jump either way. */
  readonly wallMs: () => number;
  /** Monotonic clock: milliseconds from an arbitrary start; never goes back, may stand still in a suspend. */
  readonly monotonicMs: () => number;
  /** Resolves after about `delayMs`, after exactly that where it is a short sleep; rejects with the signal's reason once aborted. */
  readonly sleep: (delayMs: number, signal?: AbortSignal) => Promise<void>;
}

/** What timers count in: the machine's clock stays awake for a sleep that is no longer. */
export const SHORT_SLEEP_MS = 1;

/** An instant by both clocks. */
export interface Moment {
  readonly wallMs: number;
  readonly monotonicMs: number;
}

export function momentOf(clock: Pick<Clock, 'wallMs' | 'monotonicMs'>): Moment {
  return { wallMs: clock.wallMs(), monotonicMs: clock.monotonicMs() };
}

/** By both clocks: the monotonic one may stand still while the machine sleeps, the other may be set back. */
export function elapsedMs(since: Moment, now: Moment): number {
  return Math.max(now.wallMs - since.wallMs, now.monotonicMs - since.monotonicMs);
}

/** Clocks that differ by less are one: what an answer's way and whole seconds may come to. */
export const SAME_CLOCK_MS = 60_000;

/** The same clock with its wall set right: `aheadMs` is how far it is ahead of the truth. */
export function setRight(clock: Clock, aheadMs: number): Clock {
  return aheadMs === 0 ? clock : { ...clock, wallMs: () => clock.wallMs() - aheadMs };
}

/** A uniform draw from [0, 1), passed in so that every run of a test is the same. */
export type Dice = () => number;
