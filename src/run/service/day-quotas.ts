import { usablePerDay, type DayQuota } from '../../pace/day-quota.ts';
import type { AccountQuota, DayLimit, QuotaUsage } from '../../store/account-quota.ts';
import type { CallLimits } from './call-limits.ts';

/** The daily quotas of both kinds of call. */
export interface DayQuotas {
  /** Writes that may be made in any 24 hours: any reserve is taken off. */
  readonly writesPerDay: DayLimit;
  readonly writeDay: DayQuota;
  readonly readDay: DayQuota;
}

/** The service's own limit for reads, in any 24 hours. */
const READS_PER_DAY = 100_000;

/** Takes from an account's quota within the limits that the run was given. */
export async function dayQuotas(quota: AccountQuota, limits: CallLimits): Promise<DayQuotas> {
  const { readsPerSecond } = limits;
  const writesPerDay = usablePerDay(limits.writesPerDay, limits.reserve);
  const readsPerDay: DayLimit = readsPerSecond === 'unlimited' ? 'unlimited' : READS_PER_DAY;
  const reading = { callsPerSecond: readsPerSecond, callsPerDay: readsPerDay };
  return {
    writesPerDay,
    writeDay: dayQuota(() => quota.takeWrite(writesPerDay), await quota.usage('writes'), writesPerDay),
    readDay: dayQuota(() => quota.takeRead(reading), await quota.usage('reads'), readsPerDay),
  };
}

function dayQuota(take: DayQuota['take'], { nowMs, times }: QuotaUsage, callsPerDay: DayLimit): DayQuota {
  return { take, usage: () => ({ nowMs: nowMs(), times, callsPerDay }) };
}
