import { describe, expect, it } from 'vitest';
import { concurrencyOf, DEFAULT_RUN_OPTIONS, realLimitsOf } from '../../../src/run/request/run-options.ts';

describe('the calls in flight', () => {
  it('are 16 at most at the service’s own pace, and without any', () => {
    expect(concurrencyOf({ rate: 1, readRate: 10 })).toBe(16);
    expect(concurrencyOf({ rate: 'unlimited', readRate: 'unlimited' })).toBe(16);
  });

  it('are as many as answers of half a second need, up to 128', () => {
    expect(concurrencyOf({ rate: 1, readRate: 100 })).toBe(50);
    expect(concurrencyOf({ rate: 45, readRate: 'unlimited' })).toBe(23);
    expect(concurrencyOf({ rate: 1, readRate: 5_000 })).toBe(128);
  });

  it('are those that were asked for, whatever the pace', () => {
    expect(concurrencyOf({ rate: 1, readRate: 100, concurrency: 3 })).toBe(3);
    expect(realLimitsOf({ ...DEFAULT_RUN_OPTIONS, readRate: 100 }).concurrency).toBe(50);
  });
});
