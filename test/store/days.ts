import { realDisk } from '../../src/disk/disk.ts';
import { thisMachine } from '../../src/disk/machine.ts';
import type { Clock } from '../../src/model/clock.ts';
import { createCallRing } from '../../src/model/quota/call-ring.ts';
import type { CallTimes } from '../../src/model/quota/earliest-start.ts';
import { createLedgerTime } from '../../src/model/quota/ledger-time.ts';
import type { DayQuota } from '../../src/pace/day-quota.ts';
import { dayQuotas } from '../../src/run/service/day-quotas.ts';
import type { DayLimit } from '../../src/store/account-quota.ts';
import { fileQuotas } from '../../src/store/files/file-quotas.ts';
import { quotaWait } from '../../src/store/quota-wait.ts';

/** A daily quota of the test alone, with the calls that it has counted. */
export interface MemoryDay extends DayQuota {
  readonly times: CallTimes;
}

export function memoryDay(clock: Clock, callsPerDay: DayLimit): MemoryDay {
  const time = createLedgerTime(clock, 0);
  const times = createCallRing(100_000);
  return {
    times,
    take: async () => {
      const wait = quotaWait(times, time.nowMs(), { callsPerSecond: 'unlimited', callsPerDay });
      if (wait === undefined) times.push(Math.ceil(time.nowMs()));
      return wait ?? 'taken';
    },
    usage: () => ({ nowMs: time.nowMs(), times, callsPerDay }),
  };
}

export const OWNER = { account: '123456789012', endpoint: 'https://partnercentral-selling.example' };

/** The writes of an account as a process has them, until it closes them. */
export interface OpenDay extends DayQuota {
  readonly close: () => Promise<void>;
}

/** In files, where the next process finds them. */
export async function fileDay(stateHome: string, clock: Clock, callsPerDay: DayLimit): Promise<OpenDay> {
  const store = fileQuotas({ disk: realDisk, machine: thisMachine, clock, stateHome });
  const quota = await store.open(OWNER, { purpose: 'a test', writes: 'lease', writesPerDay: callsPerDay });
  const { writeDay } = await dayQuotas(quota, {
    writesPerSecond: 'unlimited',
    readsPerSecond: 'unlimited',
    readsPerDay: 'unlimited',
    writesPerDay: callsPerDay,
    reserve: 0,
    waitForQuota: true,
    concurrency: 1,
    timeoutMs: 1_000,
  });
  return { ...writeDay, close: quota.close };
}
