import { afterEach, describe, expect, it, vi } from 'vitest';
import { createSpacedSlots, createUnspacedSlots, type Slots } from '../../src/pace/slots.ts';
import { createDeferred } from './deferred.ts';
import { realClock } from './real-clock.ts';

afterEach(() => {
  vi.useRealTimers();
});

const kinds: readonly (readonly [string, (concurrency: number) => Slots])[] = [
  ['spaced', (concurrency) => createSpacedSlots({ concurrency, spacingMs: 1, clock: realClock })],
  ['unspaced', createUnspacedSlots],
];

/** Work that is under way until it is told to end. */
interface Work {
  readonly begun: Promise<void>;
  readonly end: () => void;
}

function occupy(slots: Slots): Work {
  const begun = createDeferred();
  const ended = createDeferred();
  slots.take(() => {
    begun.resolve();
    return ended.promise;
  });
  return { begun: begun.promise, end: ended.resolve };
}

describe.each(kinds)('%s slots', (_, create) => {
  it('let in no more than they are, and the next when one comes free', async () => {
    const slots = create(3);
    let inside = 0;
    let most = 0;
    const full = createDeferred();
    const visit = (): Promise<void> => {
      const left = createDeferred();
      slots.take(async () => {
        most = Math.max(most, ++inside);
        if (inside === 3) full.resolve();
        await full.promise;
        for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve));
        inside -= 1;
        left.resolve();
      });
      return left.promise;
    };
    await Promise.all(Array.from({ length: 20 }, visit));
    expect(most).toBe(3);
    slots.close();
  });

  it('never begin what waited when they were closed', async () => {
    const slots = create(1);
    const begun: string[] = [];
    const first = occupy(slots);
    await first.begun;
    slots.take(async () => {
      begun.push('waited');
    });
    slots.close();
    first.end();
    // By the time that others, taken later, have begun elsewhere.
    const elsewhere = create(1);
    for (let visit = 0; visit < 10; visit++) {
      const other = occupy(elsewhere);
      await other.begun;
      other.end();
    }
    elsewhere.close();
    expect(begun).toEqual([]);
  });
});

describe('spaced slots', () => {
  it('begin work no closer together than told, give or take a timer’s millisecond', async () => {
    const slots = createSpacedSlots({ concurrency: 10, spacingMs: 20, clock: realClock });
    const starts = await Promise.all(
      Array.from({ length: 5 }, () => {
        const begun = createDeferred<number>();
        slots.take(async () => begun.resolve(performance.now()));
        return begun.promise;
      }),
    );
    expect((starts.at(-1) ?? 0) - (starts[0] ?? 0)).toBeGreaterThan(4 * 20 - 5);
    slots.close();
  });

  it('lose no work and no hour when the clock is set back by one', async () => {
    // Bottleneck reads the global clock; it can't be given another.
    vi.useFakeTimers({ toFake: ['Date'] });
    const slots = createSpacedSlots({ concurrency: 2, spacingMs: 1, clock: realClock });
    const begun: number[] = [];
    const works = Array.from({ length: 12 }, (_, index) => {
      const done = createDeferred();
      slots.take(async () => {
        begun.push(index);
        if (index % 3 === 0) vi.setSystemTime(Date.now() - 3_600_000);
        done.resolve();
      });
      return done.promise;
    });
    await Promise.all(works);
    expect(begun.toSorted((left, right) => left - right)).toEqual(
      Array.from({ length: 12 }, (_, index) => index),
    );
    slots.close();
  });
});
