import { expect, it } from 'vitest';
import { echoesOf } from '../../../src/cli/process/leave.ts';

it('a signal is one more only a quarter of a second after the last that was taken', () => {
  let nowMs = 5_000;
  const isEcho = echoesOf({ monotonicMs: () => nowMs });
  const at = (ms: number): boolean => {
    nowMs = ms;
    return isEcho();
  };
  expect([5_000, 5_001, 5_249, 5_250, 5_499, 5_600].map(at)).toEqual([false, true, true, false, true, false]);
});
