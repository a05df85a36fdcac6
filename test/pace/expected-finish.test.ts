import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { earliestStart } from '../../src/model/quota/earliest-start.ts';
import { QUOTA_DAY_MS } from '../../src/model/quota/quota-day.ts';
import { expectedFinish, idealDuration, type Outlook } from '../../src/pace/expected-finish.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Makes every call, one by one. */
function simulate({
  remainingCalls,
  nowMs,
  callsPerSecond,
  callsPerDay,
  times,
  pausedUntilMs,
}: Outlook): number {
  const made = Array.from({ length: times.length }, (_, index) => times.at(index) ?? 0);
  const spacingMs = callsPerSecond === 'unlimited' ? 0 : 1000 / callsPerSecond;
  const windows = callsPerDay === 'unlimited' ? [] : [{ calls: callsPerDay, windowMs: QUOTA_DAY_MS }];
  let atMs = Math.max(nowMs, pausedUntilMs ?? nowMs) - spacingMs;
  for (let call = 0; call < remainingCalls; call++) {
    atMs = earliestStart(made, atMs + spacingMs, windows);
    made.push(atMs);
  }
  return remainingCalls === 0 ? nowMs : atMs;
}

describe('expectedFinish', () => {
  const outlook: Outlook = {
    remainingCalls: 1,
    nowMs: DAY_MS,
    callsPerSecond: 1,
    callsPerDay: 10_000,
    times: [],
  };

  it('is now where nothing is left', () => {
    expect(expectedFinish({ ...outlook, remainingCalls: 0 })).toBe(DAY_MS);
  });

  it('knows the rate', () => {
    expect(expectedFinish({ ...outlook, remainingCalls: 101 })).toBe(DAY_MS + 100_000);
  });

  it('knows a pause', () => {
    expect(expectedFinish({ ...outlook, pausedUntilMs: DAY_MS + 5000 })).toBe(DAY_MS + 5000);
  });

  it('is never before the next call may go: the used quota comes free when the pace lets it', () => {
    const times = Array.from({ length: 10_000 }, (_, index) => 1000 * index);
    const nowMs = 10_000_000;
    expect(expectedFinish({ ...outlook, nowMs, times })).toBe(QUOTA_DAY_MS);
    expect(expectedFinish({ ...outlook, nowMs, times, remainingCalls: 5000 })).toBe(
      QUOTA_DAY_MS + 4999 * 1000,
    );
  });

  it('agrees with making every call, to a call or two, whatever was called before', () => {
    const arbitrary = fc.record({
      remainingCalls: fc.nat({ max: 120 }),
      callsPerSecond: fc.constantFrom(0.5, 1, 10, 'unlimited' as const),
      callsPerDay: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constant('unlimited' as const)),
      ages: fc.array(fc.nat({ max: DAY_MS + HOUR_MS }), { maxLength: 50 }),
    });
    fc.assert(
      fc.property(arbitrary, ({ ages, ...limits }) => {
        const nowMs = 10 * DAY_MS;
        const perDay = limits.callsPerDay === 'unlimited' ? ages.length : limits.callsPerDay;
        const times = ages
          .slice(0, perDay)
          .map((age) => nowMs - age)
          .toSorted((left, right) => left - right);
        const spacingMs = limits.callsPerSecond === 'unlimited' ? 0 : 1000 / limits.callsPerSecond;
        const expected = expectedFinish({ ...limits, nowMs, times });
        const simulated = simulate({ ...limits, nowMs, times });
        expect(Math.abs(expected - simulated)).toBeLessThanOrEqual(2 * spacingMs);
      }),
    );
  });
});

describe('idealDuration', () => {
  it('is 2 h 47 min for 10,000 calls at 1 a second', () => {
    expect(idealDuration(10_000, 1, 10_000)).toBe(9_999_000);
  });

  it('is five days for 50,000 calls at 1 a second and 10,000 a day', () => {
    expect(idealDuration(50_000, 1, 10_000)).toBe(4 * QUOTA_DAY_MS + 9_999_000);
  });

  it('is the rate alone where that is the narrower limit', () => {
    expect(idealDuration(100_001, 1, 90_000)).toBe(100_000_000);
  });

  it('is nothing without limits', () => {
    expect(idealDuration(1_000_000, 'unlimited', 'unlimited')).toBe(0);
  });
});
