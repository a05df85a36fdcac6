import { describe, expect, it } from 'vitest';
import { lostCalls } from '../../../../src/store/files/ledger/lost-calls.ts';
import { DAY_MS } from '../../../../src/model/quota/quota-day.ts';

const NOW_MS = 10 * DAY_MS;
const ago = (...minutes: readonly number[]): readonly number[] => minutes.map((one) => NOW_MS - one * 60_000);

describe('lostCalls', () => {
  it('is all of the journal’s where the ledger is gone', () => {
    expect(lostCalls([], ago(3, 2, 1), NOW_MS)).toEqual(ago(3, 2, 1));
  });

  it('is none where the ledger has as many, be they others’', () => {
    expect(lostCalls(ago(9, 8, 7), ago(3, 2, 1), NOW_MS)).toEqual([]);
  });

  it('is what a damaged ledger lacks, a call noted a moment after it was counted being the same', () => {
    const counted = ago(3).map((timeMs) => timeMs - 20);
    expect(lostCalls(counted, ago(3, 2, 1), NOW_MS)).toEqual(ago(2, 1));
  });

  it('takes no two calls of one moment for one', () => {
    expect(lostCalls(ago(1), ago(1, 1, 1), NOW_MS)).toEqual(ago(1, 1));
  });

  it('leaves out what no longer counts', () => {
    expect(lostCalls([], [NOW_MS - 2 * DAY_MS, ...ago(1)], NOW_MS)).toEqual(ago(1));
  });
});
