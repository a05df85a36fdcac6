import { earliestStart, type CallTimes, type QuotaWindow } from '../model/quota/earliest-start.ts';
import { QUOTA_DAY_MS } from '../model/quota/quota-day.ts';
import { shortWindow } from '../model/quota/short-window.ts';
import type { DayLimit, QuotaWait, ReadLimits } from './account-quota.ts';

/** How long a call would have to wait after those of `times`; `undefined` where it need not. */
export function quotaWait(
  times: CallTimes,
  nowMs: number,
  { callsPerSecond, callsPerDay }: ReadLimits,
): QuotaWait | undefined {
  const secondMs = earliestStart(times, nowMs, secondWindows(callsPerSecond)) - nowMs;
  const dayMs = earliestStart(times, nowMs, dayWindows(callsPerDay)) - nowMs;
  if (Math.max(secondMs, dayMs) <= 0) return undefined;
  return dayMs > secondMs ? { waitMs: dayMs, why: 'daily_quota' } : { waitMs: secondMs, why: 'rate' };
}

export function dayWindows(callsPerDay: DayLimit): readonly QuotaWindow[] {
  return callsPerDay === 'unlimited' ? [] : [{ calls: callsPerDay, windowMs: QUOTA_DAY_MS }];
}

export function secondWindows(callsPerSecond: number | 'unlimited'): readonly QuotaWindow[] {
  return shortWindow(callsPerSecond, 1).windows;
}
