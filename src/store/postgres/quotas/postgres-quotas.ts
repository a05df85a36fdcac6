import { createCallRing, type CallRing } from '../../../model/quota/call-ring.ts';
import { QUOTA_DAY_MS } from '../../../model/quota/quota-day.ts';
import type { Clock } from '../../../model/clock.ts';
import type {
  AccountQuota,
  CallKind,
  DayLimit,
  QuotaOwner,
  QuotaStore,
  QuotaUsage,
  QuotaUse,
  ReadLimits,
} from '../../account-quota.ts';
import { dayWindows, quotaWait, secondWindows } from '../../quota-wait.ts';
import type { Committer } from '../database/committer.ts';
import type { AccountToken } from '../database/write.ts';
import type { Ask, Database } from '../database/database.ts';
import { holderOf, letGo, takeHold } from '../database/hold.ts';
import type { Presence } from '../database/presence.ts';
import type { ReservingQuota } from '../database/reserving-quota.ts';
import { openStoreTime, type GivenTime, type StoreTime } from './store-time.ts';

export interface QuotasContext {
  readonly database: Database;
  readonly presence: Presence;
  readonly committer: Committer;
  readonly clock: Clock;
  readonly givenTime: GivenTime;
}

/** Counts of accounts' calls that every process of a store shares; by the store's clock, whatever a host's says. */
export function postgresQuotas(context: QuotasContext): QuotaStore {
  const { database, presence, clock } = context;
  return {
    open: async (owner, use) => {
      const { ask } = database;
      const id = await accountId(ask, owner);
      if (use.writes === 'look') return quotaOf(await countsOf(id, owner, undefined, context), context);
      await presence.begin();
      const epoch = await takeHold(
        database,
        { table: 'account', id },
        { process: presence.id, purpose: use.purpose, clock },
      );
      try {
        return quotaOf(await countsOf(id, owner, { epoch, use }, context), context);
      } catch (error) {
        await letGo(ask, { table: 'account', id }, epoch).catch(() => undefined);
        throw error;
      }
    },
  };
}

/** As a session's record has it. */
function placeOf({ account, endpoint }: QuotaOwner): string {
  return `store ${account} ${endpoint}`;
}

/** The writes of an account, by the place that a session noted; none where that is of another home. */
export async function writesAt(place: string | undefined, context: QuotasContext): Promise<QuotaUsage> {
  const [, account, endpoint] = /^store (\S+) (\S+)$/.exec(place ?? '') ?? [];
  if (account === undefined || endpoint === undefined) {
    return { nowMs: context.clock.wallMs, times: [], holder: undefined };
  }
  const owner = { account, endpoint };
  const id = await accountId(context.database.ask, owner);
  const { time, writes } = await countsOf(id, owner, undefined, context);
  const holder = await holderOf(context.database.ask, { table: 'account', id });
  return { nowMs: time.nowMs, times: writes, holder };
}

async function accountId(ask: Ask, { account, endpoint }: QuotaOwner): Promise<string> {
  await ask(
    'insert into oppsweep.account (account, endpoint) values ($1, $2) on conflict (account, endpoint) do nothing',
    [account, endpoint],
  );
  const [row] = await ask<{ id: string }>(
    'select id from oppsweep.account where account = $1 and endpoint = $2',
    [account, endpoint],
  );
  return row?.id ?? '';
}

interface Counts {
  readonly id: string;
  readonly place: string;
  readonly time: StoreTime;
  readonly writes: CallRing;
  readonly reads: CallRing;
  /** So many of all times, as far as this process knows. */
  readsKnown: number;
  /** Absent where this process only looks. */
  readonly token: AccountToken | undefined;
}

/** How many times are kept where the daily quota does not ask for more. */
const USUAL_CAPACITY = 1_000_000;

