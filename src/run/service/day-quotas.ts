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

/** Takes from an account's quota within the limits that the run was given. */
export async function dayQuotas(quota: AccountQuota, limits: CallLimits): Promise<DayQuotas> {
  const { readsPerSecond, readsPerDay } = limits;
  const writesPerDay = usablePerDay(limits.writesPerDay, limits.reserve);
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
