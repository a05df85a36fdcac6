import { expect, test } from 'vitest';
import { foldJournalCalls, foldResultCalls, type CallFacts } from '../../../src/report/calls/call-facts.ts';
import { countByTime } from '../../../src/report/calls/time-bins.ts';
import type { JournalEntry } from '../../../src/store/journal-line.ts';
import { CALLS, doneEntry, fault } from '../../results/samples.ts';
import { BEGAN_MS, failedLine, line } from '../sample-report.ts';

const HOUR_MS = 3_600_000;

function factsOf(entries: readonly JournalEntry[]): CallFacts {
  const fold = foldJournalCalls();
  for (const entry of entries) fold.add(entry);
  return fold.facts();
}

function session(
  callsPerDay: number | 'unlimited',
  usedInDay?: number,
  atMs: number = BEGAN_MS,
): JournalEntry {
  const used = usedInDay === undefined ? {} : { usedInDay };
  return { t: 'session', at: new Date(atMs).toISOString(), callsPerSecond: 1, callsPerDay, ...used };
}

function tries(number: number, fromMs: number, everyMs: number): readonly JournalEntry[] {
  return Array.from({ length: number }, (_, n) => ({
    t: 'try',
    ordinal: n,
    row: n,
    key: '',
    call: 'DisassociateOpportunity',
    n: 1,
    at: fromMs + n * everyMs,
  }));
}

const callsIn = ({ points }: CallFacts): number => points.reduce((sum, { calls }) => sum + calls, 0);

test('stretches widen until there are few enough, and no call is lost', () => {
  const bins = countByTime(10);
  for (let hour = 0; hour < 100; hour += 1) bins.add(BEGAN_MS + hour * HOUR_MS, { calls: 2 });
  expect(bins.bins().length).toBeLessThanOrEqual(10);
  expect(bins.widthMs()).toBe(24 * HOUR_MS);
  expect(bins.bins().reduce((sum, { calls }) => sum + calls, 0)).toBe(200);
});

test('calls without an answer stand in the stretch in which they were noted, and nothing is left out between', () => {
  const facts = factsOf([...tries(3, BEGAN_MS, 1_000), ...tries(1, BEGAN_MS + 10_000, 1)]);
  expect(facts.widthMs).toBe(1_000);
  expect(facts.points.map(({ calls }) => calls)).toEqual([1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1]);
});

test('the quota left falls with the run’s own calls, and comes back after a day', () => {
  const facts = factsOf([
    session(100),
    ...tries(60, BEGAN_MS, 1_000),
    ...tries(1, BEGAN_MS + 25 * HOUR_MS, 1),
  ]);
  expect(facts.points[0]?.quotaLeft).toBe(40);
  expect(facts.points.at(-1)?.quotaLeft).toBe(99);
  expect(factsOf([session('unlimited'), ...tries(1, BEGAN_MS, 1)]).points[0]).not.toHaveProperty('quotaLeft');
});

test('what others had used as a session began is taken off for a day, and not what the run itself had', () => {
  const facts = factsOf([
    session(100, 7),
    ...tries(10, BEGAN_MS, 1_000),
    session(100, 20, BEGAN_MS + HOUR_MS),
    ...tries(5, BEGAN_MS + HOUR_MS, 1_000),
    ...tries(1, BEGAN_MS + 48 * HOUR_MS, 1),
  ]);
  expect(facts.quotaBy).toBe('account');
  expect(facts.points[0]?.quotaLeft).toBe(100 - 7 - 10);
  expect(facts.points.find(({ fromMs }) => fromMs === BEGAN_MS + HOUR_MS)?.quotaLeft).toBe(100 - 10 - 10 - 5);
  expect(facts.points.at(-1)?.quotaLeft).toBe(99);
  expect(factsOf([session(100, 7), session(100), ...tries(1, BEGAN_MS, 1)]).quotaBy).toBe('run');
});

test('a throttled call counts as such, one that never left is none', () => {
  const answer = { t: 'answer', ordinal: 0, n: 1, at: BEGAN_MS } as const;
  const facts = factsOf([
    ...tries(2, BEGAN_MS, 1),
    { ...answer, fault: { kind: 'throttled', exception: 'ThrottlingException' } },
    { ...answer, ordinal: 1, fault: { kind: 'unreachable', exception: 'NotSent' } },
  ]);
  expect(facts.points).toMatchObject([{ calls: 1, throttles: 1 }]);
});

test('calls are placed at their answers: notes that were made ahead of their turn are no faster pace', () => {
  const ended = (ordinal: number): JournalEntry =>
    doneEntry(ordinal, {
      status: 'disassociated',
      confirmedBy: 'answer',
      calls: { ...CALLS, finishedAt: BEGAN_MS + ordinal * 1_010 },
    });
  const facts = factsOf([...tries(3, BEGAN_MS, 80), ended(0), ended(1), ended(2)]);
  expect(facts.points.map(({ calls }) => calls)).toEqual([1, 1, 1]);
});

test('a call that a killed process has sent counts where it was noted, and its row’s later end is no call', () => {
  const later = {
    status: 'disassociated',
    confirmedBy: 'read',
    calls: { ...CALLS, finishedAt: BEGAN_MS + 9_000 },
  } as const;
  const facts = factsOf([session(100), ...tries(1, BEGAN_MS, 1), session(100), doneEntry(0, later)]);
  expect(facts.points.map(({ calls }) => calls)).toEqual([1]);
});

test('rows that needed no call draw no picture', () => {
  const absent = {
    status: 'already_absent',
    confirmedBy: 'preflight',
    calls: { ...CALLS, attempts: 0 },
  } as const;
  expect(factsOf([session(100), doneEntry(0, absent)]).points).toEqual([]);
});

test('undoing costs a write for each change that was really made', () => {
  const done = { t: 'done', ordinal: 0, row: 2, key: '' } as const;
  const facts = factsOf([
    {
      ...done,
      outcome: {
        status: 'replaced',
        confirmedBy: 'answer',
        calls: { attempts: 2, requestIds: [], made: ['AssociateOpportunity', 'DisassociateOpportunity'] },
      },
    },
    {
      ...done,
      outcome: { status: 'failed', fault: fault('refused'), calls: { attempts: 1, requestIds: [] } },
    },
  ]);
  expect(facts.undoWrites).toBe(2);
});

test('a clock that was years off makes no endless picture', () => {
  const facts = factsOf([...tries(1, 0, 1), ...tries(1, BEGAN_MS, 1), ...tries(1, BEGAN_MS * 40, 1)]);
  expect(facts.points.length).toBeLessThan(200);
});

test('without a journal, calls are placed at their row’s last answer, but for those of an earlier run', () => {
  const fold = foldResultCalls(BEGAN_MS);
  fold.add(failedLine(2));
  fold.add(line('disassociated', { attempts: '3', finished_at: new Date(BEGAN_MS - 1).toISOString() }));
  const facts = fold.facts();
  expect([facts.from, callsIn(facts), facts.undoWrites]).toEqual(['results', 1, undefined]);
});
