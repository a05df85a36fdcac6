import { usablePerDay } from '../../pace/day-quota.ts';
import { idealDuration } from '../../pace/expected-finish.ts';
import type { CallCounts } from '../../store/journal-line.ts';
import type { CallLimits } from './call-limits.ts';

/** How long so many calls take at these limits, on a day whose quota is unused; milliseconds. */
export function realDuration(calls: Pick<CallCounts, 'writes' | 'reads'>, limits: CallLimits): number {
  const { writesPerSecond, readsPerSecond, writesPerDay, readsPerDay, reserve } = limits;
  return Math.max(
    idealDuration(calls.writes, writesPerSecond, usablePerDay(writesPerDay, reserve)),
    idealDuration(calls.reads, readsPerSecond, readsPerDay),
  );
}
