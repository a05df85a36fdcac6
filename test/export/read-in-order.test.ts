import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readInOrder } from '../../src/export/read-in-order.ts';

describe('readInOrder', () => {
  it('gives the answers in the order of the questions, however they come, and never asks further ahead', async () => {
    const scheduled = fc.tuple(
      fc.scheduler(),
      fc.integer({ min: 0, max: 12 }),
      fc.integer({ min: 1, max: 4 }),
    );
    await fc.assert(
      fc.asyncProperty(scheduled, async ([scheduler, count, ahead]) => {
        const items = Array.from({ length: count }, (_, index) => index);
        let underWay = 0;
        let most = 0;
        const ask = async (item: number): Promise<number> => {
          underWay += 1;
          most = Math.max(most, underWay);
          await scheduler.schedule(Promise.resolve());
          underWay -= 1;
          return item * 10;
        };
        const given: number[] = [];
        const reading = (async () => {
          for await (const answer of readInOrder(items, 0, ahead, ask)) given.push(answer);
        })();
        await scheduler.waitFor(reading);
        expect(given).toEqual(items.map((item) => item * 10));
        expect(most).toBeLessThanOrEqual(ahead);
      }),
      { numRuns: 60 },
    );
  });

  it('begins where it is told to', async () => {
    const given: string[] = [];
    for await (const answer of readInOrder(
      ['a', 'b', 'c'],
      1,
      2,
      async (item, ordinal) => `${ordinal}${item}`,
    )) {
      given.push(answer);
    }
    expect(given).toEqual(['1b', '2c']);
  });

  it('gives what came before a failure, asks nothing more, and waits for what is under way', async () => {
    const ended: number[] = [];
    const given: number[] = [];
    const ask = async (item: number): Promise<number> => {
      await Promise.resolve();
      if (item === 2) throw new Error('stopped');
      ended.push(item);
      return item;
    };
    const reading = (async () => {
      for await (const answer of readInOrder([0, 1, 2, 3, 4, 5, 6, 7], 0, 3, ask)) given.push(answer);
    })();
    await expect(reading).rejects.toThrow('stopped');
    expect(given).toEqual([0, 1]);
    expect(ended.length).toBeLessThan(7);
  });
});
