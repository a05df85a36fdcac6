import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../../model/clock.ts';

/** The time that other processes of this machine go by, whatever clock a run has. */
export const realTime: Pick<Clock, 'sleep'> = {
  sleep: (delayMs, signal) => wait(delayMs, undefined, { signal }),
};
