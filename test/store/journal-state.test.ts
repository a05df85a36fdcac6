import { describe, expect, it } from 'vitest';
import { NOT_SENT, type FaultKind } from '../../src/model/fault.ts';
import type { AnswerEntry, JournalEntry } from '../../src/store/journal-line.ts';
import { foldJournal, type EarlierTries, type JournalState } from '../../src/store/journal-state.ts';
import { doneEntry, JOB, tryEntry } from '../results/samples.ts';

function fold(...entries: readonly JournalEntry[]): JournalState {
  const journal = foldJournal();
  for (const entry of entries) journal.add(entry);
  return journal.state();
}

function answer(n: number, kind?: FaultKind, requestId?: string): AnswerEntry {
  return {
    t: 'answer',
    ordinal: 0,
    n,
    at: n,
    ...(requestId !== undefined && { requestId }),
    ...(kind !== undefined && { fault: { kind, exception: 'AnyException' } }),
  };
}

function standingOf(...entries: readonly JournalEntry[]): EarlierTries['standing'] | undefined {
  return fold(...entries).unsettled.get(0)?.standing;
}

describe('foldJournal', () => {
  it('of nothing knows nothing', () => {
    expect(fold()).toEqual({
      job: undefined,
      session: undefined,
      sessions: [],
      writes: [],
      recent: { faults: [], rate: [], lastCallMs: undefined },
      furthest: -1,
      end: undefined,
      settled: { rows: 0, byStatus: {}, byException: {}, attempts: 0 },
      unsettled: new Map(),
    });
  });

  it('counts no attempt for a try that never left, and forgets a row that had no other', () => {
    const notSent: AnswerEntry = { ...answer(1), fault: { kind: 'unreachable', exception: NOT_SENT } };
    expect(fold(tryEntry(0), notSent).unsettled.size).toBe(0);
    const second = fold(tryEntry(0), answer(1, 'timeout'), tryEntry(0), { ...notSent, n: 2 }).unsettled.get(
      0,
    );
    expect(second).toMatchObject({ attempts: 1, standing: 'in_doubt' });
  });

  it('knows the job and the end', () => {
    const tally = { rows: 1, byStatus: { disassociated: 1 }, byException: {}, attempts: 2 };
    const end: JournalEntry = { t: 'end', tally, resultsSha256: 'ab', at: '' };
    const state = fold(JOB, tryEntry(0), doneEntry(0), end);
    expect(state).toMatchObject({ job: JOB, end, settled: tally });
    expect(state.unsettled.size).toBe(0);
  });

  it('counts the rows done, and holds only those that are not', () => {
    const state = fold(JOB, tryEntry(0), tryEntry(1), tryEntry(2), doneEntry(1), doneEntry(0));
    expect(state.settled).toEqual({ rows: 2, byStatus: { disassociated: 2 }, byException: {}, attempts: 4 });
    expect([...state.unsettled.keys()]).toEqual([2]);
  });

  it('carries over tries, request ids and the first start', () => {
    const state = fold(
      tryEntry(0, { at: 1000 }),
      answer(1, 'throttled', 'id-1'),
      tryEntry(0, { n: 2, at: 2000 }),
      answer(2, 'server'),
      tryEntry(0, { n: 3, at: 3000 }),
      answer(3, 'throttled', 'id-3'),
    );
    expect(state.unsettled.get(0)).toMatchObject({
      attempts: 3,
      requestIds: ['id-1', 'id-3'],
      startedAt: 1000,
    });
  });

  it('passes over an answer to a row that is settled', () => {
    expect(fold(tryEntry(0), doneEntry(0), answer(1, 'timeout')).unsettled.size).toBe(0);
  });

  describe('what it says of a row that is not settled', () => {
    it('is in doubt when its try has no answer', () => {
      expect(standingOf(tryEntry(0))).toBe('in_doubt');
    });

    it.each(['server', 'broken', 'timeout', 'malformed'] as const)('is in doubt after %s', (kind) => {
      expect(standingOf(tryEntry(0), answer(1, kind))).toBe('in_doubt');
    });

    it.each(['throttled', 'unreachable', 'refused', 'denied', 'credentials', 'clock'] as const)(
      'is not done after %s',
      (kind) => {
        expect(standingOf(tryEntry(0), answer(1, kind))).toBe('not_done');
      },
    );

    it('is done when its try was answered well', () => {
      expect(standingOf(tryEntry(0), answer(1))).toBe('succeeded');
    });

    it('stays in doubt when only a later try excludes the change', () => {
      const tries = [tryEntry(0), answer(1, 'timeout'), tryEntry(0, { n: 2 }), answer(2, 'throttled')];
      expect(standingOf(...tries)).toBe('in_doubt');
      expect(standingOf(...tries, tryEntry(0, { n: 3 }), answer(3, 'refused'))).toBe('in_doubt');
    });

    it('stays in doubt when a try had no answer and the next excludes the change', () => {
      expect(standingOf(tryEntry(0), tryEntry(0, { n: 2 }), answer(2, 'throttled'))).toBe('in_doubt');
    });

    it('stays open when a read shows it unchanged, and tells so until the next try', () => {
      const seen = { t: 'seen', ordinal: 0, at: 5 } as const;
      const tried = [tryEntry(0), answer(1, 'timeout'), seen];
      expect(fold(...tried).unsettled.get(0)).toMatchObject({ standing: 'in_doubt', seenUnchanged: true });
      const again = fold(...tried, tryEntry(0, { n: 2 })).unsettled.get(0);
      expect(again).toMatchObject({ standing: 'in_doubt', doubtBefore: true });
      expect(again).not.toHaveProperty('seenUnchanged');
      expect(fold(seen).unsettled.size).toBe(0);
    });

    it('is done when a later try was answered well, whatever came before', () => {
      const tries = [tryEntry(0), answer(1, 'timeout'), tryEntry(0, { n: 2 }), answer(2)];
      expect(standingOf(...tries)).toBe('succeeded');
    });
  });

  describe('of a replacement’s two calls', () => {
    const attach = tryEntry(0, { call: 'AssociateOpportunity' });
    const remove = tryEntry(0, { call: 'DisassociateOpportunity', n: 2 });

    it('knows which it had come to, and how that stands', () => {
      expect(fold(attach, answer(1)).unsettled.get(0)).toMatchObject({
        call: 'AssociateOpportunity',
        standing: 'succeeded',
      });
      expect(fold(attach, answer(1), remove).unsettled.get(0)).toMatchObject({
        call: 'DisassociateOpportunity',
        standing: 'in_doubt',
        attempts: 2,
      });
    });

    it('carries no doubt of the first over to the second', () => {
      const state = fold(attach, answer(1, 'timeout'), remove, answer(2, 'throttled'));
      expect(state.unsettled.get(0)?.standing).toBe('not_done');
    });
  });

  it('tells why the newest session ended, and nothing of the reason before', () => {
    const stop = {
      t: 'stop',
      code: 'limit_reached',
      message: 'Done.',
      at: '2025-01-31T12:00:00.000Z',
    } as const;
    const session = { t: 'session', at: '', callsPerSecond: 1, callsPerDay: 'unlimited' } as const;
    expect(fold(JOB, session, stop).stop).toEqual(stop);
    expect(fold(JOB, session, stop, session).stop).toBeUndefined();
  });

  it('passes over an entry of a kind that it does not know', () => {
    // A later version's line, as it would be read from the file.
    const later = { t: 'later' } as unknown as JournalEntry;
    expect(fold(JOB, later, tryEntry(0)).unsettled.size).toBe(1);
  });

  describe('of a replacement whose old entity goes first', () => {
    const remove = tryEntry(0, { part: { kind: 'detach' } });
    const attach = tryEntry(0, { call: 'AssociateOpportunity', part: { kind: 'attach' }, n: 2 });
    const refusal = { kind: 'refused', exception: 'ValidationException', message: 'A draft.' } as const;
    const restore = tryEntry(0, {
      call: 'AssociateOpportunity',
      part: { kind: 'restore', refusal },
      n: 3,
    });
    const made = ['DisassociateOpportunity'];

    it('knows the part it had come to, and what was made before', () => {
      expect(fold(remove).unsettled.get(0)).toMatchObject({ part: remove.part, madeBefore: [] });
      expect(fold(remove, answer(1), attach, answer(2)).unsettled.get(0)).toMatchObject({
        part: attach.part,
        madeBefore: made,
        standing: 'succeeded',
      });
    });

    it('tells its two attachments apart: the old one comes back since the new one was not attached', () => {
      const state = fold(remove, answer(1), attach, answer(2, 'timeout'), restore).unsettled.get(0);
      expect(state).toMatchObject({ part: restore.part, madeBefore: made, doubtBefore: false, attempts: 3 });
    });

    it('does not claim what was tried before the order was turned round', () => {
      const before = tryEntry(0, { call: 'AssociateOpportunity' });
      expect(fold(before, { ...remove, n: 2 }).unsettled.get(0)).toMatchObject({ madeBefore: [] });
    });

    it('does not claim an old entity that was gone already', () => {
      expect(fold(remove, answer(1, 'refused'), attach).unsettled.get(0)).toMatchObject({ madeBefore: [] });
    });
  });
});
