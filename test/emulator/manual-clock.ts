import type { Clock } from '../../src/model/clock.ts';

/** Time that moves when a test says so; a sleep moves it by its length and is over at once. */
export interface ManualClock extends Clock {
  readonly advance: (byMs: number) => void;
}

export function manualClock(startMs: number = Date.UTC(2025, 0, 31, 12)): ManualClock {
  let elapsedMs = 0;
  const advance = (byMs: number): void => {
    elapsedMs += byMs;
  };
  return {
    advance,
    wallMs: () => startMs + elapsedMs,
    monotonicMs: () => elapsedMs,
    sleep: async (delayMs) => advance(delayMs),
  };
}
