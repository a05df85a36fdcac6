import Bottleneck from 'bottleneck/light.js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createOpenQueue, type CallQueue, type Priority } from '../../src/pace/call-queue.ts';
import { createSpacedQueue } from '../../src/pace/spaced-queue.ts';
import { settleDown } from '../run/settle-down.ts';
import { realClock } from './real-clock.ts';

afterEach(() => {
  vi.useRealTimers();
});

const never = new AbortController().signal;

const kinds: readonly (readonly [string, (concurrency: number) => CallQueue])[] = [
  ['spaced', (concurrency) => createSpacedQueue({ concurrency, spacingMs: 1, clock: realClock })],
  ['open', createOpenQueue],
];

/** Bottleneck takes calls in one after the other, each by a timer: by the time that others, come later elsewhere, have had their turn. */
async function untilTakenIn(): Promise<void> {
  const elsewhere = createSpacedQueue({ concurrency: 1, spacingMs: 1, clock: realClock });
  for (let call = 0; call < 20; call++) (await elsewhere.turn('new', never)).end();
  elsewhere.close(new Error('closed'));
}

describe.each(kinds)('the %s queue', (_, create) => {
  it('lets no more calls be under way than told, and the next when one has ended', async () => {
    const queue = create(3);
    let inside = 0;
    let most = 0;
    const ends: (() => void)[] = [];
    const call = async (): Promise<void> => {
      const turn = await queue.turn('new', never);
      most = Math.max(most, ++inside);
      await new Promise<void>((end) => ends.push(end));
      inside -= 1;
      turn.end();
    };
    const calls = Promise.all(Array.from({ length: 20 }, call));
    for (let left = 20; left > 0; left -= 1) {
      while (inside < Math.min(3, left)) await settleDown();
      ends.shift()?.();
      await settleDown();
    }
    await calls;
    expect(most).toBe(3);
    queue.close(new Error('closed'));
  });

  it('gives a retry its turn before new rows that have waited longer', async () => {
    const queue = create(1);
    const first = await queue.turn('new', never);
    const turns: string[] = [];
    const wait = async (name: string, priority: Priority): Promise<void> => {
      const turn = await queue.turn(priority, never);
      turns.push(name);
      turn.end();
    };
    const waiting = [wait('a', 'new'), wait('b', 'new'), wait('r', 'retry'), wait('s', 'retry')];
    await untilTakenIn();
    first.end();
    await Promise.all(waiting);
    expect(turns).toEqual(['r', 's', 'a', 'b']);
    queue.close(new Error('closed'));
  });

  it('turns away at once who leaves while waiting, and whoever comes too late', async () => {
    const queue = create(1);
    const first = await queue.turn('new', never);
    const stop = new AbortController();
    const impatient = queue.turn('new', stop.signal);
    const patient = queue.turn('new', never);
    stop.abort(new Error('stopped'));
    await expect(impatient).rejects.toThrow('stopped');
    await expect(queue.turn('new', stop.signal)).rejects.toThrow('stopped');
    first.end();
    await expect(patient).resolves.toBeDefined();
    queue.close(new Error('closed'));
  });

  it('turns everyone away who waits when it is closed, and who comes later', async () => {
    const queue = create(1);
    const first = await queue.turn('new', never);
    const waiting = queue.turn('new', never);
    queue.close(new Error('closed'));
    await expect(waiting).rejects.toThrow('closed');
    first.end();
    await expect(queue.turn('new', never)).rejects.toThrow('closed');
  });
});

describe('the spaced queue', () => {
  it('begins turns no closer together than told, give or take a timer’s millisecond', async () => {
    const queue = createSpacedQueue({ concurrency: 10, spacingMs: 20, clock: realClock });
    const askedAtMs = performance.now();
    const starts = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const turn = await queue.turn('new', never);
        turn.end();
        return performance.now();
      }),
    );
    // From before the first: that one may be late.
    expect((starts.at(-1) ?? 0) - askedAtMs).toBeGreaterThan(4 * 20 - 5);
    queue.close(new Error('closed'));
  });

  it('spaces the turns anew when told', async () => {
    const queue = createSpacedQueue({ concurrency: 10, spacingMs: 1, clock: realClock });
    queue.space(50);
    // From before the first: that one may be late.
    const askedAtMs = performance.now();
    for (let call = 0; call < 4; call++) (await queue.turn('new', never)).end();
    expect(performance.now() - askedAtMs).toBeGreaterThan(3 * 50 - 5);
    queue.close(new Error('closed'));
  });

  it('goes back to its spacing, however small the way: a hundredth is too much to lose, a thousandth is not told', async () => {
    const told = vi.spyOn(Bottleneck.prototype, 'updateSettings');
    const queue = createSpacedQueue({ concurrency: 1, spacingMs: 10, clock: realClock });
    (await queue.turn('new', never)).end();
    for (const spacingMs of [10.05, 10, 10.01]) queue.space(spacingMs);
    expect(told.mock.calls).toEqual([[{ minTime: 10.05 }], [{ minTime: 10 }]]);
    told.mockRestore();
    queue.close(new Error('closed'));
  });

  it('loses no call and no hour when the clock is set back by one', async () => {
    // Bottleneck reads the global clock; it can't be given another.
    vi.useFakeTimers({ toFake: ['Date'] });
    const queue = createSpacedQueue({ concurrency: 2, spacingMs: 1, clock: realClock });
    const begun = await Promise.all(
      Array.from({ length: 12 }, async (__, index) => {
        const turn = await queue.turn('new', never);
        if (index % 3 === 0) vi.setSystemTime(Date.now() - 3_600_000);
        turn.end();
        return index;
      }),
    );
    expect(begun).toHaveLength(12);
    queue.close(new Error('closed'));
  });

  it('counts the calls that were under way when the clock was set back', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const queue = createSpacedQueue({ concurrency: 2, spacingMs: 1, clock: realClock });
    const slow = await queue.turn('new', never);
    vi.setSystemTime(Date.now() - 3_600_000);
    const second = await queue.turn('new', never);
    let third = false;
    const waiting = queue.turn('new', never).then((turn) => {
      third = true;
      turn.end();
    });
    await untilTakenIn();
    expect(third).toBe(false);
    slow.end();
    second.end();
    await waiting;
    queue.close(new Error('closed'));
  });
});

it('tells its limiter of a new spacing only where that tells: each time costs it as much as a call', async () => {
  vi.useFakeTimers();
  const queue = createSpacedQueue({ concurrency: 1, spacingMs: 1_000, clock: realClock });
  const timersBy = (spacingMs: number): number => {
    const before = vi.getTimerCount();
    queue.space(spacingMs);
    return vi.getTimerCount() - before;
  };
  const turn = queue.turn('new', never);
  await vi.runAllTimersAsync();
  (await turn).end();
  await vi.runAllTimersAsync();
  expect([1_001, 999, 990].map(timersBy)).toEqual([0, 0, 1]);
  queue.close(new Error('closed'));
});
