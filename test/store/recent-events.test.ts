import { describe, expect, it } from 'vitest';
import type { AnswerEntry, JournalEntry } from '../../src/store/journal-line.ts';
import {
  foldNotedWrites,
  foldRecentEvents,
  gatherWritesBack,
  notedInPlace,
} from '../../src/store/recent-events.ts';
import { DAY_MS } from '../../src/model/quota/quota-day.ts';
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

  const settled = (ordinal: number, atMs?: number): JournalEntry => {
    const calls = { attempts: 1, requestIds: [], ...(atMs !== undefined && { finishedAt: atMs }) };
    return doneEntry(ordinal, { status: 'disassociated', confirmedBy: 'answer', calls });
  };
  const session: JournalEntry = { t: 'session', at: '', callsPerSecond: 1, callsPerDay: 10 };

  it('keeps how fast rows were settled, those that took no call with the one before them', () => {
    const recent = foldRecentEvents();
    for (const entry of [JOB, session, settled(0), settled(1, 1_000), settled(2), settled(3, 6_000)])
      recent.add(entry);
    expect(recent.events()).toMatchObject({
      lastCallMs: 6_000,
      rate: [
        { atMs: 1_000, rows: 1 },
        { atMs: 1_000, rows: 2 },
        { atMs: 6_000, rows: 3 },
      ],
    });
  });

  it.each<[string, JournalEntry]>([
    ['a session', session],
    ['a wait', { t: 'wait', at: 2_000 }],
  ])('forgets with %s how fast they were before', (_what, between) => {
    const recent = foldRecentEvents();
    for (const entry of [settled(0, 1_000), settled(1, 1_500), between, settled(2, 9_000)]) recent.add(entry);
    const more = foldRecentEvents(recent.events());
    more.add(settled(3, 10_000));
    expect(more.events().rate).toEqual([
      { atMs: 9_000, rows: 1 },
      { atMs: 10_000, rows: 2 },
    ]);
  });
});

describe('the writes that a journal notes', () => {
  const session = (ledgerFolder?: string): JournalEntry => ({
    t: 'session',
    at: '',
    callsPerSecond: 1,
    callsPerDay: 10,
    ...(ledgerFolder !== undefined && { ledgerFolder }),
  });
  const journal: readonly JournalEntry[] = [
    JOB,
    session('here'),
    tryEntry(0, { at: 0 }),
    tryEntry(1, { at: 3 * DAY_MS }),
    session('there'),
    tryEntry(2, { at: 3 * DAY_MS + 1 }),
    session('here'),
    tryEntry(3, { at: 3 * DAY_MS + 2 }),
    doneEntry(3),
    tryEntry(4, { at: 3 * DAY_MS }),
  ];

  it('are counted by the place of their session', () => {
    const fold = foldNotedWrites();
    for (const entry of journal) fold.add(entry);
    expect(notedInPlace(fold.noted())).toEqual({ place: 'here', atMost: 4 });
    const more = foldNotedWrites(fold.noted());
    more.add(tryEntry(5));
    expect(notedInPlace(more.noted())).toEqual({ place: 'here', atMost: 5 });
    more.add(session());
    expect(notedInPlace(more.noted())).toBeUndefined();
  });

  it('are found from behind, those of the newest session’s place and of the last day', () => {
    const fold = foldNotedWrites();
    for (const entry of journal) fold.add(entry);
    const back = gatherWritesBack(fold.noted());
    const read = journal.toReversed().findIndex((entry) => !back.add(entry));
    expect(back.timesMs()).toEqual([3 * DAY_MS, 3 * DAY_MS, 3 * DAY_MS + 2]);
    // The one that is older by more than a day ends it.
    expect(journal.toReversed()[read]).toEqual(tryEntry(0, { at: 0 }));
  });
});
