import { describe, expect, it } from 'vitest';
import type { ProgressAt } from '../../../../src/cli/words/progress/describe-progress.ts';
import { drawProgress, type ProgressPicture } from '../../../../src/cli/words/progress/progress-bar.ts';
import type { RunProgress } from '../../../../src/run/progress.ts';

const NOW_MS = new Date(2025, 0, 31, 14, 0).getTime();

function at(byStatus: RunProgress['settled']['byStatus'], rows: number, leftInDay = 6_088): ProgressAt {
  const settled = Object.values(byStatus).reduce((sum, some) => sum + some, 0);
  const progress: RunProgress = {
    rows,
    settled: { rows: settled, byStatus, byException: {}, attempts: settled },
    rowsLeft: rows - settled,
    rowsAhead: rows - settled,
    callsLeft: rows - settled,
    pace: { usedInDay: 10_000 - leftInDay, leftInDay, throttled: { count: 0 }, callsPerSecond: 1 },
    expectedFinishMs: NOW_MS + 42 * 60_000,
  };
  return { progress, nowMs: NOW_MS, rowsPerSecond: 0.98 };
}

function drawn({ bar, counts, below }: ProgressPicture): readonly string[] {
  return [bar.map(({ text }) => text).join('') + counts, below];
}

describe('drawProgress', () => {
  it('shows in different signs what is done, to be looked at, failed and left', () => {
    const picture = drawProgress(at({ disassociated: 20_000, invalid: 5_000, failed: 2_500 }, 50_000), 120);
    expect(drawn(picture)).toEqual([
      `${'█'.repeat(16)}▓▓▓▓▒▒${'░'.repeat(18)}   27,500 of 50,000   2,500 failed   5,000 to look at   6,088 quota left`,
      '  42 min left, until 14:42 · 0.98 rows a second',
    ]);
  });

  it('counts what a limit lets through, and says how many rows there are', () => {
    const { progress, ...now } = at({ disassociated: 49 }, 595);
    const limited = { ...now, progress: { ...progress, rowsAhead: 11 } };
    expect(drawn(drawProgress(limited, 100))[0]).toBe(
      `${'█'.repeat(33)}${'░'.repeat(7)}   49 of 60 (limit; 595 in all)   6,088 quota left`,
    );
    expect(drawn(drawProgress(limited, 40))[0]).toBe('49/60 rows (limit) · 42 min left');
  });

  it('shows one failed row among fifty thousand', () => {
    const { bar } = drawProgress(at({ disassociated: 40_000, failed: 1 }, 50_000), 110);
    expect(bar.find(({ rows }) => rows === 'failed')?.text).toBe('▒');
  });

  it('is as wide at its beginning as at its end', () => {
    for (const done of [0, 1, 20, 41]) {
      const { bar } = drawProgress(at({ disassociated: done }, 41), 120);
      expect(bar.map(({ text }) => text).join('')).toHaveLength(40);
    }
  });

  it.each([60, 72, 80, 100, 200])('is no wider than a terminal of %i columns', (columns) => {
    const lines = drawn(drawProgress(at({ disassociated: 3_912, failed: 9, unknown: 3 }, 50_000), columns));
    expect(lines.map((line) => line.length <= columns - 1)).toEqual([true, true]);
    expect(lines[1]).toContain('42 min left');
  });

  it('has no bar in 40 columns, and tells the time left', () => {
    expect(drawn(drawProgress(at({ disassociated: 3_912 }, 50_000), 40))).toEqual([
      '3,912/50,000 rows · 42 min left',
      '',
    ]);
  });
});
