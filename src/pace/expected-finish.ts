import type { CallTimes } from '../model/quota/earliest-start.ts';
import { QUOTA_DAY_MS } from '../model/quota/quota-day.ts';

export interface Outlook {
  readonly remainingCalls: number;
  /** By the clock of `times`. */
  readonly nowMs: number;
  readonly callsPerSecond: number | 'unlimited';
  /** The part of the quota that may be used: any reserve is taken off. */
  readonly callsPerDay: number | 'unlimited';
  /** The calls so far; of `CallTimes` for the last 24 hours. */
  readonly times: CallTimes;
  /** No call before. */
  readonly pausedUntilMs?: number;
}

/** When the last of the remaining calls starts, if nothing but rate, quota and pause holds them up. Epoch milliseconds. */
export function expectedFinish(outlook: Outlook): number {
  const { remainingCalls, callsPerSecond, callsPerDay } = outlook;
  const firstMs = Math.max(outlook.nowMs, outlook.pausedUntilMs ?? outlook.nowMs);
  if (remainingCalls <= 0) return outlook.nowMs;
  const spacingMs = callsPerSecond === 'unlimited' ? 0 : 1000 / callsPerSecond;
  if (callsPerDay === 'unlimited') return firstMs + (remainingCalls - 1) * spacingMs;

  // From the third quota's worth of calls on each starts one period after the one that many before it.
  const periods = Math.max(0, Math.ceil(remainingCalls / callsPerDay) - 2);
  const periodMs = Math.max(QUOTA_DAY_MS, callsPerDay * spacingMs);
  const starts = new Float64Array(remainingCalls - periods * callsPerDay);
  let startMs = firstMs - spacingMs;
  for (let call = 0; call < starts.length; call++) {
    const sameInQuota = call - callsPerDay;
    const freedBy = sameInQuota < 0 ? outlook.times.at(sameInQuota) : starts[sameInQuota];
    startMs = Math.max(startMs + spacingMs, (freedBy ?? Number.NEGATIVE_INFINITY) + QUOTA_DAY_MS);
    starts[call] = startMs;
  }
  return startMs + periods * periodMs;
}

/** How long that many calls take on an unused quota, milliseconds: 10,000 at 1 a second are 2 h 47 min. */
export function idealDuration(
  calls: number,
  callsPerSecond: number | 'unlimited',
  callsPerDay: number | 'unlimited',
): number {
  return expectedFinish({ remainingCalls: calls, nowMs: 0, callsPerSecond, callsPerDay, times: [] });
}
