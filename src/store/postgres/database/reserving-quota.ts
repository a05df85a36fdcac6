import type { AccountQuota, DayLimit, QuotaWait } from '../../account-quota.ts';
import type { WriteQuota } from '../../run-store.ts';
import type { AccountToken, CallToCount } from './write.ts';

/** A quota of this home: a write's place in the day is made durable in one step with the line that notes it. */
export interface ReservingQuota extends AccountQuota {
  /** Absent where this process only looks. */
  readonly account: AccountToken | undefined;
  /** The place is taken in this process; it is the store's with the line that it is written with. */
  readonly reserve: (day: DayLimit) => Promise<CallToCount | QuotaWait>;
}

/** `undefined`: of another home, or of none that outlives the process. */
export function reservingQuota(quota: WriteQuota): ReservingQuota | undefined {
  return 'reserve' in quota ? (quota as ReservingQuota) : undefined; // no other quota has such a member
}
