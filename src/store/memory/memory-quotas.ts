import { setRight, type Clock } from '../../model/clock.ts';
import { RunError } from '../../model/run-error.ts';
import { createCallRing, type CallRing } from '../../model/quota/call-ring.ts';
import { createLedgerTime, type LedgerTime } from '../../model/quota/ledger-time.ts';
import { QUOTA_DAY_MS } from '../../model/quota/quota-day.ts';
import type {
  AccountQuota,
  QuotaOwner,
  QuotaStore,
  QuotaUse,
  QuotaWait,
  ReadLimits,
} from '../account-quota.ts';
import { quotaWait } from '../quota-wait.ts';
import type { Holder } from '../holder.ts';

/** One account's calls. */
interface Counts {
  time: LedgerTime;
  /** Of the clock that `time` is told by. */
  clockAheadMs: number;
  readonly writes: CallRing;
  readonly reads: CallRing;
  holder: Holder | undefined;
}

/** As many as a quota that outlives the process would keep. */
const CAPACITY = 1_000_000;

/** Counts that end with this process. */
export function memoryQuotas(clock: Clock): QuotaStore {
  const accounts = new Map<string, Counts>();
  const countsOf = ({ account, endpoint }: QuotaOwner): Counts => {
    const key = `${account} ${endpoint}`;
    const counts = accounts.get(key) ?? noCounts(clock);
    accounts.set(key, counts);
    return counts;
  };
  return {
    open: async (owner, use) => {
      const counts = countsOf(owner);
      setTime(counts, use.clockAheadMs ?? 0, clock);
      const holder = use.writes === 'lease' ? takeHold(counts, use, clock) : undefined;
      return quotaOf(counts, holder);
    },
  };
}

/** The quota of one account, its writes leased: what a service has that ends with this process. */
export function memoryQuota(clock: Clock): AccountQuota {
  const counts = noCounts(clock);
  return quotaOf(counts, takeHold(counts, { purpose: 'the only process' }, clock));
}

function noCounts(clock: Clock): Counts {
  return {
    time: createLedgerTime(clock, 0),
    clockAheadMs: 0,
    writes: createCallRing(CAPACITY),
    reads: createCallRing(CAPACITY),
    holder: undefined,
  };
}

/** By a clock that was found wrong no time has passed since the newest call. */
function setTime(counts: Counts, aheadMs: number, clock: Clock): void {
  if (aheadMs === counts.clockAheadMs) return;
  const newestMs = Math.max(counts.writes.at(-1) ?? 0, counts.reads.at(-1) ?? 0);
  counts.time = createLedgerTime(setRight(clock, aheadMs), newestMs);
  counts.clockAheadMs = aheadMs;
}

function takeHold(counts: Counts, { purpose }: Pick<QuotaUse, 'purpose'>, clock: Clock): Holder {
  const { holder } = counts;
  if (holder !== undefined) {
    throw new RunError(
      'account_held',
      `This account's quota ledger is held since ${holder.since} (${holder.purpose}).`,
    );
  }
  const since = new Date(clock.wallMs()).toISOString();
  counts.holder = { host: 'this process', pid: process.pid, since, purpose };
  return counts.holder;
}

function quotaOf(counts: Counts, own: Holder | undefined): AccountQuota {
  const { time } = counts;
  return {
    place: undefined,
    restored: 0,
    usage: async (kind) => ({
      nowMs: time.nowMs,
      times: counts[kind],
      holder: kind === 'writes' ? counts.holder : undefined,
    }),
    takeWrite: async (day) => {
      if (own === undefined) throw new Error('This process only looks at what others write.');
      return take(counts.writes, time, { callsPerSecond: 'unlimited', callsPerDay: day });
    },
    takeRead: async (limits) => take(counts.reads, time, limits),
    close: async () => {
      if (counts.holder === own) counts.holder = undefined;
    },
  };
}

function take(times: CallRing, time: LedgerTime, limits: ReadLimits): 'taken' | QuotaWait {
  const nowMs = time.nowMs();
  const wait = quotaWait(times, nowMs, limits);
  if (wait !== undefined) return wait;
  times.forgetUntil(nowMs - QUOTA_DAY_MS);
  times.push(nowMs);
  return 'taken';
}
