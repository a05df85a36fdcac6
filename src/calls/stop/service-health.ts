import type { Clock } from '../../model/clock.ts';
import { assertNever, type Fault } from '../../model/fault.ts';
import type { RunError } from '../../model/run-error.ts';
import { quotaGoneElsewhere } from './stop-reasons.ts';

export type Answer = { readonly ok: true } | { readonly ok: false; readonly fault: Fault };

/** The one who asked: a row, by its ordinal, with the call that it is run for; or a look at its opportunity. */
export type Asker = number | 'look';

/**
 * The meaning of an answer for the run as a whole:
 *
 * - `usable`: the service is there, and lets us ask; the row goes by what it said.
 * - `row`: it is the row's own affair, and tells nothing of others.
 * - `excused`: every row would have met it; the row is tried again without counting.
 * - `held`: it may be either; the next usable answer tells.
 * - `stop`: the run cannot go on.
 */
export type AnswerMeaning =
  | { readonly kind: 'usable' | 'row' | 'excused' }
  | { readonly kind: 'held'; readonly fault: Fault }
  | { readonly kind: 'stop'; readonly reason: RunError };

/**
 * The meaning of a probe's answer: the service is there, or it is not; `denied`: it is, and nothing shows that this
 * session may ask it anything.
 */
export type ProbeMeaning = 'usable' | 'unusable' | 'denied';

/** Tells what is wrong with a row from what may be wrong with everything, by the answers in their order. */
export interface ServiceHealth {
  readonly judge: (asker: Asker, answer: Answer) => AnswerMeaning;
  readonly judgeProbe: (answer: Answer) => ProbeMeaning;
  /** Whether any call of this session had a usable answer. */
  readonly everAnswered: () => boolean;
  /** Whether a row's own call was let through, so that a denial need not be everybody's. */
  readonly authorised: () => boolean;
  /** Whether a look was let through. */
  readonly mayLook: () => boolean;
}

/** Throttled answers, with no row's call accepted in between. */
interface ThrottledStreak {
  readonly sinceMs: number;
  readonly first: Asker;
  isOfSeveral: boolean;
}

/** Throttled this long without one accepted call, within our own rate: somebody else uses the quota. */
const THROTTLED_TOO_LONG_MS = 180_000;

/** `ranBefore`: whether an earlier session of the run had usable answers. */
export function watchHealth(clock: Pick<Clock, 'monotonicMs'>, ranBefore: () => boolean): ServiceHealth {
  let throttled: ThrottledStreak | undefined;
  let authorised = false;
  let mayLook = false;
  let everAnswered = false;

  const usable = (asker: Asker): AnswerMeaning => {
    everAnswered = true;
    if (asker === 'look') mayLook = true;
    else {
      authorised = true;
      throttled = undefined;
    }
    return { kind: 'usable' };
  };
  const judgeThrottled = (asker: Asker): AnswerMeaning => {
    everAnswered = true;
    if (asker === 'look') return { kind: 'row' };
    const nowMs = clock.monotonicMs();
    throttled ??= { sinceMs: nowMs, first: asker, isOfSeveral: false };
    throttled.isOfSeveral ||= throttled.first !== asker;
    const lastedMs = nowMs - throttled.sinceMs;
    if (lastedMs >= THROTTLED_TOO_LONG_MS) {
      return { kind: 'stop', reason: quotaGoneElsewhere(Math.round(lastedMs / 60_000)) };
    }
    // One row alone may be singled out; several, with no call accepted in between, are not to blame.
    return { kind: throttled.isOfSeveral ? 'excused' : 'row' };
  };
  const judgeFault = (asker: Asker, fault: Fault): AnswerMeaning => {
    switch (fault.kind) {
      case 'throttled':
        return judgeThrottled(asker);
      case 'unreachable':
      case 'server':
      case 'broken':
      case 'timeout':
      case 'malformed':
        throttled = undefined;
        return { kind: 'held', fault };
      case 'denied':
        // Where no look was ever let through, reading may not be permitted: whoever looks beforehand deals with that.
        return asker === 'look' && !mayLook && !ranBefore() ? { kind: 'row' } : { kind: 'held', fault };
      case 'refused':
        // Said only to callers who may ask: authorisation comes first.
        return usable(asker);
      case 'credentials':
      case 'clock':
        return { kind: 'excused' };
      default:
        return assertNever(fault.kind);
    }
  };

  return {
    judge: (asker, answer) => (answer.ok ? usable(asker) : judgeFault(asker, answer.fault)),
    judgeProbe: (answer) => {
      const { kind } = answer.ok ? usable('look') : judgeFault('look', answer.fault);
      const denied = !answer.ok && answer.fault.kind === 'denied';
      if (!denied) return kind === 'held' ? 'unusable' : 'usable';
      if (mayLook) return 'unusable';
      // Rows were let through, looks never: the denial is the service's own answer.
      return authorised ? 'usable' : 'denied';
    },
    everAnswered: () => everAnswered,
    authorised: () => authorised,
    mayLook: () => mayLook,
  };
}