async function countsOf(
  id: string,
  owner: QuotaOwner,
  lease: { readonly epoch: string; readonly use: QuotaUse } | undefined,
  { database: { ask }, clock, givenTime }: QuotasContext,
): Promise<Counts> {
  const [row] = await ask<{ writes: string; reads: string; newest: number }>(
    'select writes, reads, newest_ms as newest from oppsweep.account where id = $1',
    [id],
  );
  const time = await openStoreTime(ask, clock, givenTime, row?.newest ?? 0);
  const words = `The quota of account ${owner.account}`;
  const counted = Number(row?.writes ?? 0);
  const perDay = lease?.use.writesPerDay ?? 0;
  const capacity = Math.max(USUAL_CAPACITY, perDay === 'unlimited' ? 0 : perDay);
  return {
    id,
    place: placeOf(owner),
    time,
    writes: await timesOf(ask, id, 'writes', { sinceMs: time.nowMs() - QUOTA_DAY_MS, capacity }),
    reads: await timesOf(ask, id, 'reads', { sinceMs: time.nowMs() - QUOTA_DAY_MS, capacity }),
    readsKnown: Number(row?.reads ?? 0),
    token: lease && { id, epoch: lease.epoch, words, counted, failure: undefined },
  };
}

async function timesOf(
  ask: Ask,
  account: string,
  kind: CallKind,
  { sinceMs, capacity }: { readonly sinceMs: number; readonly capacity: number },
): Promise<CallRing> {
  await ask('delete from oppsweep.call where account = $1 and kind = $2 and at_ms <= $3', [
    account,
    kind,
    sinceMs,
  ]);
  const times = createCallRing(capacity);
  const rows = await ask<{ at: number }>(
    'select at_ms as at from oppsweep.call where account = $1 and kind = $2 order by n',
    [account, kind],
  );
  for (const { at } of rows) times.push(at);
  return times;
}

function quotaOf(counts: Counts, context: QuotasContext): ReservingQuota {
  const { database, committer } = context;
  const { id, place, time, token, writes } = counts;
  const reserve: ReservingQuota['reserve'] = async (day) => {
    if (token === undefined) throw new Error('This process only looks at what others write.');
    await time.refresh();
    const nowMs = time.nowMs();
    const wait = quotaWait(writes, nowMs, { callsPerSecond: 'unlimited', callsPerDay: day });
    if (wait !== undefined) return wait;
    writes.forgetUntil(nowMs - QUOTA_DAY_MS);
    writes.push(nowMs);
    return { account: token, atMs: nowMs };
  };
  return {
    place,
    account: token,
    restored: 0,
    reserve,
    usage: async (kind) => ({
      nowMs: time.nowMs,
      times: counts[kind],
      holder: kind === 'writes' ? await holderOf(database.ask, { table: 'account', id }) : undefined,
    }),
    takeWrite: async (day) => {
      const taken = await reserve(day);
      if ('waitMs' in taken) return taken;
      await committer.add({ call: taken });
      return 'taken';
    },
    takeRead: (limits) => takeRead(counts, limits, context),
    close: async () => {
      if (token === undefined) return;
      await committer.idle();
      await letGo(database.ask, { table: 'account', id }, token.epoch);
    },
  };
}

async function takeRead(
  counts: Counts,
  { callsPerSecond, callsPerDay }: ReadLimits,
  { database: { ask }, givenTime }: QuotasContext,
): ReturnType<AccountQuota['takeRead']> {
  const second = secondWindows(callsPerSecond);
  const windows = [...second, ...dayWindows(callsPerDay satisfies DayLimit)];
  const [answer] = await ask<{ wait: number; window: number; at: number; taken: string }>(
    'select wait_ms as wait, window_index as window, at_ms as at, taken from oppsweep.take_read($1, $2, $3, $4)',
    [counts.id, windows.map(({ calls }) => calls), windows.map(({ windowMs }) => windowMs), givenTime()],
  );
  if (answer === undefined) throw new Error('The store took no read, and said nothing.');
  // Those that others took in between started by then.
  for (; counts.readsKnown < Number(answer.taken); counts.readsKnown += 1) counts.reads.push(answer.at);
  if (answer.wait <= 0) return 'taken';
  return { waitMs: answer.wait, why: answer.window > second.length ? 'daily_quota' : 'rate' };
}
