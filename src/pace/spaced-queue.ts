// In JavaScript's own `async`, where the whole one has it compiled to generators: a call costs half the time, and makes less than half the garbage.
import Bottleneck from 'bottleneck/light.js';
import type { Clock } from '../model/clock.ts';
import { waitFor, type CallQueue, type Waiter } from './call-queue.ts';

export interface SpacedQueueOptions {
  /** Calls under way at most. */
  readonly concurrency: number;
  readonly spacingMs: number;
  readonly clock: Clock;
}

/** A wall clock that went back by more than this was set. */
const SET_BACK_MS = 1000;
/** The least change that the limiter is told of, each of which costs as much as a call: less than what turns come early by. */
const LEAST_STEP_SHARE = 0.002;
/** Bottleneck's: the smaller goes first. */
const PRIORITIES = { retry: 4, new: 5 } as const;

/**
 * The queue that limits the calls: Bottleneck's own, each of whose jobs lasts from a call's turn to its answer. It reckons by
 * the wall clock, and one set back by an hour would make it wait for an hour: a new limiter then takes over who waits.
 */
export function createSpacedQueue({ concurrency, spacingMs, clock }: SpacedQueueOptions): CallQueue {
  const waiting = new Set<Waiter>();
  const underWay = new Set<Promise<void>>();
  let minTime = spacingMs;
  let limiter = new Bottleneck({ maxConcurrent: concurrency, minTime });
  let offsetMs = clock.wallMs() - clock.monotonicMs();
  let closedFor: Error | undefined;

  const submit = (waiter: Waiter): void => {
    const current = limiter;
    const job = current.schedule({ priority: PRIORITIES[waiter.priority] }, async () => {
      renewIfSetBack();
      // A turn of a limiter that was replaced, or of one who left: it is nobody's.
      if (current !== limiter || !waiting.delete(waiter)) return;
      const turn = waiter.begin();
      underWay.add(turn);
      await turn;
      underWay.delete(turn);
      renewIfSetBack();
    });
    // Rejects only what was dropped, and that is either with the new limiter or was turned away.
    job.catch(() => undefined);
  };
  const renewIfSetBack = (): void => {
    const nowOffsetMs = clock.wallMs() - clock.monotonicMs();
    const setBack = nowOffsetMs < offsetMs - SET_BACK_MS;
    offsetMs = nowOffsetMs;
    if (!setBack || closedFor !== undefined) return;
    const old = limiter;
    limiter = new Bottleneck({ maxConcurrent: concurrency, minTime });
    stop(old);
    // The calls under way keep their places, and the next turn comes one spacing from now.
    const weight = underWay.size;
    if (weight > 0) void limiter.schedule({ priority: 0, weight }, () => Promise.all(underWay));
    for (const waiter of waiting) submit(waiter);
  };
  const join = (waiter: Waiter): void => {
    if (closedFor !== undefined) return waiter.turnAway(closedFor);
    renewIfSetBack();
    waiting.add(waiter);
    return submit(waiter);
  };

  return {
    turn: (priority, signal) => waitFor(priority, signal, join, (waiter) => waiting.delete(waiter)),
    space: (wantedMs) => {
      if (closedFor !== undefined || Math.abs(wantedMs - minTime) < minTime * LEAST_STEP_SHARE) return;
      minTime = wantedMs;
      void limiter.updateSettings({ minTime });
    },
    close: (reason) => {
      closedFor = reason;
      for (const waiter of waiting) waiter.turnAway(reason);
      waiting.clear();
      stop(limiter);
    },
  };
}

/** Not waited for: it resolves once what runs has ended, and rejects where it was stopped before. */
function stop(limiter: Bottleneck): void {
  limiter.stop({ dropWaitingJobs: true }).catch(() => undefined);
}
