import { describe, expect, it } from 'vitest';
import type { PaceState } from '../../src/pace/pace-state.ts';
import { keepTally } from '../../src/model/tally.ts';
import { progressOf, type PacedCalls } from '../../src/run/progress.ts';

const IDLE: PaceState = { usedInDay: 0, leftInDay: 10_000, throttled: { count: 0 }, callsPerSecond: 1 };

function paced(callMs: number, callsARow: number, usedInDay: number): PacedCalls {
  const pace = { state: () => ({ ...IDLE, usedInDay }), expectedFinishMs: (calls: number) => calls * callMs };
  return { pace, callsOf: (rows) => rows * callsARow };
}

describe('the progress of a run', () => {
  it('shows the first of its calls, and ends with the slowest, of which a row may take several', () => {
    const standing = { rows: 12, settled: keepTally().now(), rowsAhead: 10, rate: [] };
    const [writes, reads] = [paced(1_000, 2, 7), paced(100, 1, 9)];
    const progress = progressOf(standing, [writes, reads]);
    expect(progress).toMatchObject({ rows: 12, rowsLeft: 12, expectedFinishMs: 20_000 });
    expect(progress.pace.usedInDay).toBe(7);
    const slowReads = progressOf(standing, [writes, paced(5_000, 1, 9)]);
    expect(slowReads.expectedFinishMs).toBe(50_000);
  });

  it('is paused for the longest pause of any of its calls: a preflight’s reads have a quota of their own', () => {
    const standing = { rows: 10, settled: keepTally().now(), rowsAhead: 10, rate: [] };
    const [writes, reads] = [paced(1_000, 1, 7), paced(100, 1, 9)];
    const paused = { untilMs: 5, why: 'daily_quota' } as const;
    const waiting = { ...reads, pace: { ...reads.pace, state: () => ({ ...IDLE, paused }) } };
    expect(progressOf(standing, [writes, reads]).pace.paused).toBeUndefined();
    expect(progressOf(standing, [writes, waiting]).pace).toMatchObject({
      usedInDay: 7,
      paused,
    });
  });

  it('ends at the rate that its rows have, and waits for the slowest of its calls no second time', () => {
    const rate = [
      { atMs: 0, rows: 0 },
      { atMs: 20_000, rows: 10 },
    ];
    const standing = { rows: 10, settled: keepTally().now(), rowsAhead: 10, rate };
    const [writes, reads] = [paced(1_000, 1, 0), paced(1_000, 2, 0)];
    expect(progressOf(standing, [writes, reads]).expectedFinishMs).toBe(20_000);
  });

  it('ends with the rows of its session, where a limit leaves others', () => {
    const standing = { rows: 10, settled: keepTally().now(), rowsAhead: 3, rate: [] };
    expect(progressOf(standing, [paced(1_000, 2, 7)])).toMatchObject({
      rowsLeft: 10,
      rowsAhead: 3,
      callsLeft: 6,
      expectedFinishMs: 6_000,
    });
  });
});
