import type { Clock } from '../model/clock.ts';
import { onAbort } from '../model/on-abort.ts';

/** Sleeps, and rejects with the reason of the first signal that is aborted. */
export async function sleepUnless(
  signals: readonly AbortSignal[],
  delayMs: number,
  clock: Clock,
): Promise<void> {
  for (const signal of signals) signal.throwIfAborted();
  const own = new AbortController();
  const stays = signals.map((signal) => onAbort(signal, () => own.abort(signal.reason)));
  try {
    await clock.sleep(delayMs, own.signal);
  } finally {
    for (const stay of stays) stay();
  }
}
