import type { Clock } from '../model/clock.ts';
import { onAbort } from '../model/on-abort.ts';
import { createWaitingLine, type Priority } from './waiting-line.ts';

export interface Passage {
  readonly priority: Priority;
  readonly signal: AbortSignal;
}

/** Lets waiting jobs through one at a time, each when the rule it was made with says so. */
export interface Turnstile {
  /** Rejects with the signal's reason once aborted, or with what the rule throws. */
  readonly pass: (passage: Passage) => Promise<void>;
  /** Asks the rule again now: to be called when it may have become more lenient. */
  readonly wake: () => void;
  /** Everyone waiting, and everyone who comes later, is rejected with `reason`. */
  readonly close: (reason: Error) => void;
}

export interface TurnstileRule {
  /** How long the next one must wait, in milliseconds; 0 or less is now. */
  readonly delayMs: () => number;
  /** Takes note of the one that passes, in the same instant as `delayMs` allowed it. */
  readonly passed: () => void;
}

/** After at most this long the clocks are read again: a suspend or a set clock is noticed, no timer overflows. */
export const LONGEST_SLEEP_MS = 60_000;

interface Waiter {
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

export function createTurnstile(rule: TurnstileRule, clock: Clock): Turnstile {
  const line = createWaitingLine<Waiter>();
  let alarm = new AbortController();
  let pumping = false;
  let closedFor: Error | undefined;

  const sleep = async (delayMs: number): Promise<void> => {
    alarm = new AbortController();
    // Woken early is as good as slept: the rule is asked again.
    await clock.sleep(Math.min(Math.ceil(delayMs), LONGEST_SLEEP_MS), alarm.signal).catch(() => undefined);
  };
  /** Lets the first one through, or says how long it must wait. */
  const admit = (waiter: Waiter): number => {
    try {
      const delayMs = rule.delayMs();
      if (delayMs > 0) return delayMs;
      rule.passed();
      waiter.resolve();
    } catch (error) {
      waiter.reject(error);
    }
    line.leave(waiter);
    return 0;
  };
  const pump = async (): Promise<void> => {
    if (pumping) return;
    pumping = true;
    for (let waiter = line.first(); waiter !== undefined; waiter = line.first()) {
      const delayMs = admit(waiter);
      if (delayMs > 0) await sleep(delayMs);
    }
    pumping = false;
  };

  return {
    pass: ({ priority, signal }) =>
      new Promise<void>((resolve, reject) => {
        if (closedFor !== undefined) return reject(closedFor);
        // The caller's own reason, whatever it is.
        if (signal.aborted) return reject(signal.reason as Error);
        const settle = (act: () => void): void => {
          stay();
          act();
        };
        const waiter: Waiter = {
          resolve: () => settle(resolve),
          reject: (reason) => settle(() => reject(reason)),
        };
        const abandon = (): void => {
          if (!line.leave(waiter)) return;
          waiter.reject(signal.reason);
          if (line.size() === 0) alarm.abort();
        };
        const stay = onAbort(signal, abandon);
        line.join(waiter, priority);
        void pump();
        return undefined;
      }),
    wake: () => alarm.abort(),
    close: (reason) => {
      closedFor = reason;
      for (const waiter of line.leaveAll()) waiter.reject(reason);
      alarm.abort();
    },
  };
}
