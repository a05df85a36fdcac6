import { describe, expect, it } from 'vitest';
import { createTurns } from '../../../src/run/rows/take-turns.ts';
import { createDeferred } from '../../pace/deferred.ts';

/** Enough microtasks for whatever can go on to do so. */
async function settleDown(): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}

describe('createTurns', () => {
  it('lets those who share a key go one after the other, in the order they came', async () => {
    const turns = createTurns();
    const [first, second] = [createDeferred(), createDeferred()];
    const begun: string[] = [];
    const taking = [
      turns.take(['a', 'b'], () => (begun.push('first'), first.promise)),
      turns.take(['b', 'c'], () => (begun.push('second'), second.promise)),
      turns.take(['c'], async () => void begun.push('third')),
    ];
    await settleDown();
    expect(begun).toEqual(['first']);
    first.resolve();
    await settleDown();
    expect(begun).toEqual(['first', 'second']);
    second.resolve();
    await Promise.all(taking);
    expect(begun).toEqual(['first', 'second', 'third']);
  });

  it('lets those who share none go side by side', async () => {
    const turns = createTurns();
    const first = createDeferred<string>();
    const slow = turns.take(['a'], () => first.promise);
    expect(await turns.take(['b'], async () => 'second')).toBe('second');
    first.resolve('first');
    expect(await slow).toBe('first');
  });

  it('does nothing of those whose predecessor failed', async () => {
    const turns = createTurns();
    const failure = new Error('stopped');
    let done = false;
    const failing = turns.take(['a'], () => Promise.reject(failure));
    const next = turns.take(['a'], async () => {
      done = true;
    });
    await expect(failing).rejects.toBe(failure);
    await expect(next).rejects.toBe(failure);
    expect(done).toBe(false);
  });

  it('forgets a key with its last turn', async () => {
    const turns = createTurns();
    await expect(turns.take(['a'], () => Promise.reject(new Error('stopped')))).rejects.toThrow('stopped');
    expect(await turns.take(['a'], async () => 'free')).toBe('free');
  });

  it('tells whether a key is taken', async () => {
    const turns = createTurns();
    const first = createDeferred();
    const taking = turns.take(['a'], () => first.promise);
    expect([turns.areTaken(['b', 'a']), turns.areTaken(['b']), turns.areTaken([])]).toEqual([
      true,
      false,
      false,
    ]);
    first.resolve();
    await taking;
    expect(turns.areTaken(['a'])).toBe(false);
  });
});
