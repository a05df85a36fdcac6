import Bottleneck from 'bottleneck';
import type { Clock } from '../model/clock.ts';

/** A bounded number of things at a time, each let in when its turn comes. */
export interface Slots {
  /** `work` runs once there is a place for it, and has that place until it resolves. It must not reject. */
  readonly take: (work: () => Promise<void>) => void;
  /** What has not begun never will. */
  readonly close: () => void;
}

/** Places alone, no spacing: what a rate without limit uses. */
export function createUnspacedSlots(concurrency: number): Slots {
  const waiting = new Set<() => Promise<void>>();
  let running = 0;
  const fill = (): void => {
    for (const work of waiting) {
      if (running >= concurrency) return;
      waiting.delete(work);
      running += 1;
      void work().then(() => {
        running -= 1;
        fill();
      });
    }
  };
  return {
    take: (work) => {
      waiting.add(() => work());
      fill();
    },
    close: () => waiting.clear(),
  };
}

export interface SpacedSlotsOptions {
  readonly concurrency: number;
  readonly spacingMs: number;
  readonly clock: Clock;
}

/** A wall clock that went back by more than this was set. */
const SET_BACK_MS = 1000;

/**
 * Places that open at even distances, by Bottleneck. That reckons by the wall clock, and one set back by an hour would
 * make it wait for an hour: a new limiter then takes over what has not begun.
 */
export function createSpacedSlots({ concurrency, spacingMs, clock }: SpacedSlotsOptions): Slots {
  const waiting = new Set<() => Promise<void>>();
  let limiter = createLimiter(concurrency, spacingMs);
  let offsetMs = clock.wallMs() - clock.monotonicMs();

  const submit = (work: () => Promise<void>): void => {
    const current = limiter;
    const turn = current.schedule(async () => {
      renewIfSetBack();
      // A turn of a limiter that was replaced: the work waits for the new one.
      if (current !== limiter || !waiting.delete(work)) return;
      await work();
      renewIfSetBack();
    });
    // Rejects only for work that was dropped, and that is either with the new limiter or will never run.
    turn.catch(() => undefined);
  };
  const renewIfSetBack = (): void => {
    const nowOffsetMs = clock.wallMs() - clock.monotonicMs();
    const setBack = nowOffsetMs < offsetMs - SET_BACK_MS;
    offsetMs = nowOffsetMs;
    if (!setBack) return;
    const old = limiter;
    limiter = createLimiter(concurrency, spacingMs);
    stop(old);
    for (const work of waiting) submit(work);
  };

  return {
    take: (work) => {
      const own = (): Promise<void> => work();
      renewIfSetBack();
      waiting.add(own);
      submit(own);
    },
    close: () => {
      waiting.clear();
      stop(limiter);
    },
  };
}

function createLimiter(concurrency: number, spacingMs: number): Bottleneck {
  return new Bottleneck({ maxConcurrent: concurrency, minTime: spacingMs });
}

/** Not waited for: it resolves once what runs has ended, and rejects where it was stopped before. */
function stop(limiter: Bottleneck): void {
  limiter.stop({ dropWaitingJobs: true }).catch(() => undefined);
}
