import { describe, expect, it } from 'vitest';
import type { AnswerEntry } from '../../src/store/journal-line.ts';
import { foldRecentEvents } from '../../src/store/recent-events.ts';
import { doneEntry, JOB, tryEntry } from '../results/samples.ts';

function answer(at: number, exception?: string): AnswerEntry {
  return {
    t: 'answer',
    ordinal: 0,
    n: 1,
    at,
    ...(exception !== undefined && { fault: { kind: 'throttled', exception } }),
  };
}

describe('foldRecentEvents', () => {
  it('keeps the five newest faults, oldest first, and no answer that was good', () => {
    const recent = foldRecentEvents();
    for (let at = 1; at <= 7; at += 1) recent.add(answer(at, `Exception${at}`));
    recent.add(answer(8));
    expect(recent.events().faults.map(({ atMs, exception }) => `${exception} at ${atMs}`)).toEqual(
      [3, 4, 5, 6, 7].map((at) => `Exception${at} at ${at}`),
    );
  });

  it('keeps when the newest rows were settled, and none that took no call', () => {
    const recent = foldRecentEvents();
    recent.add(JOB);
    recent.add(tryEntry(0));
    for (let at = 1; at <= 130; at += 1) {
      const calls = { attempts: 1, requestIds: [], finishedAt: at };
      recent.add(doneEntry(at, { status: 'disassociated', confirmedBy: 'answer', calls }));
    }
    recent.add(
      doneEntry(131, {
        status: 'already_absent',
        confirmedBy: 'preflight',
        calls: { attempts: 0, requestIds: [] },
      }),
    );
    expect(recent.events().lastCallMs).toBe(130);
    const { settledAtMs } = recent.events();
    expect([settledAtMs.length, settledAtMs[0], settledAtMs.at(-1)]).toEqual([120, 11, 130]);
  });
});
