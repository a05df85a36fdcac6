import { expect, test } from 'vitest';
import { coarseClock } from '../../src/fleet/coarse-clock.ts';
import { SHORT_SLEEP_MS } from '../../src/model/clock.ts';

test('no sleep of a worker is so short that its process stays awake for it, and none is cut short', async () => {
  const slept: number[] = [];
  const clock = coarseClock({
    wallMs: () => 7,
    monotonicMs: () => 8,
    sleep: async (delayMs) => void slept.push(delayMs),
  });
  for (const delayMs of [0.2, SHORT_SLEEP_MS, 1_000]) await clock.sleep(delayMs);
  expect(Math.min(...slept)).toBeGreaterThan(SHORT_SLEEP_MS);
  expect(slept.at(-1)).toBe(1_000);
  expect([clock.wallMs(), clock.monotonicMs()]).toEqual([7, 8]);
});
