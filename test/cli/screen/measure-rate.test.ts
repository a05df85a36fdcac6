import { expect, it } from 'vitest';
import { measureRate } from '../../../src/cli/screen/measure-rate.ts';
import type { Clock } from '../../../src/model/clock.ts';
import type { RunProgress } from '../../../src/run/progress.ts';

/** A run of 10,000 rows of which `replayed` came from an earlier session. */
function setStage(): {
  readonly after: (seconds: number, rows: number, replayed?: number) => void;
  readonly pause: (paused: RunProgress['pace']['paused']) => void;
  readonly await: (awaited: RunProgress['awaited']) => void;
  readonly measure: ReturnType<typeof measureRate>;
} {
  let nowMs = 0;
  let settled = 0;
  let left = 10_000;
  let paused: RunProgress['pace']['paused'];
  let awaited: RunProgress['awaited'];
  const clock: Clock = { wallMs: () => nowMs, monotonicMs: () => nowMs, sleep: async () => undefined };
  const progress = (): RunProgress => ({
    rows: 10_000,
    settled: { rows: settled, byStatus: {}, byException: {}, attempts: 0 },
    rowsLeft: left,
    callsLeft: left,
    pace: {
      usedInDay: 0,
      leftInDay: 'unlimited',
      throttled: { count: 0 },
      callsPerSecond: 1,
      ...(paused && { paused }),
    },
    expectedFinishMs: 0,
    awaited,
  });
  const measure = measureRate(progress, clock);
  return {
    after: (seconds, rows, replayed = 0) => {
      nowMs += seconds * 1_000;
      settled += rows + replayed;
      left -= rows;
    },
    pause: (pause) => {
      paused = pause;
    },
    await: (waits) => {
      awaited = waits;
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

it('tells the end by rows that were run, over two minutes, and only once it knows', () => {
  const { after, measure } = setStage();
  measure();
  after(10, 5, 5_000);
  expect(measure().steadyRowsPerSecond).toBeUndefined();
  after(10, 5);
  expect(measure().steadyRowsPerSecond).toBe(0.5);
  for (let step = 0; step < 13; step += 1) {
    after(10, 40);
    measure();
  }
  expect(measure().steadyRowsPerSecond).toBe(4);
});

it('measures lines that are far apart between them', () => {
  const { after, measure } = setStage();
  measure();
  after(600, 300);
  expect(measure()).toMatchObject({ rowsPerSecond: 0.5, steadyRowsPerSecond: 0.5 });
});

it('begins anew after a wait for the daily quota', () => {
  const { after, pause, measure } = setStage();
  measure();
  after(60, 60);
  pause({ untilMs: 1, why: 'daily_quota' });
  after(3_600, 0);
  measure();
  pause(undefined);
  after(30, 30);
  expect(measure().steadyRowsPerSecond).toBe(1);
});

it.each(['service', 'sign-in'] as const)('begins anew after a wait for the %s', (what) => {
  const { after, await: wait, measure } = setStage();
  measure();
  after(60, 60);
  wait({ what, untilMs: 1 });
  after(600, 0);
  measure();
  wait(undefined);
  after(30, 30);
  expect(measure().steadyRowsPerSecond).toBe(1);
});
