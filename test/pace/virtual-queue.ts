import type { Clock } from '../../src/model/clock.ts';
import type { CallQueue } from '../../src/pace/call-queue.ts';
import { createGate } from '../../src/pace/gate.ts';
import type { PaceParts } from '../../src/pace/pace.ts';

/** A queue that spaces its turns as Bottleneck does, by a virtual clock; bounds nothing. */
export function createVirtualQueue(clock: Clock, firstSpacingMs: number): CallQueue {
  let spacingMs = firstSpacingMs;
  let nextMs = clock.monotonicMs();
  return {
    turn: async (_priority, signal) => {
      const turnMs = Math.max(clock.monotonicMs(), nextMs);
      nextMs = turnMs + spacingMs;
      if (turnMs > clock.monotonicMs()) await clock.sleep(turnMs - clock.monotonicMs(), signal);
      return { end: () => undefined };
    },
    space: (nextSpacingMs) => {
      spacingMs = nextSpacingMs;
    },
    close: () => undefined,
  };
}

/** A pace whose queue lives in virtual time. */
export const VIRTUAL_PARTS: PaceParts = {
  createGate,
  openQueue: ({ clock }, spacingMs) => createVirtualQueue(clock, spacingMs),
};
