import { expect, test } from 'vitest';
import { foldWaits, type Wait } from '../../../src/report/calls/wait-facts.ts';
import type { JournalEntry } from '../../../src/store/journal-line.ts';
import { tryEntry } from '../../results/samples.ts';
import { BEGAN_MS } from '../sample-report.ts';

const HOUR_MS = 3_600_000;

function waitsOf(entries: readonly JournalEntry[], nowMs?: number): readonly unknown[] {
  const fold = foldWaits();
  for (const entry of entries) fold.add(entry);
  const told = ({ for: what, fromMs, toMs, end }: Wait): unknown => [
    what,
    fromMs - BEGAN_MS,
    toMs - BEGAN_MS,
    end,
  ];
  return fold.waits(nowMs).map(told);
}

function session(atMs: number, callsPerDay: number | 'unlimited' = 2): JournalEntry {
  return { t: 'session', at: new Date(atMs).toISOString(), callsPerSecond: 1, callsPerDay };
}

function wait(atMs: number, what?: 'service' | 'sign-in', sinceMs: number = atMs): JournalEntry {
  return { t: 'wait', at: BEGAN_MS + atMs, ...(what && { awaited: { what, sinceMs: BEGAN_MS + sinceMs } }) };
}

const written = (atMs: number): JournalEntry => tryEntry(0, { at: BEGAN_MS + atMs });

test('what was waited for is told with its time, one that another followed, too', () => {
  const noted = [
    session(BEGAN_MS),
    wait(1_000, 'service'),
    wait(5_000, 'sign-in'),
    wait(9_000, 'sign-in', 5_000),
    wait(20_000),
    wait(30_000, 'service'),
    wait(30_400),
  ];
  expect(waitsOf(noted)).toEqual([
    ['service', 1_000, 5_000, 'over'],
    ['sign_in', 5_000, 20_000, 'over'],
  ]);
});

test('a wait ends with its session, by its word or by the last that is noted; else it goes on', () => {
  const at = new Date(BEGAN_MS + 8_000).toISOString();
  const stop = { t: 'stop', code: 'interrupted', message: '', at } as const;
  const noted = [session(BEGAN_MS), wait(2_000, 'service')];
  expect(waitsOf([...noted, stop])).toEqual([['service', 2_000, 8_000, 'session_ended']]);
  expect(waitsOf([...noted, written(3_000), session(BEGAN_MS + 9_000)])).toEqual([
    ['service', 2_000, 3_000, 'session_ended'],
  ]);
  expect(waitsOf(noted, BEGAN_MS + 60_000)).toEqual([['service', 2_000, 60_000, 'goes_on']]);
});

test('a wait for the day’s quota is one where the run itself had used it up, and no other pause is', () => {
  const all = [session(BEGAN_MS), written(0), written(1_000), written(24 * HOUR_MS)];
  expect(waitsOf(all)).toEqual([['daily_quota', 1_000, 24 * HOUR_MS, 'over']]);
  expect(waitsOf([session(BEGAN_MS, 3), ...all.slice(1)])).toEqual([]);
  expect(waitsOf([session(BEGAN_MS, 'unlimited'), ...all.slice(1)])).toEqual([]);
  expect(waitsOf([...all.slice(0, 3), session(BEGAN_MS + HOUR_MS), written(24 * HOUR_MS)])).toEqual([]);
});
