import { clockAhead } from '../../partner-central/service-clock.ts';
import { callsSince } from '../../model/quota/earliest-start.ts';
import { DAY_MS, QUOTA_DAY_MS } from '../../model/quota/quota-day.ts';
import { RunError } from '../../model/run-error.ts';
import type { AccountQuota } from '../../store/account-quota.ts';
import type { Findings } from './check.ts';
import { held, type Examination } from './examination.ts';

/** Tells how much of the day's writes is left, and that nobody else has the account. */
export async function checkQuota(examination: Examination): Promise<Findings['quota']> {
  const { writesPerDay } = examination;
  const quota = await openQuota(examination);
  try {
    const { nowMs, times, holder } = await quota.usage('writes');
    if (holder !== undefined) {
      const { purpose, pid, host, since } = holder;
      throw new RunError(
        'account_held',
        `"${purpose}" (process ${pid} on ${host}, since ${since}) has the account's writes.`,
      );
    }
    const used = callsSince(times, nowMs() - DAY_MS);
    if (writesPerDay === 'unlimited') return { used, left: writesPerDay };
    const left = Math.max(0, writesPerDay - used);
    if (left > 0) return { used, left };
    const oldestThatCounts = times.at(-writesPerDay) ?? nowMs();
    throw new RunError(
      'quota_reached',
      `All ${writesPerDay} writes of the last 24 hours are used; the next one is free at ${new Date(oldestThatCounts + QUOTA_DAY_MS).toISOString()}.`,
      { code: 'wait_for_quota' },
    );
  } finally {
    await quota.close();
  }
}

/** The account's, or the access key's where STS does not tell the account; it is looked at, not held. */
export async function openQuota(examination: Examination): Promise<AccountQuota> {
  const { found, lent, quotas, writesPerDay, signal } = examination;
  const { identity } = found('account');
  const account = identity?.account ?? (await held(lent.credentials).current(signal)).accessKeyId;
  const endpoint = found('endpoint').url.href;
  const clockAheadMs = lent.time && clockAhead(lent.time);
  return quotas.open(
    { account, endpoint },
    { purpose: 'doctor', writes: 'look', writesPerDay, clockAheadMs },
  );
}
