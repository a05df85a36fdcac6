import type { Clock } from '../../model/clock.ts';
import { onAbort } from '../../model/on-abort.ts';

/** Rings once, so long after it was set; setting it twice is setting it once. */
export interface Alarm {
  readonly set: () => void;
  readonly stop: () => void;
}

/** `stopped`: ends it for good. */
export function createAlarm(
  clock: Pick<Clock, 'sleep'>,
  delayMs: number,
  stopped: AbortSignal,
  ring: () => void,
): Alarm {
  let running: AbortController | undefined;
  const stop = (): void => {
    running?.abort();
    running = undefined;
  };
  return {
    stop,
    set: () => {
      if (running !== undefined || stopped.aborted) return;
      const own = new AbortController();
      running = own;
      const stay = onAbort(stopped, stop);
      const end = (): void => {
        stay();
        if (running !== own) return;
        running = undefined;
        ring();
      };
      clock.sleep(delayMs, own.signal).then(end, stay);
    },
  };
}
