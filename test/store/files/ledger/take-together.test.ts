import { describe, expect, it } from 'vitest';
import type { FileLedger } from '../../../../src/store/files/ledger/file-ledger.ts';
import { takeTogether } from '../../../../src/store/files/ledger/take-together.ts';
import { QUOTA_DAY_MS } from '../../../../src/model/quota/quota-day.ts';

const NOW_MS = 10 * QUOTA_DAY_MS;

function ledgerOf(times: number[]): { readonly ledger: FileLedger; readonly noted: number[] } {
  const noted: number[] = [];
  const ledger: FileLedger = {
    nowMs: () => NOW_MS,
    times,
    restored: 0,
    record: (calls = 1) => {
      noted.push(calls);
      times.push(...Array.from({ length: calls }, () => NOW_MS));
    },
    close: async () => undefined,
  };
  return { ledger, noted };
}

describe('takeTogether', () => {
  it('notes the writes of one turn at once, those of the next apart', async () => {
    const { ledger, noted } = ledgerOf([]);
    const take = takeTogether(ledger);
    expect(await Promise.all([take(10), take(10), take('unlimited')])).toEqual(['taken', 'taken', 'taken']);
    await take(10);
    expect(noted).toEqual([3, 1]);
  });

  it('takes as many as the day has left, and tells the others how long to wait', async () => {
    const { ledger, noted } = ledgerOf([NOW_MS - 2 * QUOTA_DAY_MS, NOW_MS - 5_000]);
    const take = takeTogether(ledger);
    const wait = { waitMs: QUOTA_DAY_MS - 5_000, why: 'daily_quota' };
    expect(await Promise.all([take(3), take(3), take(3)])).toEqual(['taken', 'taken', wait]);
    expect(noted).toEqual([2]);
    expect(await Promise.all([take(3), take(1)])).toEqual([
      wait,
      { waitMs: QUOTA_DAY_MS, why: 'daily_quota' },
    ]);
    expect(noted).toEqual([2]);
  });

  it('fails all that were to be noted where they cannot be', async () => {
    const { ledger } = ledgerOf([]);
    const failing = takeTogether({
      ...ledger,
      record: () => {
        throw new Error('no room');
      },
    });
    const asked = await Promise.allSettled([failing(10), failing(10)]);
    expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});
