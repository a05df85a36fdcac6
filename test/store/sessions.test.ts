import { describe, expect, it } from 'vitest';
import { NOT_SENT } from '../../src/model/fault.ts';
import type { JournalEntry, SessionEntry } from '../../src/store/journal-line.ts';
import { durationOfLast, foldSessions, type Session } from '../../src/store/sessions.ts';
import { doneEntry, tryEntry } from '../results/samples.ts';

const BEGUN: SessionEntry = {
  t: 'session',
  at: '2025-01-31T12:00:00.000Z',
  callsPerSecond: 1,
  callsPerDay: 100,
  tool: 'oppsweep 0.0.0',
  caller: { account: '111122223333', arn: 'arn:aws:iam::111122223333:user/ana' },
  host: 'host',
  user: 'ana',
  options: { rate: 1 },
};
const STOP: JournalEntry = {
  t: 'stop',
  code: 'limit_reached',
  message: 'Done.',
  at: '2025-01-31T12:30:00.000Z',
  calls: { writes: 1, reads: 3, throttles: 2 },
};

function fold(...entries: readonly JournalEntry[]): readonly Session[] {
  const sessions = foldSessions();
  for (const entry of entries) sessions.add(entry);
  return sessions.sessions();
}

describe('foldSessions', () => {
  it('tells how long the newest worked, a clock that was set back aside', () => {
    expect(durationOfLast(fold(BEGUN, STOP))).toBe(30 * 60_000);
    expect(durationOfLast(fold(BEGUN, { ...STOP, at: '2025-01-31T11:00:00.000Z' }))).toBe(0);
    expect(durationOfLast([])).toBe(0);
  });

  it('has lasted at least until it began to wait', () => {
    const at = Date.parse('2025-01-31T12:20:00.000Z');
    const [session] = fold(BEGUN, tryEntry(0, { at: at - 60_000 }), { t: 'wait', at });
    expect(session?.lastEntryAt).toBe('2025-01-31T12:20:00.000Z');
  });

  it('tells who and how, what was settled, and why it ended', () => {
    expect(fold(BEGUN, tryEntry(0), doneEntry(0), STOP)).toMatchObject([
      {
        startedAt: BEGUN.at,
        endedAt: STOP.at,
        ended: 'limit_reached',
        caller: BEGUN.caller,
        host: 'host',
        user: 'ana',
        options: { rate: 1 },
        writes: 1,
        reads: 3,
        throttles: 2,
        rows: { disassociated: 1 },
      },
    ]);
  });

  it('counts a row to the session that settled it, and a try to the one that made it', () => {
    const sessions = fold(BEGUN, tryEntry(0), BEGUN, tryEntry(0), doneEntry(0), BEGUN);
    expect(sessions.map(({ writes, rows }) => [writes, rows])).toEqual([
      [1, {}],
      [1, { disassociated: 1 }],
      [0, {}],
    ]);
  });

  it('counts no try that never left', () => {
    const fault = { kind: 'unreachable', exception: NOT_SENT } as const;
    expect(fold(BEGUN, tryEntry(0), { t: 'answer', ordinal: 0, n: 1, at: 5, fault })[0]?.writes).toBe(0);
  });

  it('has no end of one that was cut off, but the time of its last entry', () => {
    const at = Date.parse('2025-01-31T12:10:00.000Z');
    expect(fold(BEGUN, { ...tryEntry(0), at })).toMatchObject([
      {
        ended: 'unknown',
        endedAt: null,
        lastEntryAt: '2025-01-31T12:10:00.000Z',
        reads: null,
        throttles: null,
      },
    ]);
  });

  it('of a session that an earlier version noted knows no more than was noted', () => {
    const { t, at, callsPerSecond, callsPerDay } = BEGUN;
    expect(fold({ t, at, callsPerSecond, callsPerDay })).toMatchObject([
      { caller: null, host: null, user: null, tool: null, options: null },
    ]);
  });

  it('goes on from those before', () => {
    const later = foldSessions(fold(BEGUN, STOP));
    later.add(BEGUN);
    expect(later.sessions().map(({ ended }) => ended)).toEqual(['limit_reached', 'unknown']);
  });
});
