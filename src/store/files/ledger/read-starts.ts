import { createCallRing } from '../../../model/quota/call-ring.ts';
import { earliestStart, type CallTimes } from '../../../model/quota/earliest-start.ts';
import { QUOTA_DAY_MS } from '../../../model/quota/quota-day.ts';
import type { QuotaWait, ReadLimits } from '../../account-quota.ts';
import { dayWindows, quotaWait, secondWindows } from '../../quota-wait.ts';
import type { ReadRecord } from './read-record.ts';

/** When the reads of an account start, told from their records alone: every process comes to the same times. */
export interface ReadStarts {
  /** By what is known of the reads before; those that still count and perhaps older ones. */
  readonly times: CallTimes;
  /** How long a further read would have to wait; `undefined` where it need not. */
  readonly waitOf: (limits: ReadLimits, nowMs: number) => QuotaWait | undefined;
  /** Takes the next record in the file's order; gives when that read starts. */
  readonly add: (record: ReadRecord) => number;
}

/** `before`: starts that were noted otherwise, oldest first. */
export function createReadStarts(capacity: number, before: readonly number[]): ReadStarts {
  const times = createCallRing(capacity);
  for (const startMs of before) times.push(startMs);
  return {
    times,
    waitOf: (limits, nowMs) => quotaWait(times, nowMs, limits),
    add: ({ fromMs, limits }) => {
      const windows = [...secondWindows(limits.callsPerSecond), ...dayWindows(limits.callsPerDay)];
      const startMs = earliestStart(times, Math.max(fromMs, times.at(-1) ?? fromMs), windows);
      times.push(startMs);
      times.forgetUntil(startMs - QUOTA_DAY_MS);
      return startMs;
    },
  };
}
