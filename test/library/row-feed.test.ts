import { describe, expect, it } from 'vitest';
import { feedRows, type FedWork, type OfferRow } from '../../src/library/row-feed.ts';
import { RunError } from '../../src/model/run-error.ts';

interface CountedWork extends FedWork<number, string> {
  readonly seen: { offered: number; taken: number; left: boolean };
}

/** Work that offers 1, 2, 3 and notes what came of it. */
function countedWork(fails?: Error): CountedWork {
  const seen = { offered: 0, taken: 0, left: false };
  return {
    seen,
    run: async (offer: OfferRow<number>) => {
      for (const row of [1, 2, 3]) {
        if (seen.left) throw new RunError('interrupted', 'Stopped by the caller.');
        seen.offered = row;
        await offer(row);
        seen.taken = row;
      }
      if (fails !== undefined) throw fails;
      return 'all three';
    },
    leave: () => {
      seen.left = true;
    },
  };
}

describe('feedRows', () => {
  it('gives each row once, in order, and then the summary', async () => {
    const rows = feedRows(countedWork());
    const got: number[] = [];
    for await (const row of rows) got.push(row);
    expect(got).toEqual([1, 2, 3]);
    await expect(rows.summary).resolves.toBe('all three');
  });

  it('lets no work go ahead of whoever loops', async () => {
    const work = countedWork();
    for await (const row of feedRows(work)) {
      expect(work.seen).toEqual({ offered: row, taken: row - 1, left: false });
    }
  });

  it('begins nothing before it is waited for', () => {
    const work = countedWork();
    const { summary } = feedRows(work);
    expect(summary).toBeDefined();
    expect(work.seen.offered).toBe(0);
  });

  it('does the work for its summary alone', async () => {
    const work = countedWork();
    await expect(feedRows(work).summary).resolves.toBe('all three');
    expect(work.seen.taken).toBe(3);
  });

  it('begins nothing, and passes no row over, for a handler that is attached before the loop', async () => {
    const work = countedWork(new RunError('quota_reached', 'Used up.'));
    const rows = feedRows(work);
    const heard: unknown[] = [];
    rows.summary.catch((error: unknown) => heard.push(error));
    const settled = rows.summary.finally(() => heard.push('settled'));
    const kept = rows.summary.then(undefined, (error: unknown) => error);
    expect(work.seen.offered).toBe(0);
    const got: number[] = [];
    const looping = (async () => {
      for await (const row of rows) got.push(row);
    })();
    await expect(looping).rejects.toMatchObject({ code: 'quota_reached' });
    await expect(settled).rejects.toMatchObject({ code: 'quota_reached' });
    expect(await kept).toMatchObject({ code: 'quota_reached' });
    expect(got).toEqual([1, 2, 3]);
    expect(heard).toHaveLength(2);
  });

  it('waits, when the loop is left, until the work has stopped', async () => {
    const work = countedWork();
    const rows = feedRows(work);
    for await (const row of rows) if (row === 2) break;
    expect(work.seen).toEqual({ offered: 2, taken: 2, left: true });
    await expect(rows.summary).rejects.toMatchObject({ code: 'interrupted' });
  });

  it('throws what stopped the work after the rows before it', async () => {
    const rows = feedRows(countedWork(new RunError('quota_reached', 'Used up.')));
    const got: number[] = [];
    const looping = (async () => {
      for await (const row of rows) got.push(row);
    })();
    await expect(looping).rejects.toMatchObject({ code: 'quota_reached' });
    expect(got).toEqual([1, 2, 3]);
    await expect(rows.summary).rejects.toMatchObject({ code: 'quota_reached' });
  });

  it('is gone through once', async () => {
    const rows = feedRows(countedWork());
    for await (const row of rows) expect(row).toBeGreaterThan(0);
    const again = (async () => {
      for await (const row of rows) expect(row).toBe(0);
    })();
    await expect(again).rejects.toMatchObject({ code: 'usage' });
  });
});
