import type { Clock } from '../model/clock.ts';
import { expectedFinish } from './expected-finish.ts';
import type { GateState } from './gate.ts';
import type { Ledger } from './ledger.ts';

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
  /** What is allowed now: less than was asked for after throttles. */
  readonly callsPerSecond: number | 'unlimited';
}

/** What a pace was made with, as far as its state depends on it. */
export interface PaceLimits {
  readonly callsPerSecond: number | 'unlimited';
  /** Any reserve is taken off. */
  readonly callsPerDay: number | 'unlimited';
  readonly ledger: Ledger;
  readonly clock: Clock;
}

export function describePace(state: GateState, limits: PaceLimits): PaceState {
  const { usedInDay, quotaDelayMs, pauseDelayMs, throttling } = state;
  const wallMs = limits.clock.wallMs();
  const why = quotaDelayMs > pauseDelayMs ? 'daily_quota' : 'throttled';
  const delayMs = Math.max(quotaDelayMs, pauseDelayMs);
  return {
    usedInDay,
    leftInDay: limits.callsPerDay === 'unlimited' ? 'unlimited' : Math.max(0, limits.callsPerDay - usedInDay),
    ...(quotaDelayMs > 0 && { freesAtMs: Math.round(wallMs + quotaDelayMs) }),
    ...(delayMs > 0 && { paused: { untilMs: Math.round(wallMs + delayMs), why } }),
    throttled: {
      count: throttling.streak,
      ...(throttling.sinceMs !== undefined && throttling.streak > 0 && { sinceMs: throttling.sinceMs }),
    },
    callsPerSecond: rateNow(state, limits),
  };
}

/** When the last of so many more calls would start. */
export function expectFinish(remainingCalls: number, state: GateState, limits: PaceLimits): number {
  const { ledger, clock, callsPerDay } = limits;
  const nowMs = ledger.nowMs();
  const finishMs = expectedFinish({
    remainingCalls,
    nowMs,
    callsPerSecond: rateNow(state, limits),
    callsPerDay,
    times: ledger.times,
    pausedUntilMs: nowMs + Math.max(0, state.pauseDelayMs),
  });
  return clock.wallMs() + (finishMs - nowMs);
}

function rateNow({ window }: GateState, { callsPerSecond }: PaceLimits): number | 'unlimited' {
  return callsPerSecond === 'unlimited' ? 'unlimited' : (1000 * window.calls) / window.windowMs;
}
