import { RunError } from '../model/run-error.ts';
import type { DayUsage } from './pace-state.ts';
import type { QuotaWait } from './quota-rule.ts';

/** The daily quota of one kind of call. */
export interface DayQuota {
  /** Counts a call, if the day has room for it. A `RunError` where it can't be noted. */
  readonly take: () => Promise<'taken' | QuotaWait>;
  readonly usage: () => DayUsage;
}

/** The part of a daily quota that a reserve for other tools leaves: a `RunError` where that is nothing. */
export function usablePerDay(callsPerDay: number | 'unlimited', reserve: number): number | 'unlimited' {
  if (callsPerDay === 'unlimited') return 'unlimited';
  if (callsPerDay - reserve >= 1) return callsPerDay - reserve;
  const message = `A reserve of ${reserve} leaves nothing of a daily quota of ${callsPerDay}.`;
  throw new RunError('usage', message, { code: 'lower_reserve' });
}
