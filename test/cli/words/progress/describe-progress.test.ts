import { describe, expect, it } from 'vitest';
import {
  fitted,
  progressLine,
  progressParts,
  type ProgressAt,
} from '../../../../src/cli/words/progress/describe-progress.ts';
import type { PaceState } from '../../../../src/pace/pace-state.ts';
import type { RunProgress } from '../../../../src/run/progress.ts';

const NOW_MS = new Date(2025, 0, 31, 14, 0).getTime();
const PACE: PaceState = { usedInDay: 120, leftInDay: 9_880, throttled: { count: 0 }, callsPerSecond: 1 };

function parts(pace: Partial<PaceState> = {}, part: Partial<RunProgress> = {}): readonly string[] {
  return progressParts(progressAt(pace, part));
}

function progressAt(pace: Partial<PaceState> = {}, part: Partial<RunProgress> = {}): ProgressAt {
  const progress: RunProgress = {
    rows: 12_000,
    settled: {
      rows: 130,
      byStatus: { disassociated: 120, already_absent: 10 },
      byException: {},
      attempts: 121,
    },
    rowsLeft: 1_000,
    rowsAhead: 1_000,
    callsLeft: 1_000,
    pace: { ...PACE, ...pace },
    expectedFinishMs: NOW_MS + 17 * 60_000,
    ...part,
  };
  return { progress, nowMs: NOW_MS, rowsPerSecond: 0.98 };
}

describe('progressParts', () => {
  it('tells rows, the end, statuses, quota and rate', () => {
    expect(parts()).toEqual([
      '130/12,000 rows',
      '17 min left, until 14:17',
      '120 disassociated, 10 already_absent',
      'quota 120 of 10,000',
      '0.98/s',
    ]);
  });

  it('names no time of day for an end within the minute', () => {
    expect(parts({}, { expectedFinishMs: NOW_MS + 38_000 })[1]).toBe('38 s left');
  });

  it('promises no end once the run is stopped, whatever it waited for', () => {
    const stopping = { stopping: { callsInFlight: 2 } };
    const paused = { untilMs: NOW_MS + 8_000, why: 'daily_quota' } as const;
    expect(parts({ paused }, stopping)[1]).toBe('Stopping, 2 calls in flight');
    expect(progressLine(progressAt({}, stopping), 39)).toBe('130/12,000 rows · stopping, 2 in flight');
    expect(progressLine(progressAt({}, stopping), 34)).toBe('130/12,000 · stopping, 2 in flight');
    expect(progressLine(progressAt({}, stopping), 30)).toBe('130/12,000 rows · stopping');
  });

  it('says until when the daily quota is waited for', () => {
    const untilMs = new Date(2025, 1, 1, 9, 30).getTime();
    expect(parts({ paused: { untilMs, why: 'daily_quota' } })[1]).toBe(
      'Waiting for the day’s quota, until Sat 1 Feb 09:30',
    );
  });

  it('says since when the service is away, and how long it is waited for', () => {
    const awaited = { what: 'service', sinceMs: NOW_MS - 60_000, untilMs: NOW_MS + 840_000 } as const;
    expect(parts({}, { awaited })[1]).toBe('Service away since 13:59, waiting 14 min at most');
  });

  it('says how long throttling is waited out, from the second throttle on', () => {
    const paused = { untilMs: NOW_MS + 8_000, why: 'throttled' } as const;
    expect(parts({ paused, throttled: { count: 2 } })[1]).toBe('Waiting, throttled: 8 s');
    expect(parts({ paused, throttled: { count: 1 } })[1]).toBe('17 min left, until 14:17');
  });

  it('is almost done with no call left', () => {
    expect(parts({}, { rowsLeft: 0, rowsAhead: 0 })[1]).toBe('almost done');
    expect(parts({}, { rowsLeft: 7, rowsAhead: 0 })[1]).toBe('limit reached');
  });

  it('says so where there is no quota, and where nothing is settled', () => {
    const none = { rows: 0, byStatus: {}, byException: {}, attempts: 0 };
    expect(parts({ leftInDay: 'unlimited' }, { settled: none }).slice(2, 4)).toEqual([
      'none settled yet',
      'no daily quota',
    ]);
  });
});

describe('progressLine', () => {
  it('has all there is room for', () => {
    expect(progressLine(progressAt(), 120)).toBe(parts().join(' · '));
  });

  it('tells the time left at 40 columns and below', () => {
    const days = progressAt({}, { expectedFinishMs: NOW_MS + 42 * 3_600_000 + 600_000 });
    expect(progressLine(days, 40)).toBe('130/12,000 rows · 1 d 18 h left');
    expect(progressLine(days, 26)).toBe('130/12,000 · 1 d 18 h left');
    expect(progressLine(days, 20)).toBe('1 d 18 h left');
    const untilMs = NOW_MS + 35_400_000;
    expect(progressLine(progressAt({ paused: { untilMs, why: 'daily_quota' } }), 40)).toBe(
      '130/12,000 rows · waiting 9 h 50 min',
    );
  });
});

describe('fitted', () => {
  it('joins what fits, and leaves out what does not', () => {
    expect(fitted(['12/20 rows', '8 s left', 'x'.repeat(30), '1/s'], 30)).toBe('12/20 rows · 8 s left · 1/s');
  });

  it('fills the line to its last column and not beyond', () => {
    expect(fitted(['abc', 'de'], 8)).toBe('abc · de');
    expect(fitted(['abc', 'de'], 7)).toBe('abc');
    expect(fitted(['abc'], 2)).toBe('');
  });
});
