import type { Clock } from '../../src/model/clock.ts';

/** A clock that moves only when told, or when all that runs is asleep. It starts at the epoch's day 20,000. */
export interface VirtualClock extends Clock {
  /** Milliseconds since the start as nobody's clock shows them: suspended time included, set clocks not. */
  readonly trueMs: () => number;
  /** Both clocks move on; whoever's sleep has ended by then wakes. */
  readonly advance: (ms: number) => void;
  /** The machine sleeps: only the wall clock moves on. */
  readonly suspend: (ms: number) => void;
  /** Someone sets the wall clock, forward or back. */
  readonly setWall: (byMs: number) => void;
  /** How many sleep now. */
  readonly sleeping: () => number;
  /** Time stands still while this goes on: an answer of another process, of which the event loop knows nothing. */
  readonly during: <T>(work: Promise<T>) => Promise<T>;
  /** Lets `work` go on, and time pass whenever it only sleeps, until it settles. */
  readonly run: <T>(work: Promise<T>) => Promise<T>;
}

export const START_MS: number = 20_000 * 86_400_000;

interface Sleeper {
  readonly dueMs: number;
  readonly wake: () => void;
}

export function createVirtualClock(): VirtualClock {
  let wallMs = START_MS;
  let monotonicMs = 5000;
  let trueMs = 0;
  const sleepers = new Set<Sleeper>();
  const outside = new Set<Promise<unknown>>();

  const move = (ms: number): void => {
    wallMs += ms;
    trueMs += ms;
  };
  const advance = (ms: number): void => {
    move(ms);
    monotonicMs += ms;
    for (const sleeper of sleepers) {
      if (sleeper.dueMs > monotonicMs) continue;
      sleepers.delete(sleeper);
      sleeper.wake();
    }
  };
  const nextWakeMs = (): number | undefined => {
    const due = [...sleepers].map((sleeper) => sleeper.dueMs);
    return due.length === 0 ? undefined : Math.max(0, Math.min(...due) - monotonicMs);
  };

  return {
    wallMs: () => Math.floor(wallMs),
    monotonicMs: () => monotonicMs,
    trueMs: () => trueMs,
    sleep: (delayMs, signal) =>
      new Promise<void>((resolve, reject) => {
        const wake = (): void => {
          signal?.removeEventListener('abort', abandon);
          resolve();
        };
        const sleeper: Sleeper = { dueMs: monotonicMs + delayMs, wake };
        sleepers.add(sleeper);
        const abandon = (): void => {
          sleepers.delete(sleeper);
          reject(signal?.reason as Error); // the caller's own reason
        };
        if (signal?.aborted) abandon();
        signal?.addEventListener('abort', abandon, { once: true });
      }),
    sleeping: () => sleepers.size,
    advance,
    suspend: move,
    setWall: (byMs) => {
      wallMs += byMs;
    },
    during: async (work) => {
      outside.add(work);
      try {
        return await work;
      } finally {
        outside.delete(work);
      }
    },
    run: async (work) => {
      const settling = { done: false };
      const settle = (): void => {
        settling.done = true;
      };
      work.then(settle, settle);
      while (!settling.done) {
        await settleDown();
        if (outside.size > 0) {
          await Promise.race(outside).catch(() => undefined);
          continue;
        }
        const stepMs = nextWakeMs();
        if (!settling.done && stepMs !== undefined) advance(stepMs);
      }
      return work;
    },
  };
}

/** Until promises and the real I/O and timers of this moment have had their turn. */
async function settleDown(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}
