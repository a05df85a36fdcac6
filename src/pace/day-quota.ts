import { earliestStart } from '../model/quota/earliest-start.ts';
import { QUOTA_DAY_MS } from '../model/quota/quota-day.ts';
import { RunError } from '../model/run-error.ts';
import type { Ledger } from './ledger.ts';
import type { DayUsage } from './pace-state.ts';
import type { QuotaWait } from './quota-rule.ts';

/** The daily quota of one kind of call. */
export interface DayQuota {
  /** Counts a call, if the day has room for it. A `RunError` where it can't be noted. */
  readonly take: () => Promise<'taken' | QuotaWait>;
  readonly usage: () => DayUsage;
  readonly close: () => Promise<void>;
}

/** `callsPerDay`: what may be used, any reserve taken off. */
export function createDayQuota(ledger: Ledger, callsPerDay: number | 'unlimited'): DayQuota {
  return {
    take: async () => {
      const nowMs = ledger.nowMs();
      const freeAtMs =
        callsPerDay === 'unlimited'
          ? nowMs
          : earliestStart(ledger.times, nowMs, [{ calls: callsPerDay, windowMs: QUOTA_DAY_MS }]);
      if (freeAtMs > nowMs) return { waitMs: freeAtMs - nowMs, why: 'daily_quota' };
      ledger.record();
      return 'taken';
    },
    usage: () => ({ nowMs: ledger.nowMs(), times: ledger.times, callsPerDay }),
    close: ledger.close,
  };
}

/** What a reserve for other tools leaves of a daily quota: a `RunError` where that is nothing. */
export function usablePerDay(callsPerDay: number | 'unlimited', reserve: number): number | 'unlimited' {
  if (callsPerDay === 'unlimited') return 'unlimited';
  if (callsPerDay - reserve >= 1) return callsPerDay - reserve;
  const message = `A reserve of ${reserve} leaves nothing of a daily quota of ${callsPerDay}.`;
  throw new RunError('usage', message, { code: 'lower_reserve' });
}
