import { describe, expect, it } from 'vitest';
import { tellChanges } from '../../../../src/cli/words/progress/dated-lines.ts';
import type { ProgressAt } from '../../../../src/cli/words/progress/describe-progress.ts';
import type { RunProgress } from '../../../../src/run/progress.ts';

const START_MS = Date.UTC(2025, 0, 31, 12);
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

type Paused = RunProgress['pace']['paused'];

function at(ms: number, part: Partial<RunProgress> = {}, paused?: Paused): ProgressAt {
  const nowMs = START_MS + ms;
  const settled = Math.min(50_000, Math.floor(ms / 1_000));
  return {
    nowMs,
    rowsPerSecond: 1,
    progress: {
      rows: 50_000,
      settled: {
        rows: settled,
        byStatus: settled === 0 ? {} : { disassociated: settled },
        byException: {},
        attempts: settled,
      },
      rowsLeft: 50_000 - settled,
      rowsAhead: 50_000 - settled,
      callsLeft: 50_000 - settled,
      expectedFinishMs: START_MS + 50_000_000,
      pace: {
        usedInDay: settled,
        leftInDay: 10_000 - settled,
        throttled: { count: 0 },
        callsPerSecond: 1,
        ...(paused !== undefined && { paused }),
      },
      ...part,
    },
  };
}

const quotaUntil = (ms: number): Paused => ({ untilMs: START_MS + ms, why: 'daily_quota' });

describe('tellChanges', () => {
  it('tells where the run stands every so often, by one clock', () => {
    const tell = tellChanges(10 * MINUTE_MS);
    expect(tell(at(0))).toBeUndefined();
    expect(tell(at(10 * MINUTE_MS - 1))).toBeUndefined();
    expect(tell(at(10 * MINUTE_MS))).toBe(
      '600 of 50,000 rows · 13 h 43 min left, until 2025-02-01T01:53Z · 600 disassociated · quota 600 of 10,000 · 1/s\n',
    );
    expect(tell(at(10 * MINUTE_MS + 1))).toBeUndefined();
  });

  it('counts what a limit lets through, and says how many rows there are', () => {
    const tell = tellChanges(MINUTE_MS);
    tell(at(0));
    expect(tell(at(MINUTE_MS, { rowsAhead: 40 }))).toMatch(/^60 of 100 rows \(limit; 50,000 in all\) · /);
  });

  it('tells what a stopped run still waits for', () => {
    const tell = tellChanges(10 * MINUTE_MS);
    tell(at(0));
    expect(tell(at(MINUTE_MS, { stopping: { callsInFlight: 1 } }))).toBe(
      '60 of 50,000 rows · stops, 1 call in flight · 60 disassociated\n',
    );
  });

  it('tells a wait once, when it begins, and that it goes on', () => {
    const tell = tellChanges(10 * MINUTE_MS);
    tell(at(0));
    expect(tell(at(MINUTE_MS, {}, quotaUntil(DAY_MS)))).toBe(
      '60 of 50,000 rows · waits for quota, until 2025-02-01T12:00Z · done by 2025-02-01T01:53Z · quota 60 of 10,000\n',
    );
    expect(tell(at(100 * MINUTE_MS, {}, quotaUntil(DAY_MS)))).toBeUndefined();
    expect(tell(at(DAY_MS))).toContain('50,000 of 50,000 rows');
  });

  it('tells at once that the service is away, and of no pause that is soon over', () => {
    const tell = tellChanges(10 * MINUTE_MS);
    tell(at(0));
    expect(tell(at(1_000, {}, { untilMs: START_MS + 5_000, why: 'throttled' }))).toBeUndefined();
    const away = {
      awaited: { what: 'service' as const, sinceMs: START_MS, untilMs: START_MS + 15 * MINUTE_MS },
    };
    expect(tell(at(2_000, away))).toContain('waits for the service, until 2025-01-31T12:15Z at most');
  });

  it('tells no finish while every call is throttled, and that once', () => {
    const tell = tellChanges(MINUTE_MS);
    tell(at(0));
    const throttled = (ms: number): ProgressAt => {
      const { progress, ...rest } = at(ms);
      const streak = { count: 3, sinceMs: START_MS + 1_000 };
      return { ...rest, progress: { ...progress, pace: { ...progress.pace, throttled: streak } } };
    };
    expect(tell(throttled(20_000))).toBeUndefined();
    expect(tell(throttled(21_000))).toBe(
      '21 of 50,000 rows · waits, throttled: no call was accepted since 2025-01-31T12:00Z · 21 disassociated · quota 21 of 10,000\n',
    );
    expect(tell(throttled(2 * MINUTE_MS))).toBeUndefined();
    expect(tell(at(3 * MINUTE_MS))).toContain('left, until');
  });

  it('of five days with a quota wait in each says less than a person can read', () => {
    const tell = tellChanges(10 * MINUTE_MS);
    let lines = 0;
    for (let ms = 0; ms < 5 * DAY_MS; ms += 1_000) {
      const dayMs = ms % DAY_MS;
      const waits = dayMs > 10_000_000;
      const paused = waits ? quotaUntil(ms - dayMs + DAY_MS) : undefined;
      if (tell(at(ms, { rowsLeft: 1, rowsAhead: 1 }, paused)) !== undefined) lines += 1;
    }
    expect(lines).toBeGreaterThan(50);
    expect(lines).toBeLessThan(110);
  });
});
