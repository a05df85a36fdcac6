import { onAbort } from '../model/on-abort.ts';

/** Retries go ahead of new rows; among equals the first come goes first. */
export type Priority = 'retry' | 'new';

/** A call's turn. It has its place among the calls under way until it is ended. */
export interface Turn {
  readonly end: () => void;
}

/** The queue in which calls wait for their turn. */
export interface CallQueue {
  /** Rejects with the signal's reason as soon as that is aborted. */
  readonly turn: (priority: Priority, signal: AbortSignal) => Promise<Turn>;
  /** How far apart turns begin from now on, milliseconds. */
  readonly space: (spacingMs: number) => void;
  /** Whoever waits is turned away with `reason`; the turns that have begun go on. */
  readonly close: (reason: Error) => void;
}

/** A call that waits for its turn. */
export interface Waiter {
  readonly priority: Priority;
  /** Resolves once the turn is ended. */
  readonly begin: () => Promise<void>;
  readonly turnAway: (reason: unknown) => void;
}

/** The waiter, and what it waits for; `leave` takes it out of the queue where its signal is aborted. */
export function waitFor(
  priority: Priority,
  signal: AbortSignal,
  join: (waiter: Waiter) => void,
  leave: (waiter: Waiter) => void,
): Promise<Turn> {
  return new Promise((resolve, reject) => {
    // The caller's own reason, whatever it is.
    if (signal.aborted) return reject(signal.reason as Error);
    const waiter: Waiter = {
      priority,
      begin: () => {
        stay();
        return new Promise((end) => resolve({ end }));
      },
      turnAway: (reason) => {
        stay();
        reject(reason);
      },
    };
    const stay = onAbort(signal, () => {
      leave(waiter);
      reject(signal.reason as Error);
    });
    return join(waiter);
  });
}

/** Bounds the calls under way, and spaces none: what a rate without limit uses. */
export function createOpenQueue(concurrency: number): CallQueue {
  const waiting = { retry: new Set<Waiter>(), new: new Set<Waiter>() };
  let underWay = 0;
  let closedFor: Error | undefined;
  const first = (): Waiter | undefined => {
    for (const waiter of waiting.retry) return waiter;
    for (const waiter of waiting.new) return waiter;
    return undefined;
  };
  const leave = (waiter: Waiter): void => {
    waiting[waiter.priority].delete(waiter);
  };
  const fill = (): void => {
    for (let next = first(); next !== undefined && underWay < concurrency; next = first()) {
      leave(next);
      underWay += 1;
      void next.begin().then(() => {
        underWay -= 1;
        fill();
      });
    }
  };
  return {
    turn: (priority, signal) =>
      waitFor(
        priority,
        signal,
        (waiter) => {
          if (closedFor !== undefined) return waiter.turnAway(closedFor);
          waiting[priority].add(waiter);
          return fill();
        },
        leave,
      ),
    space: () => undefined,
    close: (reason) => {
      closedFor = reason;
      for (let next = first(); next !== undefined; next = first()) {
        leave(next);
        next.turnAway(reason);
      }
    },
  };
}
