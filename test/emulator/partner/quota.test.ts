import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import { Quota, type Limit } from '../../../src/emulator/partner/quota.ts';
import { SlidingWindow } from '../../../src/emulator/partner/sliding-window.ts';
import { manualClock, type ManualClock } from '../manual-clock.ts';
import { call, exceptionName } from '../signed-post.ts';
import { change, startForTest } from '../start-for-test.ts';

const HOUR_MS = 3_600_000;

function quota(perSecond: Limit, perDay: Limit, refusedCallsCount = false): Quota {
  return new Quota({ perSecond, perDay, refusedCallsCount });
}

describe('SlidingWindow', () => {
  it('never admits more than its calls in any stretch, and refuses none that would fit', () => {
    const gaps = fc.array(fc.double({ min: 0, max: 400, noNaN: true }), { maxLength: 200 });
    fc.assert(
      fc.property(gaps, fc.integer({ min: 1, max: 40 }), (delays, calls) => {
        const windowMs = 1000;
        const window = new SlidingWindow({ calls, windowMs });
        const counted: number[] = [];
        let timeMs = 0;
        for (const delay of delays) {
          timeMs += delay;
          const now = timeMs;
          const within = counted.filter((time) => now - time < windowMs).length;
          expect(window.hasRoomAt(now)).toBe(within < calls);
          if (within >= calls) continue;
          window.count(now);
          counted.push(now);
        }
      }),
    );
  });
});

describe('Quota', () => {
  it('admits one call a second to the millisecond', () => {
    const writes = quota(1, 'unlimited');
    const verdicts = [0, 999.9, 1000, 1999.9, 2000].map((timeMs) => writes.admit(timeMs));
    expect(verdicts).toEqual(['admitted', 'over-rate', 'admitted', 'over-rate', 'admitted']);
  });

  it('rolls its day: what was used frees 24 hours after it was used, not at midnight', () => {
    const writes = quota('unlimited', 2);
    const verdicts = [0, 20, 23.9, 24, 43.9, 44].map((hour) => writes.admit(hour * HOUR_MS));
    expect(verdicts).toEqual(['admitted', 'admitted', 'over-day', 'admitted', 'over-day', 'admitted']);
  });

  it('lets a refused call take nothing by default', () => {
    const writes = quota(1, 'unlimited');
    expect([0, 600, 1000].map((timeMs) => writes.admit(timeMs))).toEqual([
      'admitted',
      'over-rate',
      'admitted',
    ]);
  });

  it('lets a refused call take from the quota where it is told to', () => {
    const writes = quota(1, 'unlimited', true);
    const verdicts = [0, 600, 1000, 2000].map((timeMs) => writes.admit(timeMs));
    expect(verdicts).toEqual(['admitted', 'over-rate', 'over-rate', 'admitted']);
  });

  it('admits half a call a second as one in two seconds', () => {
    const writes = quota(0.5, 'unlimited');
    expect([0, 1999, 2000].map((timeMs) => writes.admit(timeMs))).toEqual([
      'admitted',
      'over-rate',
      'admitted',
    ]);
  });

  it('admits nothing at a limit of none, and everything without one', () => {
    expect(quota(0, 'unlimited').admit(0)).toBe('over-rate');
    expect(quota('unlimited', 0).admit(0)).toBe('over-day');
    const unlimited = quota('unlimited', 'unlimited');
    expect([0, 0, 0].map((timeMs) => unlimited.admit(timeMs))).toEqual(['admitted', 'admitted', 'admitted']);
  });
});

describe('the emulator', () => {
  it('gives writes one budget, whichever operation, and reads another', async () => {
    const clock = manualClock();
    const emulator = await startForTest({ clock, writesPerSecond: 1, readsPerSecond: 1 });
    const names = [];
    for (const operation of [
      'AssociateOpportunity',
      'DisassociateOpportunity',
      'GetOpportunity',
      'ListOpportunities',
    ]) {
      names.push(await nameOf(emulator, clock, operation));
    }
    expect(names).toEqual([undefined, 'ThrottlingException', undefined, 'ThrottlingException']);
  });

  it('refuses over the day as it does over the second', async () => {
    const clock = manualClock();
    const emulator = await startForTest({ clock, writesPerSecond: 1, writesPerDay: 1 });
    const signing = { signedAtMs: clock.wallMs() };
    const texts: string[] = [];
    for (const waitMs of [0, 0, 60_000]) {
      clock.advance(waitMs);
      texts.push((await call(emulator, 'DisassociateOpportunity', SOLUTION, signing)).text);
    }
    expect(texts[2]).toBe(texts[1]);
  });

  it('never answers more writes of a second than the rate, however they come', async () => {
    const rate = 20;
    const emulator = await startForTest({ writesPerSecond: rate });
    await Promise.all(Array.from({ length: 100 }, () => call(emulator, 'DisassociateOpportunity', SOLUTION)));
    const admitted = emulator.calls().filter((entry) => entry.admitted);
    const crowded = admitted.filter((entry, index) => {
      const first = admitted[index - rate];
      return first !== undefined && entry.atMs - first.atMs < 1000;
    });
    expect(crowded).toEqual([]);
    expect(emulator.counts().exceptions['ThrottlingException']).toBe(100 - admitted.length);
  });
});

const SOLUTION = change('O1', 'Solutions', 'S-0000001');

async function nameOf(
  emulator: Emulator,
  clock: ManualClock,
  operation: string,
): Promise<string | undefined> {
  const input = { ...SOLUTION, Identifier: operation === 'ListOpportunities' ? [] : 'O1' };
  return exceptionName(await call(emulator, operation, input, { signedAtMs: clock.wallMs() }));
}
