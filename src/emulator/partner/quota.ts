import { SlidingWindow } from './sliding-window.ts';

export type Limit = number | 'unlimited';

export interface QuotaLimits {
  readonly perSecond: Limit;
  readonly perDay: Limit;
  /** Whether a refused call takes from the quota too. */
  readonly refusedCallsCount: boolean;
}

/** The window that a call would have passed, if any. */
export type QuotaVerdict = 'admitted' | 'over-rate' | 'over-day';

const SECOND_MS = 1000;
const DAY_MS = 86_400_000;

/** The quota that all writes, or all reads, of the account share: any second, and any 24 hours. */
export class Quota {
  readonly #second: SlidingWindow | undefined;
  readonly #day: SlidingWindow | undefined;
  readonly #refusedCallsCount: boolean;

  constructor(limits: QuotaLimits) {
    this.#second = slidingWindow(limits.perSecond, SECOND_MS);
    this.#day = slidingWindow(limits.perDay, DAY_MS);
    this.#refusedCallsCount = limits.refusedCallsCount;
  }

  /** Decides one call at `timeMs`, monotonic, and counts it. */
  admit(timeMs: number): QuotaVerdict {
    const verdict = this.#verdictAt(timeMs);
    if (verdict === 'admitted' || this.#refusedCallsCount) {
      this.#second?.count(timeMs);
      this.#day?.count(timeMs);
    }
    return verdict;
  }

  #verdictAt(timeMs: number): QuotaVerdict {
    if (this.#second?.hasRoomAt(timeMs) === false) return 'over-rate';
    if (this.#day?.hasRoomAt(timeMs) === false) return 'over-day';
    return 'admitted';
  }
}

/** A rate that is no whole number is a whole number of calls in a window longer or shorter to match. */
function slidingWindow(limit: Limit, periodMs: number): SlidingWindow | undefined {
  if (limit === 'unlimited') return undefined;
  if (limit === 0) return new SlidingWindow({ calls: 0, windowMs: periodMs });
  const calls = Math.max(1, Math.floor(limit));
  return new SlidingWindow({ calls, windowMs: (periodMs * calls) / limit });
}
