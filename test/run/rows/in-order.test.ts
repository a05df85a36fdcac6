import { describe, expect, it } from 'vitest';
import { inOrder, type Reach } from '../../../src/run/rows/in-order.ts';
import { settleDown } from '../settle-down.ts';

const WIDE: Reach = { slots: 4, window: 100 };

/** A source that tells how far it was read, and whether it was let go. */
function counting(length: number): {
  source: AsyncGenerator<number>;
  taken: () => number;
  closed: () => boolean;
} {
  const seen = { taken: 0, closed: false };
  async function* numbers(): AsyncGenerator<number> {
    try {
      for (let number = 0; number < length; number += 1) {
        seen.taken += 1;
        yield number;
      }
    } finally {
      seen.closed = true;
    }
  }
  return { source: numbers(), taken: () => seen.taken, closed: () => seen.closed };
}

/** Work that ends when the test says so. */
function gates(): {
  work: (item: number) => Promise<{ item: number }>;
  open: (item: number) => void;
  break: (item: number, error: Error) => void;
  begun: number[];
} {
  const waiting = new Map<
    number,
    { resolve: (value: { item: number }) => void; reject: (error: Error) => void }
  >();
  const begun: number[] = [];
  return {
    begun,
    work: (item) =>
      new Promise((resolve, reject) => {
        begun.push(item);
        waiting.set(item, { resolve, reject });
      }),
    open: (item) => waiting.get(item)?.resolve({ item }),
    break: (item, error) => waiting.get(item)?.reject(error),
  };
}

async function all<T>(results: AsyncIterable<T>): Promise<T[]> {
  const given: T[] = [];
  for await (const result of results) given.push(result);
  return given;
}

const items = (...numbers: number[]): { item: number }[] => numbers.map((item) => ({ item }));

describe('inOrder', () => {
  it('gives nothing for an empty source', async () => {
    expect(await all(inOrder(counting(0).source, WIDE, (item) => ({ item })))).toEqual([]);
  });

  it('keeps the order of the source, in whichever order the work ends', async () => {
    const { work, open } = gates();
    const results = all(inOrder(counting(4).source, WIDE, work));
    await settleDown();
    for (const item of [3, 1, 2, 0]) open(item);
    expect(await results).toEqual(items(0, 1, 2, 3));
  });

  it('gives a result as soon as it and all before it are ready', async () => {
    const { work, open } = gates();
    const results = inOrder(counting(3).source, WIDE, work);
    const first = results.next();
    await settleDown();
    open(1);
    open(0);
    expect((await first).value).toEqual({ item: 0 });
    expect((await results.next()).value).toEqual({ item: 1 });
    open(2);
    expect((await results.next()).value).toEqual({ item: 2 });
  });

  it('has no more work under way than there are slots', async () => {
    const { work, open, begun } = gates();
    const results = all(inOrder(counting(5).source, { slots: 2, window: 100 }, work));
    await settleDown();
    expect(begun).toEqual([0, 1]);
    open(1);
    await settleDown();
    expect(begun).toEqual([0, 1, 2]);
    for (const item of [0, 2, 3, 4]) {
      open(item);
      await settleDown();
    }
    expect(await results).toEqual(items(0, 1, 2, 3, 4));
  });

  it('takes no more from the source than the window while the first item is slow', async () => {
    const { work, open, begun } = gates();
    const { source, taken } = counting(20);
    const results = all(inOrder(source, { slots: 3, window: 5 }, work));
    for (let item = 1; item < 20; item += 1) {
      await settleDown();
      open(item);
    }
    await settleDown();
    expect([taken(), begun]).toEqual([5, [0, 1, 2, 3, 4]]);
    open(0);
    for (let item = 5; item < 20; item += 1) {
      await settleDown();
      open(item);
    }
    expect(await results).toHaveLength(20);
  });

  it('goes on when the window is full of results that came at once', async () => {
    const { work, open } = gates();
    const results = all(
      inOrder(counting(12).source, { slots: 2, window: 4 }, (item) =>
        item % 6 === 0 ? work(item) : { item },
      ),
    );
    await settleDown();
    open(0);
    await settleDown();
    open(6);
    expect(await results).toEqual(items(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
  });

  it('gives no slot to work that needs no waiting', async () => {
    const { work, open, begun } = gates();
    const results = all(
      inOrder(counting(6).source, { slots: 1, window: 100 }, (item) => (item === 5 ? work(item) : { item })),
    );
    await settleDown();
    expect(begun).toEqual([5]);
    open(5);
    expect(await results).toHaveLength(6);
  });

  it('works through any number of results that come at once within a window of one', async () => {
    const results = all(inOrder(counting(5_000).source, { slots: 1, window: 1 }, (item) => ({ item })));
    expect(await results).toHaveLength(5_000);
  });

  describe('when work fails', () => {
    const failure = new Error('this one');

    it('takes nothing more, lets what is under way end, gives what is ready from the head on, then throws', async () => {
      const { work, open, break: fail, begun } = gates();
      const { source, closed } = counting(10);
      const given: { item: number }[] = [];
      const reading = (async (): Promise<void> => {
        for await (const result of inOrder(source, { slots: 4, window: 100 }, work)) given.push(result);
      })();
      await settleDown();
      fail(2, failure);
      await settleDown();
      open(3);
      open(0);
      await settleDown();
      expect([given, begun]).toEqual([items(0), [0, 1, 2, 3]]);
      open(1);
      await expect(reading).rejects.toBe(failure);
      expect([given, closed()]).toEqual([items(0, 1), true]);
    });

    it('throws the first of several failures', async () => {
      const { work, break: fail } = gates();
      const results = all(inOrder(counting(4).source, WIDE, work));
      await settleDown();
      fail(3, failure);
      for (const item of [0, 1, 2]) fail(item, new Error('a later one'));
      await expect(results).rejects.toBe(failure);
    });

    it('takes a failure at once like one that came later', async () => {
      const results = all(
        inOrder(counting(4).source, WIDE, (item) => {
          if (item === 2) throw failure;
          return { item };
        }),
      );
      await expect(results).rejects.toBe(failure);
    });
  });

  it('throws what the source throws, after the work under way', async () => {
    const failure = new Error('unreadable');
    async function* source(): AsyncGenerator<number> {
      yield 0;
      throw failure;
    }
    const { work, open } = gates();
    const given: { item: number }[] = [];
    const reading = (async (): Promise<void> => {
      for await (const result of inOrder(source(), WIDE, work)) given.push(result);
    })();
    await settleDown();
    open(0);
    await expect(reading).rejects.toBe(failure);
    expect(given).toEqual(items(0));
  });

  it('lets the source go when its reader leaves early', async () => {
    const { source, closed } = counting(100);
    for await (const { item } of inOrder(source, WIDE, (each) => ({ item: each }))) if (item === 3) break;
    expect(closed()).toBe(true);
  });
});
