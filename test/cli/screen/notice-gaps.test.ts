import { expect, it } from 'vitest';
import { noticeGaps } from '../../../src/cli/screen/notice-gaps.ts';
import { createVirtualClock } from '../../pace/virtual-clock.ts';

const MINUTE_MS = 60_000;

it('tells when a process could not look: stopped, or asleep with its machine, and not when it was late', () => {
  const clock = createVirtualClock();
  const gaps = noticeGaps(1_000, clock);
  clock.advance(1_000);
  expect(gaps()).toBeUndefined();
  clock.advance(5_500);
  expect(gaps()).toBeUndefined();
  clock.advance(MINUTE_MS);
  expect(gaps()).toBe(
    'Was suspended (or the machine slept) from 2024-10-04T00:00:06Z to 2024-10-04T00:01:06Z: nothing was done in between.\n',
  );
  clock.suspend(MINUTE_MS);
  expect(gaps()).toContain('to 2024-10-04T00:02:06Z');
  clock.advance(1_000);
  expect(gaps()).toBeUndefined();
  clock.setWall(-MINUTE_MS);
  expect(gaps()).toBeUndefined();
});
