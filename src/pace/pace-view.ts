import type { DayQuota } from './day-quota.ts';
import type { PaceState } from './pace-state.ts';
import type { Pace } from './pace.ts';

/** Where a pace stands, its daily quota included. */
export interface PaceView {
  readonly state: () => PaceState;
  /** When the last of so many more calls would start, epoch milliseconds. */
  readonly expectedFinishMs: (remainingCalls: number) => number;
}

export function viewPace(
  pace: Pick<Pace, 'state' | 'expectedFinishMs'>,
  { usage }: Pick<DayQuota, 'usage'>,
): PaceView {
  return {
    state: () => pace.state(usage()),
    expectedFinishMs: (remainingCalls) => pace.expectedFinishMs(remainingCalls, usage()),
  };
}
