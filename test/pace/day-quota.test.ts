import { describe, expect, it } from 'vitest';
import { QUOTA_DAY_MS } from '../../src/model/quota/quota-day.ts';
import { createDayQuota, usablePerDay } from '../../src/pace/day-quota.ts';
import { createMemoryLedger } from '../../src/pace/ledger.ts';
import { createVirtualClock } from './virtual-clock.ts';

describe('createDayQuota', () => {
  it('gives a day’s places, and the next when the first is a day old', async () => {
    const clock = createVirtualClock();
    const day = createDayQuota(createMemoryLedger(clock), 2);
    expect([await day.take(), await day.take()]).toEqual(['taken', 'taken']);
    expect(await day.take()).toEqual({ waitMs: QUOTA_DAY_MS, why: 'daily_quota' });
    clock.advance(QUOTA_DAY_MS);
    expect(await day.take()).toBe('taken');
  });

  it('counts without a limit too', async () => {
    const clock = createVirtualClock();
    const day = createDayQuota(createMemoryLedger(clock), 'unlimited');
    await day.take();
    expect(day.usage().times.length).toBe(1);
  });
});

describe('usablePerDay', () => {
  it('takes a reserve off, and refuses one that leaves nothing', () => {
    expect(usablePerDay(100, 30)).toBe(70);
    expect(usablePerDay('unlimited', 30)).toBe('unlimited');
    expect(() => usablePerDay(100, 100)).toThrow(/leaves nothing/);
  });
});
