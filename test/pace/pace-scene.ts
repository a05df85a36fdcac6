import { createPace, type Pace, type PaceOptions, type PacedJob } from '../../src/pace/pace.ts';
import { memoryDay, type MemoryDay } from '../store/days.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';

/** A pace in virtual time, and the calls of rows that it may be given. */
export interface PaceScene {
  readonly clock: VirtualClock;
  readonly day: MemoryDay;
  readonly pace: Pace;
  /** A new row's call, counted and noted before it queues. */
  readonly job: <T>(call: () => Promise<T>, note?: () => Promise<void>) => PacedJob<T>;
}

type Change = Partial<PaceOptions> & { readonly callsPerDay?: number };

export function paceScene({ callsPerDay, ...change }: Change = {}): PaceScene {
  const clock = createVirtualClock();
  const day = memoryDay(clock, callsPerDay ?? 'unlimited');
  const pace = createPace({
    callsPerSecond: 'unlimited',
    concurrency: 4,
    waitForQuota: true,
    calledBefore: false,
    clock,
    dice: () => 0,
    ...change,
  });
  const job: PaceScene['job'] = (call, note = async () => undefined) => ({
    claim: async () => {
      const place = await day.take();
      if (place === 'taken') await note();
      return place;
    },
    count: day.take,
    call,
    priority: 'new',
    signal: never,
  });
  return { clock, day, pace, job };
}

export const never: AbortSignal = new AbortController().signal;
