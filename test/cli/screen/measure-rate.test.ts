import { expect, it } from 'vitest';
import { measureRate } from '../../../src/cli/screen/measure-rate.ts';
import type { Clock } from '../../../src/model/clock.ts';
import type { RunProgress } from '../../../src/run/progress.ts';

function setStage(): {
  readonly after: (seconds: number, rows: number, replayed?: number) => void;
  readonly wait: (waits: boolean) => void;
  readonly measure: ReturnType<typeof measureRate>;
} {
  let nowMs = 0;
  let settled = 0;
  let left = 10_000;
  let waits = false;
  const clock: Clock = { wallMs: () => nowMs, monotonicMs: () => nowMs, sleep: async () => undefined };
  const progress = (): RunProgress => ({
    rows: 10_000,
    settled: { rows: settled, byStatus: {}, byException: {}, attempts: 0 },
    rowsLeft: left,
    rowsAhead: left,
    callsLeft: left,
    pace: {
      usedInDay: 0,
      leftInDay: 'unlimited',
      throttled: { count: 0 },
      callsPerSecond: 1,
      ...(waits && { paused: { untilMs: nowMs + 3_600_000, why: 'daily_quota' } }),
    },
    expectedFinishMs: 0,
  });
  const measure = measureRate(progress, clock);
  return {
    after: (seconds, rows, replayed = 0) => {
      nowMs += seconds * 1_000;
      settled += rows + replayed;
      left -= rows;
    },
    wait: (now) => {
      waits = now;
    },
    measure,
  };
}

it('shows the rate of the last ten seconds or so', () => {
  const { after, measure } = setStage();
  measure();
  for (let second = 0; second < 60; second += 1) {
    after(1, second < 40 ? 10 : 2);
    measure();
  }
  expect(measure().rowsPerSecond).toBe(2);
});

it('counts no rows that are invalid, or were settled before', () => {
  const { after, measure } = setStage();
  measure();
  after(1, 1, 25);
  expect(measure().rowsPerSecond).toBe(1);
});

it('measures lines that are far apart between them', () => {
  const { after, measure } = setStage();
  measure();
  after(600, 300);
  expect(measure()).toMatchObject({ rowsPerSecond: 0.5 });
});

it('tells none after a wait, before some seconds have been seen', () => {
  const { after, wait, measure } = setStage();
  measure();
  wait(true);
  after(3_600, 0);
  measure();
  wait(false);
  after(1, 40);
  expect(measure().rowsPerSecond).toBe(0);
  after(4, 160);
  expect(measure().rowsPerSecond).toBe(40);
});
