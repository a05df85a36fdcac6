import { describe, expect, it } from 'vitest';
import { newestOf } from '../../src/model/quota/earliest-start.ts';
import { DAY_MS, QUOTA_DAY_MS } from '../../src/model/quota/quota-day.ts';
import type {
  AccountQuota,
  QuotaOwner,
  QuotaStore,
  QuotaUse,
  ReadLimits,
} from '../../src/store/account-quota.ts';
import { createVirtualClock, START_MS, type VirtualClock } from '../pace/virtual-clock.ts';

/** A home of quotas on a clock of the test's own. `another`: the same home, as another process finds it. */
export interface QuotaStage {
  readonly store: QuotaStore;
  readonly another: () => QuotaStore;
}

const OWNER: QuotaOwner = { account: '123456789012', endpoint: 'https://partnercentral-selling.example' };
const WRITING: QuotaUse = { purpose: 'oppsweep disassociate people.csv', writes: 'lease', writesPerDay: 10 };
const LOOKING: QuotaUse = { ...WRITING, purpose: 'oppsweep plan people.csv', writes: 'look' };
const READS: ReadLimits = { callsPerSecond: 10, callsPerDay: 100_000 };
/** Ten a second, and what keeps two calls' ways from falling into one second. */
const SECOND_MS = 1_006;

