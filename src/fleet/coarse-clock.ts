import { SHORT_SLEEP_MS, type Clock } from '../model/clock.ts';

/**
 * For a process of hundreds of runs: a short sleep keeps the event loop turning, and where some run always has one it never rests. A
 * timer takes a millisecond or two more, of some thousand between two calls of a run.
 */
export function coarseClock(clock: Clock): Clock {
  return {
    wallMs: clock.wallMs,
    monotonicMs: clock.monotonicMs,
    sleep: (delayMs, signal) => clock.sleep(Math.max(delayMs, 2 * SHORT_SLEEP_MS), signal),
  };
}
