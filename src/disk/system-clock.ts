import type { Clock } from '../model/clock.ts';
import { onAbort } from '../model/on-abort.ts';

/** The machine's clocks. Timers past 2^31 ms fire at once, so no caller sleeps longer than a minute at a time. */
export const systemClock: Clock = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  sleep: (delayMs, signal) =>
    new Promise((resolve, reject) => {
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
    }),
};
