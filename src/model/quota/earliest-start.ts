/** Start times of calls, oldest first, in milliseconds of one clock. An array is one. */
export interface CallTimes {
  readonly length: number;
  /** As `Array.prototype.at`: -1 is the newest. */
  readonly at: (index: number) => number | undefined;
}

/** At most `calls` starts in any half-open window of `windowMs`. */
export interface QuotaWindow {
  /** At least 1, a whole number. */
  readonly calls: number;
  readonly windowMs: number;
}

/**
 * The earliest time, `nowMs` or later, at which one more call passes no window: the second and the 24 hours alike.
 * `times` must go back as far as the largest `calls`.
 */
export function earliestStart(times: CallTimes, nowMs: number, windows: readonly QuotaWindow[]): number {
  let earliestMs = nowMs;
  for (const { calls, windowMs } of windows) {
    const oldestThatCounts = times.at(-calls);
    if (oldestThatCounts !== undefined) earliestMs = Math.max(earliestMs, oldestThatCounts + windowMs);
  }
  return earliestMs;
}

/** How many of the calls started after `sinceMs`. */
export function callsSince(times: CallTimes, sinceMs: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times.at(middle) ?? 0) > sinceMs) high = middle;
    else low = middle + 1;
  }
  return times.length - low;
}

/** The newest `count` times, oldest first; all, where there are fewer. */
export function newestOf(times: CallTimes, count: number): number[] {
  const length = Math.min(count, times.length);
  return Array.from({ length }, (_, index) => times.at(index - length) ?? 0);
}