/** What every home of quotas promises. `outlives`: a count that is closed is found again. */
export function describeAccountQuota(
  name: string,
  setUp: (clock: VirtualClock) => Promise<QuotaStage>,
): void {
  async function stage(): Promise<QuotaStage & { readonly clock: VirtualClock }> {
    const clock = createVirtualClock();
    return { clock, ...(await setUp(clock)) };
  }
  async function timesOf(quota: AccountQuota, kind: 'writes' | 'reads'): Promise<readonly number[]> {
    const { times } = await quota.usage(kind);
    return newestOf(times, times.length).map((ms) => Math.round(ms - START_MS));
  }

  describe(`writes of an account, ${name}`, () => {
    it('are counted at their times, oldest first', async () => {
      const { clock, store } = await stage();
      const quota = await store.open(OWNER, WRITING);
      for (const stepMs of [0, 1_000, 0, 500]) {
        clock.advance(stepMs);
        expect(await quota.takeWrite(10)).toBe('taken');
      }
      expect(await timesOf(quota, 'writes')).toEqual([0, 1_000, 1_000, 1_500]);
      await quota.close();
    });

    it('wait once the day is used up, until its first has passed out of it', async () => {
      const { clock, store } = await stage();
      const quota = await store.open(OWNER, WRITING);
      await quota.takeWrite(2);
      clock.advance(60_000);
      await quota.takeWrite(2);
      expect(await quota.takeWrite(2)).toEqual({ waitMs: QUOTA_DAY_MS - 60_000, why: 'daily_quota' });
      clock.advance(QUOTA_DAY_MS - 60_001);
      expect(await quota.takeWrite(2)).toMatchObject({ waitMs: 1 });
      clock.advance(1);
      expect(await quota.takeWrite(2)).toBe('taken');
      expect(await quota.takeWrite(2)).toMatchObject({ waitMs: 60_000 });
      await quota.close();
    });

    it('never pass a day, asked for side by side', async () => {
      const { store } = await stage();
      const quota = await store.open(OWNER, WRITING);
      const answers = await Promise.all(Array.from({ length: 30 }, () => quota.takeWrite(10)));
      expect(answers.filter((answer) => answer === 'taken')).toHaveLength(10);
      await quota.close();
    });

    it('count on over a closing, whoever opens it next', async () => {
      const { clock, store, another } = await stage();
      const first = await store.open(OWNER, WRITING);
      await first.takeWrite(2);
      await first.takeWrite(2);
      await first.close();
      clock.advance(3_600_000);
      const second = await another().open(OWNER, WRITING);
      expect(await second.takeWrite(2)).toMatchObject({ waitMs: QUOTA_DAY_MS - 3_600_000 });
      await second.close();
    });

    it.each([
      ['while it is open', false],
      ['between two openings', true],
    ])('gain nothing by a clock that is set back %s', async (_when, reopened) => {
      const { clock, store, another } = await stage();
      let quota = await store.open(OWNER, WRITING);
      await quota.takeWrite(1);
      if (reopened) await quota.close();
      clock.setWall(-2 * DAY_MS);
      if (reopened) quota = await another().open(OWNER, WRITING);
      expect((await quota.usage('writes')).nowMs()).toBe(START_MS);
      clock.advance(1_000);
      expect(await quota.takeWrite(1)).toMatchObject({ waitMs: QUOTA_DAY_MS - 1_000 });
      await quota.close();
    });

    it('gain nothing by a clock that is a day ahead, and known to be', async () => {
      const { clock, store, another } = await stage();
      const first = await store.open(OWNER, WRITING);
      await first.takeWrite(1);
      await first.close();
      const aheadMs = DAY_MS + 2 * 3_600_000;
      clock.setWall(aheadMs);
      const second = await another().open(OWNER, { ...WRITING, clockAheadMs: aheadMs });
      expect((await second.usage('writes')).nowMs()).toBe(START_MS);
      expect(await second.takeWrite(1)).toMatchObject({ waitMs: QUOTA_DAY_MS });
      await second.close();
      clock.setWall(-aheadMs);
      const third = await another().open(OWNER, WRITING);
      expect(await third.takeWrite(1)).toMatchObject({ waitMs: QUOTA_DAY_MS });
      await third.close();
    });

    it('belong to one process at a time, and who comes second is told whose', async () => {
      const { store, another } = await stage();
      const quota = await store.open(OWNER, WRITING);
      await expect(another().open(OWNER, WRITING)).rejects.toMatchObject({
        name: 'RunError',
        code: 'account_held',
        message: expect.stringContaining('(oppsweep disassociate people.csv)') as string,
      });
      await quota.close();
      await (await another().open(OWNER, WRITING)).close();
    });

    it('can be looked at while another process has them, and not be made', async () => {
      const { store, another } = await stage();
      const quota = await store.open(OWNER, WRITING);
      await quota.takeWrite(10);
      const looking = await another().open(OWNER, LOOKING);
      expect(await timesOf(looking, 'writes')).toEqual([0]);
      expect((await looking.usage('writes')).holder).toMatchObject({ purpose: WRITING.purpose });
      await expect(looking.takeWrite(10)).rejects.toThrow('only looks');
      await looking.close();
      await quota.close();
      const later = await another().open(OWNER, LOOKING);
      expect((await later.usage('writes')).holder).toBeUndefined();
      await later.close();
    });

    it('of another account, or at another endpoint, are counted apart', async () => {
      const { store } = await stage();
      const quota = await store.open(OWNER, WRITING);
      await quota.takeWrite(1);
      for (const other of [{ account: '210987654321' }, { endpoint: 'http://127.0.0.1:8080' }]) {
        const apart = await store.open({ ...OWNER, ...other }, WRITING);
        expect(await apart.takeWrite(1)).toBe('taken');
        await apart.close();
      }
      await quota.close();
    });
  });

  describe(`reads of an account, ${name}`, () => {
    it('are shared call by call by those who use it: no second has more than its quota', async () => {
      const { clock, store, another } = await stage();
      const users = [await store.open(OWNER, WRITING), await another().open(OWNER, LOOKING)];
      const taken = [0, 0];
      const startsMs: number[] = [];
      const use = async (user: AccountQuota, index: number): Promise<void> => {
        for (let reads = 0; reads < 100;) {
          const answer = await user.takeRead(READS);
          if (answer === 'taken') {
            startsMs.push(clock.trueMs());
            taken[index] = (taken[index] ?? 0) + 1;
            reads += 1;
          } else await clock.sleep(answer.waitMs);
        }
      };
      await clock.run(Promise.all(users.map(use)));
      expect(taken).toEqual([100, 100]);
      const inOneSecond = startsMs.map(
        (startMs) => startsMs.filter((other) => other >= startMs && other < startMs + 1_000).length,
      );
      expect(Math.max(...inOneSecond)).toBe(10);
      expect((startsMs.at(-1) ?? 0) / 1_000).toBeLessThan(20.2);
      for (const user of users) await user.close();
    });

    it('wait for the second, and for the day', async () => {
      const { clock, store } = await stage();
      const quota = await store.open(OWNER, LOOKING);
      const limits: ReadLimits = { callsPerSecond: 1, callsPerDay: 2 };
      expect(await quota.takeRead(limits)).toBe('taken');
      expect(await quota.takeRead(limits)).toEqual({ waitMs: SECOND_MS, why: 'rate' });
      clock.advance(SECOND_MS);
      expect(await quota.takeRead(limits)).toBe('taken');
      expect(await quota.takeRead(limits)).toEqual({
        waitMs: QUOTA_DAY_MS - SECOND_MS,
        why: 'daily_quota',
      });
      await quota.close();
    });

    it('of one day are no more than its quota, however many take the last of them at once', async () => {
      const { store, another } = await stage();
      const users = [await store.open(OWNER, LOOKING), await another().open(OWNER, LOOKING)];
      const limits: ReadLimits = { callsPerSecond: 'unlimited', callsPerDay: 5 };
      const asking = Array.from({ length: 10 }, () => users.map((user) => user.takeRead(limits))).flat();
      const answers = await Promise.all(asking);
      expect(answers.filter((answer) => answer === 'taken')).toHaveLength(5);
      for (const user of users) await user.close();
    });

    it('count on over a closing, and over a clock that is set back', async () => {
      const { clock, store, another } = await stage();
      const first = await store.open(OWNER, LOOKING);
      await first.takeRead({ callsPerSecond: 10, callsPerDay: 1 });
      await first.close();
      clock.setWall(-2 * DAY_MS);
      clock.advance(5_000);
      const second = await another().open(OWNER, LOOKING);
      expect(await second.takeRead({ callsPerSecond: 10, callsPerDay: 1 })).toMatchObject({
        why: 'daily_quota',
      });
      await second.close();
    });

    it('take nothing from the writes', async () => {
      const { store } = await stage();
      const quota = await store.open(OWNER, WRITING);
      await quota.takeRead(READS);
      expect([await timesOf(quota, 'reads'), await timesOf(quota, 'writes')]).toEqual([[0], []]);
      await quota.close();
    });
  });
}
