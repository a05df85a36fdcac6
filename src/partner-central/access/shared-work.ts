import { onAbort } from '../../model/on-abort.ts';

/** Settles as the work does, or rejects at once with the signal's reason: work that hangs holds nobody up. */
export function orAborted<Result>(work: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    // The caller's own reason, whatever it is.
    const leave = (): void => reject(signal.reason as Error);
    if (signal.aborted) leave();
    const stay = onAbort(signal, leave);
    // Each call waits so: `finally` would make it three promises more.
    work.then(stay, stay);
    work.then(resolve, reject);
  });
}

/** Work that runs once for all who wait for it. */
export interface SharedWork<Result> {
  /** Rejects at once with the signal's reason; the last to leave so aborts the work itself. */
  readonly wait: (signal?: AbortSignal) => Promise<Result>;
  /** Whether it was aborted so: nobody else should begin to wait for it. */
  readonly abandoned: () => boolean;
}

export function shareWork<Result>(work: (signal: AbortSignal) => Promise<Result>): SharedWork<Result> {
  const abort = new AbortController();
  const result = work(abort.signal);
  // Somebody may always have left before it fails.
  result.catch(() => undefined);
  let waiting = 0;
  return {
    wait: async (signal) => {
      waiting += 1;
      try {
        return await orAborted(result, signal);
      } finally {
        waiting -= 1;
        if (waiting === 0 && signal?.aborted === true) abort.abort(signal.reason);
      }
    },
    abandoned: () => abort.signal.aborted,
  };
}
