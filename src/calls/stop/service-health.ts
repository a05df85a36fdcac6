import type { ReadAnswer, WriteAnswer } from '../../model/call.ts';
import type { Clock } from '../../model/clock.ts';
import { assertNever, type Fault } from '../../model/fault.ts';
import type { RunError } from '../../model/run-error.ts';
import { accessDenied, quotaGoneElsewhere, serviceUnreachable } from './stop-reasons.ts';

/**
 * The meaning of an answer for the run as a whole:
 *
 * - `row`: it is the row's own affair.
 * - `excused`: every row would have met it; the row is tried again without counting.
 * - `held`: it may be either; ask again once more is known.
 * - `stop`: the run cannot go on.
 */
export type AnswerMeaning =
  | { readonly kind: 'row' }
  | { readonly kind: 'excused' }
  | { readonly kind: 'held' }
  | { readonly kind: 'stop'; readonly reason: RunError };

/** Tells what is wrong with a row from what is wrong with everything, by the answers in their order. */
export interface ServiceHealth {
  readonly judge: (ordinal: number, answer: WriteAnswer) => AnswerMeaning;
  /** A read shows as much of the network and the service, and nothing of the rows. */
  readonly judgeRead: (answer: ReadAnswer) => AnswerMeaning;
  /** How long no call should leave, milliseconds: nothing was reachable lately. */
  readonly pauseMs: () => number;
}

interface Streak {
  readonly kind: 'throttled' | 'unreachable' | 'unanswered';
  readonly sinceMs: number;
  readonly calls: number;
  readonly rows: ReadonlySet<number>;
  readonly lastMs: number;
}

/** Throttled this long without one accepted call, within our own rate: somebody else uses the quota. */
const THROTTLED_TOO_LONG_MS = 180_000;
/** A network that was there and is gone is waited for this long. */
const UNREACHABLE_TOO_LONG_MS = 900_000;
/** Calls without any usable answer, ever, that show a dead service. */
const FIRST_CALLS_UNREACHABLE = 5;
const FIRST_CALLS_UNANSWERED = 10;
const FIRST_CALLS_DENIED = 3;
/** Reads are nobody's row. */
const NO_ROW = -1;
const PAUSE_BASE_MS = 250;
const PAUSE_CAP_MS = 60_000;

/** `slots`: rows under way at once; fewer than that can't be waited for before a denial counts for all. */
export function watchHealth(clock: Pick<Clock, 'monotonicMs'>, slots: number): ServiceHealth {
  const deniedBeforeStop = Math.min(FIRST_CALLS_DENIED, slots);
  let streak: Streak | undefined;
  let authorised = false;
  let everAnswered = false;
  const denied = new Set<number>();

  const lengthen = (kind: Streak['kind'], ordinal: number): Streak => {
    const nowMs = clock.monotonicMs();
    const before = streak?.kind === kind ? streak : undefined;
    streak = {
      kind,
      sinceMs: before?.sinceMs ?? nowMs,
      calls: (before?.calls ?? 0) + 1,
      rows: new Set([...(before?.rows ?? []), ordinal].slice(-FIRST_CALLS_UNANSWERED)),
      lastMs: nowMs,
    };
    return streak;
  };

  const judgeFault = (ordinal: number, fault: Fault): AnswerMeaning => {
    switch (fault.kind) {
      case 'throttled':
        everAnswered = true;
        return judgeThrottled(lengthen('throttled', ordinal));
      case 'unreachable':
        return judgeUnreachable(lengthen('unreachable', ordinal), fault, everAnswered);
      case 'server':
      case 'broken':
      case 'timeout':
      case 'malformed':
        return judgeUnanswered(lengthen('unanswered', ordinal), fault, everAnswered);
      case 'denied':
        if (authorised) return { kind: 'row' };
        denied.add(ordinal);
        return denied.size >= deniedBeforeStop
          ? { kind: 'stop', reason: accessDenied(fault) }
          : { kind: 'held' };
      case 'refused':
        // Said only to callers who may ask: authorisation comes first.
        authorised = true;
        everAnswered = true;
        streak = undefined;
        return { kind: 'row' };
      case 'credentials':
      case 'clock':
        return { kind: 'excused' };
      default:
        return assertNever(fault.kind);
    }
  };

  return {
    judge: (ordinal, answer) => {
      if (!answer.ok) return judgeFault(ordinal, answer.fault);
      authorised = true;
      everAnswered = true;
      streak = undefined;
      return { kind: 'row' };
    },
    judgeRead: (answer) => {
      if (!answer.ok && answer.fault.kind === 'unreachable') {
        return judgeUnreachable(lengthen('unreachable', NO_ROW), answer.fault, everAnswered);
      }
      if (answer.ok) everAnswered = true;
      if (streak?.kind === 'unreachable') streak = undefined;
      return { kind: 'row' };
    },
    pauseMs: () => {
      if (streak?.kind !== 'unreachable') return 0;
      const pauseMs = Math.min(PAUSE_CAP_MS, PAUSE_BASE_MS * 2 ** (streak.calls - 1));
      return Math.max(0, streak.lastMs + pauseMs - clock.monotonicMs());
    },
  };
}

function judgeThrottled(streak: Streak): AnswerMeaning {
  const lastedMs = streak.lastMs - streak.sinceMs;
  if (lastedMs >= THROTTLED_TOO_LONG_MS) {
    return { kind: 'stop', reason: quotaGoneElsewhere(Math.round(lastedMs / 60_000)) };
  }
  // One row alone may be singled out; several, with no call accepted in between, are not to blame.
  return streak.rows.size > 1 ? { kind: 'excused' } : { kind: 'row' };
}

/** The request never left: that is never the row's fault. */
function judgeUnreachable(streak: Streak, fault: Fault, everAnswered: boolean): AnswerMeaning {
  if (!everAnswered && streak.calls >= FIRST_CALLS_UNREACHABLE) {
    return { kind: 'stop', reason: serviceUnreachable(fault, `the first ${streak.calls} calls`) };
  }
  const lastedMs = streak.lastMs - streak.sinceMs;
  if (lastedMs >= UNREACHABLE_TOO_LONG_MS) {
    return {
      kind: 'stop',
      reason: serviceUnreachable(fault, `for ${Math.round(lastedMs / 60_000)} minutes`),
    };
  }
  return { kind: 'excused' };
}

function judgeUnanswered(streak: Streak, fault: Fault, everAnswered: boolean): AnswerMeaning {
  if (!everAnswered && streak.calls >= FIRST_CALLS_UNANSWERED && streak.rows.size > 2) {
    return {
      kind: 'stop',
      reason: serviceUnreachable(fault, `none of the first ${streak.calls} calls had a usable answer`),
    };
  }
  return { kind: 'row' };
}
