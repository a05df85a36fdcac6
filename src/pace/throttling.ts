/**
 * The state that throttled answers have led to. A throttle is the service's word that the quota is used up, whatever we counted:
 * every call pauses, and the short window is stretched for a while.
 */
export interface Throttling {
  /** Throttled answers since the last accepted one. */
  readonly streak: number;
  /** Wall clock at the first of them. */
  readonly sinceMs?: number;
  /** Pauses in a row: each is twice as long as the one before. */
  readonly pauses: number;
  /** Monotonic clock; no call before. */
  readonly pausedUntilMs: number;
  /** The factor by which the short window is stretched: 1, or more at first and after throttles. */
  readonly stretch: number;
}

/**
 * Until the connections are open and the code is warm, calls reach the service less evenly than they leave: measured
 * on loopback, a call may overtake the one a window before it by 10 ms, and the window itself has 6 of them.
 */
const FIRST_STRETCH = 1.008;

export const UNTHROTTLED: Throttling = {
  streak: 0,
  pauses: 0,
  pausedUntilMs: Number.NEGATIVE_INFINITY,
  stretch: FIRST_STRETCH,
};

const LONGEST_PAUSE_MS = 60_000;
/** Of a pause, added at random: so that two tools on one account don't stay in step. */
const JITTER_SHARE = 0.1;
/** A throttle where there was none for long: a call came early by what a machine stalls for, and most stalls are shorter. */
const FIRST_STEP = 1.01;
/** Where the last one is not forgotten yet: less is allowed than we took for it. */
const NEXT_STEP = 1.03;
const LONGEST_STRETCH = 1.5;
/** Given back by each window's worth of accepted calls: at the edge of what is accepted, one throttle in some 150. */
const STRETCH_BACK = 0.0002;

export interface ThrottleMoment {
  readonly wallMs: number;
  readonly monotonicMs: number;
  /** The first pause. */
  readonly windowMs: number;
  /** A uniform draw from [0, 1). */
  readonly roll: number;
  /** The least wait that the service asks for, milliseconds; longer than any pause of ours, if it will. */
  readonly leastMs?: number | undefined;
}

/** Answers that come during a pause are of calls that left before it: they make it no longer, unless they ask for that. */
export function afterThrottled(before: Throttling, moment: ThrottleMoment): Throttling {
  const streak = before.streak + 1;
  const sinceMs = before.sinceMs ?? moment.wallMs;
  const leastUntilMs = moment.monotonicMs + (moment.leastMs ?? 0);
  if (moment.monotonicMs < before.pausedUntilMs) {
    return { ...before, streak, sinceMs, pausedUntilMs: Math.max(before.pausedUntilMs, leastUntilMs) };
  }
  const pauseMs = moment.windowMs * 2 ** before.pauses * (1 + JITTER_SHARE * moment.roll);
  return {
    streak,
    sinceMs,
    pauses: before.pauses + 1,
    pausedUntilMs: Math.max(moment.monotonicMs + Math.min(pauseMs, LONGEST_PAUSE_MS), leastUntilMs),
    stretch: Math.min(
      before.stretch * (before.stretch > FIRST_STRETCH ? NEXT_STEP : FIRST_STEP),
      LONGEST_STRETCH,
    ),
  };
}

/** `callsPerWindow` are those of the short window. */
export function afterAccepted(before: Throttling, callsPerWindow: number): Throttling {
  if (before.streak === 0 && before.stretch === 1) return before;
  return {
    streak: 0,
    pauses: 0,
    pausedUntilMs: before.pausedUntilMs,
    stretch: Math.max(1, before.stretch - STRETCH_BACK / callsPerWindow),
  };
}
