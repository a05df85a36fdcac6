import type { Clock } from '../model/clock.ts';
import { RunError } from '../model/run-error.ts';

/** The quota has no room now. */
export interface QuotaWait {
  /** Asked again then, it may have none again: others use it too. */
  readonly waitMs: number;
  readonly why: 'rate' | 'daily_quota';
}

/** The account's quota, asked for a place for one call. */
export type QuotaAnswer = 'noted' | 'taken' | QuotaWait;

export function isWait(answer: QuotaAnswer): answer is QuotaWait {
  return typeof answer !== 'string';
}

/** After at most this long the clocks are read again: a suspend or a set clock is noticed, no timer overflows. */
export const LONGEST_SLEEP_MS = 60_000;

/**
 * A wait for the daily quota that is no longer than this is taken even by a run that does not wait for it: at the same
 * hour as the day before, places come free at the pace they were taken.
 */
const SHORT_WAIT_MS = 60_000;

/** The consequence of a full quota. */
export interface QuotaRule {
  /** Whether that is not to be waited for. */
  readonly ends: (wait: QuotaWait) => boolean;
  /** How long until it is asked again, milliseconds; a `RunError` `quota_reached` where it ends the run. */
  readonly sleepMs: (wait: QuotaWait) => number;
}

/** Whether a run waits so long for the daily quota. */
export function isWaitedFor(waitMs: number, waitForQuota: boolean): boolean {
  return waitForQuota || waitMs <= SHORT_WAIT_MS;
}

/** `waitForQuota`: false where a used-up daily quota ends the run. */
export function quotaRule(waitForQuota: boolean, clock: Clock): QuotaRule {
  const ends = ({ waitMs, why }: QuotaWait): boolean =>
    why === 'daily_quota' && !isWaitedFor(waitMs, waitForQuota);
  return {
    ends,
    sleepMs: (wait) => {
      if (ends(wait)) throw quotaReached(clock.wallMs() + wait.waitMs);
      return Math.min(wait.waitMs, LONGEST_SLEEP_MS);
    },
  };
}

/** That a run which does not wait for the daily quota can't go on now. */
export function quotaReached(freesAtMs: number): RunError {
  const freesAt = new Date(freesAtMs).toISOString();
  return new RunError('quota_reached', `The daily quota is used up; the next call may go at ${freesAt}.`);
}
