import { describe, expect, it } from 'vitest';
import { afterAccepted, afterThrottled, UNTHROTTLED, type Throttling } from '../../src/pace/throttling.ts';

const moment = { wallMs: 1_000_000, monotonicMs: 5000, windowMs: 1000, roll: 0 };

/** `count` throttles, each as soon as the pause before it has ended. */
function throttledInARow(count: number): Throttling {
  let state = UNTHROTTLED;
  for (let each = 0; each < count; each++) {
    const monotonicMs = Math.max(moment.monotonicMs, state.pausedUntilMs);
    state = afterThrottled(state, { ...moment, monotonicMs, wallMs: moment.wallMs + each });
  }
  return state;
}

describe('throttling', () => {
  it('pauses for one window at first', () => {
    expect(throttledInARow(1)).toMatchObject({ streak: 1, sinceMs: 1_000_000, pausedUntilMs: 6000 });
  });

  it('doubles the pause with each throttle that follows one, up to a minute', () => {
    const pauses = [1, 2, 3, 6, 7, 8].map((count) => {
      const before = throttledInARow(count - 1);
      return throttledInARow(count).pausedUntilMs - Math.max(moment.monotonicMs, before.pausedUntilMs);
    });
    expect(pauses).toEqual([1000, 2000, 4000, 32_000, 60_000, 60_000]);
  });

  it('adds a little at random', () => {
    const state = afterThrottled(UNTHROTTLED, { ...moment, roll: 0.5 });
    expect(state.pausedUntilMs).toBe(6050);
  });

  it('counts answers that come during a pause, and pauses no longer for them', () => {
    const first = throttledInARow(1);
    const second = afterThrottled(first, { ...moment, monotonicMs: 5500, wallMs: 1_000_500 });
    expect(second).toEqual({ ...first, streak: 2 });
  });

  it('pauses at least as long as the service asks, be it longer than any pause of ours', () => {
    const leastMs = 300_000;
    expect(afterThrottled(UNTHROTTLED, { ...moment, leastMs }).pausedUntilMs).toBe(305_000);
    expect(afterThrottled(UNTHROTTLED, { ...moment, leastMs: 500 }).pausedUntilMs).toBe(6000);
  });

  it('pauses longer for an answer during a pause only if that asks for it', () => {
    const first = throttledInARow(1);
    const asking = { ...moment, monotonicMs: 5500, leastMs: 30_000 };
    expect(afterThrottled(first, asking).pausedUntilMs).toBe(35_500);
    expect(afterThrottled(first, { ...asking, leastMs: 100 }).pausedUntilMs).toBe(first.pausedUntilMs);
  });

  it('forgets the streak with an accepted answer, but not a pause that is under way', () => {
    const state = afterAccepted(throttledInARow(3), 1);
    expect(state).toMatchObject({ streak: 0, pauses: 0, pausedUntilMs: throttledInARow(3).pausedUntilMs });
    expect(state.sinceMs).toBeUndefined();
  });

  it('stretches the window with each throttle, within bounds', () => {
    expect(throttledInARow(1).stretch).toBeGreaterThan(UNTHROTTLED.stretch);
    expect(throttledInARow(100).stretch).toBe(1.5);
  });

  it('stretches it by little for a throttle alone, and by more while that is not forgotten', () => {
    const [none = 0, one, two] = [0, 1, 2].map((count) => throttledInARow(count).stretch);
    expect([one, two]).toEqual([none * 1.01, none * 1.01 * 1.03]);
    let state = throttledInARow(1);
    for (let call = 0; call < 200; call++) state = afterAccepted(state, 1);
    expect(afterThrottled(state, { ...moment, monotonicMs: 300_000 }).stretch).toBe(1.01);
  });

  it('narrows the window again over many windows of accepted calls, and no further than the quota', () => {
    let state = throttledInARow(2);
    for (let call = 0; call < 50 * 100; call++) state = afterAccepted(state, 50);
    expect(state.stretch).toBeGreaterThan(1);
    for (let call = 0; call < 50 * 200; call++) state = afterAccepted(state, 50);
    expect(state.stretch).toBe(1);
  });
});
