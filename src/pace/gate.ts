import type { Clock, Dice } from '../model/clock.ts';
import { createCallRing } from '../model/quota/call-ring.ts';
import { earliestStart } from '../model/quota/earliest-start.ts';
import { createLateArrival } from '../model/quota/late-arrival.ts';
import { shortWindow, type ShortWindow } from '../model/quota/short-window.ts';
import { createLeastLead } from './least-lead.ts';
import { afterAccepted, afterThrottled, UNTHROTTLED, type Throttling } from './throttling.ts';

/**
 * Judges just before each call leaves whether it may, by the short window alone and in memory; never sleeps. The queue spaces the
 * calls: what is left to the gate are the milliseconds by which timers are late.
 */
export interface Gate {
  /** How long the short window holds the next call up, milliseconds; 0 or less: not at all. */
  readonly windowDelayMs: () => number;
  /** The same of what holds all calls up: a pause after a throttle, or the first window of a process. */
  readonly pauseDelayMs: () => number;
  /** How long a call may be held up by the window: one that comes earlier has not been spaced. */
  readonly patienceMs: () => number;
  /** Notes that a call leaves now, which the window held up for so long. */
  readonly started: (heldMs: number) => Departure;
  /** `leastPauseMs`: the least wait that a throttled answer asks for. */
  readonly noteAnswer: (answer: 'accepted' | 'throttled', leastPauseMs?: number) => void;
  readonly counts: () => PaceCounts;
  /** How far apart the queue is to let calls come: as the window asks, and falling back behind calls that were held up. */
  readonly spacingMs: () => number;
  /** Calls that may be claimed ahead of those that leave. */
  readonly claimsAhead: number;
  /** How long until one more call may be claimed where `ahead` of them are, milliseconds. */
  readonly claimDelayMs: (ahead: number) => number;
  readonly state: () => GateState;
}

/** A call that leaves; the service counts it later than that. */
export interface Departure {
  /** Its request has been written to a connected socket. */
  readonly written: () => void;
  /** Its answer is there: how long it took tells whether the request may have arrived late. */
  readonly answered: () => void;
}

/** The calls that have left, and the answers that were throttles. */
export interface PaceCounts {
  readonly calls: number;
  readonly throttles: number;
}

export interface GateState {
  /** How long a pause after a throttle holds the next call up; 0 or less: not at all. */
  readonly pauseDelayMs: number;
  readonly throttling: Throttling;
  readonly window: ShortWindow;
}

export interface GateOptions {
  readonly callsPerSecond: number | 'unlimited';
  /** Calls under way at most. */
  readonly concurrency: number;
  /** Whether the account made calls before this process, and perhaps just now. */
  readonly calledBefore: boolean;
  readonly clock: Clock;
  readonly dice: Dice;
}

/** Claims stand ready for this much of a second's calls: long enough for a slow disk, few to settle after a crash. */
const READY_SECONDS = 0.25;
/** No call is claimed longer ahead of its start. */
const CLAIM_AHEAD_MS = 1000;
/** Of the even distance: the queue lets calls come a little early, since what comes late by a timer is lost, and the gate's wait is exact. */
const EARLY_SHARE = 0.005;
/** Of the window: a call that would be held up longer goes back to the queue. */
const PATIENCE_SHARE = 0.5;

export function createGate(options: GateOptions): Gate {
  const { callsPerSecond, concurrency, clock, dice } = options;
  const unlimited = callsPerSecond === 'unlimited';
  const claimsAhead = unlimited
    ? Math.max(2, concurrency)
    : Math.max(1, Math.floor(callsPerSecond * READY_SECONDS));
  let throttling = UNTHROTTLED;
  let window = shortWindow(callsPerSecond, throttling.stretch);
  let lastHeldMs = 0;
  const counts = { calls: 0, throttles: 0 };
  const recent = createCallRing(window.calls);
  const arrival = createLateArrival();
  const lead = createLeastLead();
  // How long ago the account's last call left can't be known from a wall clock: one whole window passes first.
  const openFromMs =
    unlimited || !options.calledBefore ? Number.NEGATIVE_INFINITY : clock.monotonicMs() + window.windowMs;

  const throttled = (next: Throttling): void => {
    throttling = next;
    window = shortWindow(callsPerSecond, throttling.stretch);
  };
  const windowDelayMs = (): number => {
    const writtenMs = clock.monotonicMs() + lead.leastMs();
    return earliestStart(recent, writtenMs, window.windows) - writtenMs;
  };
  const pauseDelayMs = (): number => Math.max(throttling.pausedUntilMs, openFromMs) - clock.monotonicMs();
  const evenSpacingMs = (): number => (unlimited ? 0 : window.windowMs / window.calls);

  return {
    windowDelayMs,
    pauseDelayMs,
    patienceMs: () => window.windowMs * PATIENCE_SHARE,
    started: (heldMs) => {
      const startedMs = clock.monotonicMs();
      let countsFromMs = startedMs;
      recent.push(countsFromMs);
      counts.calls += 1;
      lastHeldMs = heldMs;
      const postpone = (laterMs: number): void => {
        recent.postpone(countsFromMs, laterMs);
        countsFromMs = laterMs;
      };
      return {
        written: () => {
          postpone(clock.monotonicMs());
          lead.note(countsFromMs - startedMs);
        },
        answered: () => {
          const lateMs = unlimited ? 0 : arrival.lateMs(clock.monotonicMs() - countsFromMs);
          if (lateMs > 0) postpone(countsFromMs + lateMs);
        },
      };
    },
    noteAnswer: (answer, leastMs) => {
      if (answer === 'throttled') counts.throttles += 1;
      if (answer === 'accepted') return throttled(afterAccepted(throttling, window.calls));
      const moment = { wallMs: clock.wallMs(), monotonicMs: clock.monotonicMs(), windowMs: window.windowMs };
      return throttled(afterThrottled(throttling, { ...moment, leastMs, roll: dice() }));
    },
    counts: () => ({ ...counts }),
    // A part of it each time: the turns of those that are claimed are settled already.
    spacingMs: () => evenSpacingMs() * (1 - EARLY_SHARE) + lastHeldMs / (claimsAhead + 1),
    claimsAhead,
    claimDelayMs: (ahead) =>
      Math.max(pauseDelayMs(), windowDelayMs() + ahead * evenSpacingMs() - CLAIM_AHEAD_MS),
    state: () => ({
      pauseDelayMs: throttling.pausedUntilMs - clock.monotonicMs(),
      throttling,
      window,
    }),
  };
}
