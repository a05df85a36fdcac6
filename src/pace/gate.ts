import type { Clock, Dice } from '../model/clock.ts';
import { createCallRing } from '../model/quota/call-ring.ts';
import { callsSince, earliestStart } from '../model/quota/earliest-start.ts';
import type { Ledger } from './ledger.ts';
import { DAY_MS, QUOTA_DAY_MS } from '../model/quota/quota-day.ts';
import { shortWindow, type ShortWindow } from './short-window.ts';
import { afterAccepted, afterThrottled, UNTHROTTLED, type Throttling } from './throttling.ts';

export type WaitReason = 'rate' | 'throttled' | 'daily_quota';

export interface Wait {
  /** 0 or less: no wait. */
  readonly delayMs: number;
  readonly why: WaitReason;
}

/**
 * Decides when calls may go; never sleeps. A call asks twice: to be admitted (a place in the daily quota is set aside
 * for it, and its write-ahead note may be made), and to start, just before it leaves.
 */
export interface Gate {
  readonly admission: () => Wait;
  readonly admitted: () => void;
  /** An admitted call that will not start. */
  readonly withdrawn: () => void;
  readonly start: () => Wait;
  /** Notes an admitted call in the ledger: it leaves now. */
  readonly started: () => void;
  readonly noteAnswer: (answer: 'accepted' | 'throttled') => void;
  readonly state: () => GateState;
}

export interface GateState {
  readonly usedInDay: number;
  /** How long the daily quota, and a pause after a throttle, hold the next call up; 0 or less: not at all. */
  readonly quotaDelayMs: number;
  readonly pauseDelayMs: number;
  readonly throttling: Throttling;
  readonly window: ShortWindow;
}

export interface GateOptions {
  readonly callsPerSecond: number | 'unlimited';
  /** What may be used of the quota: any reserve is taken off. */
  readonly callsPerDay: number | 'unlimited';
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly dice: Dice;
}

/** Notes stand ready for this much of a second's calls: long enough for a slow disk, few to settle after a crash. */
const READY_SECONDS = 0.25;
const READY_AT_LEAST = 2;

export function createGate(options: GateOptions): Gate {
  const { callsPerSecond, callsPerDay, ledger, clock, dice } = options;
  const readyAtMost =
    callsPerSecond === 'unlimited'
      ? Number.POSITIVE_INFINITY
      : Math.max(READY_AT_LEAST, callsPerSecond * READY_SECONDS);
  let throttling = UNTHROTTLED;
  let window = shortWindow(callsPerSecond, throttling.stretch);
  let ready = 0;
  const recent = createCallRing(window.calls);
  // How long ago the ledger's last call left can't be known from a wall clock: one whole window passes first.
  const openFromMs =
    callsPerSecond === 'unlimited' || ledger.times.length === 0
      ? Number.NEGATIVE_INFINITY
      : clock.monotonicMs() + window.windowMs;

  const throttled = (next: Throttling): void => {
    throttling = next;
    window = shortWindow(callsPerSecond, throttling.stretch);
  };
  const pauseDelayMs = (): number => throttling.pausedUntilMs - clock.monotonicMs();
  const quotaDelayMs = (): number => {
    if (callsPerDay === 'unlimited') return 0;
    const calls = callsPerDay - ready;
    // Those admitted will use it up.
    if (calls < 1) return QUOTA_DAY_MS;
    const nowMs = ledger.nowMs();
    return earliestStart(ledger.times, nowMs, [{ calls, windowMs: QUOTA_DAY_MS }]) - nowMs;
  };
  const admission = (): Wait => {
    const quota: Wait = { delayMs: quotaDelayMs(), why: 'daily_quota' };
    const pause: Wait = { delayMs: pauseDelayMs(), why: 'throttled' };
    const longer = quota.delayMs > pause.delayMs ? quota : pause;
    if (longer.delayMs > 0) return longer;
    return { delayMs: ready < readyAtMost ? 0 : window.windowMs, why: 'rate' };
  };

  return {
    admission,
    admitted: () => {
      ready += 1;
    },
    withdrawn: () => {
      ready -= 1;
    },
    start: () => {
      const nowMs = clock.monotonicMs();
      const delayMs = Math.max(earliestStart(recent, nowMs, window.windows), openFromMs) - nowMs;
      const pausedMs = pauseDelayMs();
      return pausedMs > delayMs ? { delayMs: pausedMs, why: 'throttled' } : { delayMs, why: 'rate' };
    },
    started: () => {
      ledger.record();
      recent.push(clock.monotonicMs());
      ready -= 1;
    },
    noteAnswer: (answer) => {
      if (answer === 'accepted') return throttled(afterAccepted(throttling, window.calls));
      const moment = { wallMs: clock.wallMs(), monotonicMs: clock.monotonicMs(), windowMs: window.windowMs };
      return throttled(afterThrottled(throttling, { ...moment, roll: dice() }));
    },
    state: () => ({
      usedInDay: callsSince(ledger.times, ledger.nowMs() - DAY_MS),
      quotaDelayMs: quotaDelayMs(),
      pauseDelayMs: pauseDelayMs(),
      throttling,
      window,
    }),
  };
}
