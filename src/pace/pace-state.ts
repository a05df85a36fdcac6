import type { Clock } from '../model/clock.ts';
import { callsSince, earliestStart, type CallTimes } from '../model/quota/earliest-start.ts';
import { DAY_MS, QUOTA_DAY_MS } from '../model/quota/quota-day.ts';
import { expectedFinish } from './expected-finish.ts';
import type { GateState } from './gate.ts';
import { isWaitedFor } from './quota-rule.ts';

/** JSON-safe: what `status` shows of another process's run. Times are epoch milliseconds by the wall clock. */
export interface PaceState {
  /** Calls in the last 24 hours, by every run of the account on this machine. */
  readonly usedInDay: number;
  readonly leftInDay: number | 'unlimited';
  /** When the used-up daily quota has room again; absent while there is room. */
  readonly freesAtMs?: number;
  /** Why nothing goes now, and until when. */
  readonly paused?: { readonly untilMs: number; readonly why: 'throttled' | 'daily_quota' };
  /** Throttled answers since the last accepted one, and when the first of them came. */
  readonly throttled: { readonly count: number; readonly sinceMs?: number };
  /** The rate allowed now: less than was asked for after throttles. */
  readonly callsPerSecond: number | 'unlimited';
}

/** The part of the daily quota that is used. */
export interface DayUsage {
  /** The ledger's own time, which never goes back, epoch milliseconds. */
  readonly nowMs: number;
  /** The calls of the last 24 hours by that time, and perhaps older ones. */
  readonly times: CallTimes;
  /** The part that may be used: any reserve is taken off. */
  readonly callsPerDay: number | 'unlimited';
}

/** Parts that the state of a pace depends on, beside its gate. */
export interface PaceLimits {
  readonly callsPerSecond: number | 'unlimited';
  readonly day: DayUsage;
  readonly clock: Clock;
  /** False where a used-up daily quota ends the run: it is no pause then. */
  readonly waitForQuota: boolean;
  /** Calls that are counted and not answered yet: they have their place in the quota, and nothing pauses for it while they go. */
  readonly counted: number;
}

export function describePace(state: GateState, limits: PaceLimits): PaceState {
  const { pauseDelayMs, throttling } = state;
  const { day } = limits;
  const wallMs = limits.clock.wallMs();
  const usedInDay = callsSince(day.times, day.nowMs - DAY_MS);
  const quotaDelayMs = quotaDelayOf(day);
  const waits = limits.counted === 0 && isWaitedFor(quotaDelayMs, limits.waitForQuota);
  const waitMs = waits ? quotaDelayMs : 0;
  const why = waitMs > pauseDelayMs ? 'daily_quota' : 'throttled';
  const delayMs = Math.max(waitMs, pauseDelayMs);
  return {
    usedInDay,
    leftInDay: day.callsPerDay === 'unlimited' ? 'unlimited' : Math.max(0, day.callsPerDay - usedInDay),
    ...(quotaDelayMs > 0 && { freesAtMs: Math.round(wallMs + quotaDelayMs) }),
    ...(delayMs > 0 && { paused: { untilMs: Math.round(wallMs + delayMs), why } }),
    throttled: {
      count: throttling.streak,
      ...(throttling.sinceMs !== undefined && throttling.streak > 0 && { sinceMs: throttling.sinceMs }),
    },
    callsPerSecond: rateNow(state, limits),
  };
}

/** When the last of so many calls that are not answered would start. */
export function expectFinish(unansweredCalls: number, state: GateState, limits: PaceLimits): number {
  const { day, clock, counted } = limits;
  const finishMs = expectedFinish({
    ...day,
    remainingCalls: unansweredCalls - counted,
    callsPerSecond: rateNow(state, limits),
    pausedUntilMs: day.nowMs + Math.max(0, state.pauseDelayMs),
  });
  return clock.wallMs() + (finishMs - day.nowMs);
}

function quotaDelayOf({ times, nowMs, callsPerDay }: DayUsage): number {
  if (callsPerDay === 'unlimited') return 0;
  return earliestStart(times, nowMs, [{ calls: callsPerDay, windowMs: QUOTA_DAY_MS }]) - nowMs;
}

function rateNow({ window }: GateState, { callsPerSecond }: PaceLimits): number | 'unlimited' {
  return callsPerSecond === 'unlimited' ? 'unlimited' : (1000 * window.calls) / window.windowMs;
}
