import { SHORT_SLEEP_MS, type Clock } from '../model/clock.ts';
import { onAbort } from '../model/on-abort.ts';

/** The machine's clocks. Timers past 2^31 ms fire at once, so no caller sleeps longer than a minute at a time. */
export const systemClock: Clock = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  sleep: (delayMs, signal) =>
    delayMs <= SHORT_SLEEP_MS ? passTurns(delayMs, signal) : sleepByTimer(delayMs, signal),
};

/** Lets the event loop turn until the time has come. */
function passTurns(delayMs: number, signal: AbortSignal | undefined): Promise<void> {
  const untilMs = performance.now() + delayMs;
  return new Promise((resolve, reject) => {
    const turn = (): void => {
      // The caller's own reason, whatever it is.
      if (signal?.aborted === true) return reject(signal.reason as Error);
      if (performance.now() >= untilMs) return resolve();
      setImmediate(turn);
      return undefined;
    };
    turn();
  });
}

function sleepByTimer(delayMs: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    // The caller's own reason, whatever it is.
    if (signal?.aborted === true) return reject(signal.reason as Error);
    const wake = (): void => {
      stay?.();
      resolve();
    };
    const timer = setTimeout(wake, delayMs);
    const stay =
      signal &&
      onAbort(signal, () => {
        clearTimeout(timer);
        reject(signal.reason as Error);
      });
    return undefined;
  });
}
