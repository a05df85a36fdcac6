/** At most `calls` in any half-open stretch of `windowMs`. */
export interface WindowLimit {
  readonly calls: number;
  readonly windowMs: number;
}

/**
 * A strict limit: of any `calls + 1` counted times, the last is at least `windowMs` after the first. Times must not
 * go back. Keeps the last `calls` times in a ring that grows as it fills.
 */
export class SlidingWindow {
  readonly #limit: WindowLimit;
  #times = new Float64Array(16);
  #counted = 0;

  constructor(limit: WindowLimit) {
    this.#limit = limit;
  }

  hasRoomAt(timeMs: number): boolean {
    const { calls, windowMs } = this.#limit;
    if (this.#counted < calls) return true;
    const oldest = this.#times[this.#counted % calls];
    // No time at all: a limit of none.
    return oldest !== undefined && timeMs - oldest >= windowMs;
  }

  count(timeMs: number): void {
    const { calls } = this.#limit;
    if (calls === 0) return;
    const place = this.#counted % calls;
    if (place >= this.#times.length) this.#grow(Math.min(calls, this.#times.length * 2));
    this.#times[place] = timeMs;
    this.#counted += 1;
  }

  #grow(length: number): void {
    const grown = new Float64Array(length);
    grown.set(this.#times);
    this.#times = grown;
  }
}
