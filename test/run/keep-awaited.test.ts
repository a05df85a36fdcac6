import { expect, it } from 'vitest';
import type { DayQuota } from '../../src/pace/day-quota.ts';
import { keepAwaited, noteReadWaits } from '../../src/run/keep-awaited.ts';
import type { JournalEntry } from '../../src/store/journal-line.ts';
import { foldRecentEvents } from '../../src/store/recent-events.ts';
import { createVirtualClock } from '../pace/virtual-clock.ts';
import { fault } from '../results/samples.ts';

it('what all rows wait for is noted as it begins and ends, and told to the listener of the session', () => {
  const clock = createVirtualClock();
  const noted: JournalEntry[] = [];
  const told: string[] = [];
  const { news, now } = keepAwaited({ note: (entry) => noted.push(entry) }, clock, {
    outageBegan: () => told.push('outage'),
    outageEnded: () => told.push('answers'),
    signInEnded: () => told.push('sign-in ended'),
    signInBack: () => told.push('signed in'),
  });
  const known = (): unknown => {
    const recent = foldRecentEvents();
    for (const entry of noted) recent.add(entry);
    expect(recent.events().awaited).toEqual(now());
    return now();
  };
  const outageMs = clock.wallMs();
  news.outageBegan(fault('server'), 900_000);
  const service = { what: 'service', sinceMs: outageMs, untilMs: outageMs + 900_000 };
  expect(known()).toEqual(service);
  clock.advance(5_000);
  const signInMs = clock.wallMs();
  news.signInEnded(undefined, 3_600_000);
  expect(known()).toEqual({ what: 'sign-in', sinceMs: signInMs, untilMs: signInMs + 3_600_000 });
  news.signInBack(1);
  expect(known()).toEqual(service);
  news.outageEnded(1);
  expect(known()).toBeUndefined();
  news.outageBegan(fault('server'), undefined);
  expect(known()).toEqual({ what: 'service', sinceMs: signInMs });
  expect(told).toEqual(['outage', 'sign-in ended', 'signed in', 'answers', 'outage']);
});

it('a wait for the day’s quota of reads is noted once, and its end by the next read; a short one is part of going', async () => {
  const clock = createVirtualClock();
  const noted: JournalEntry[] = [];
  const answers: Awaited<ReturnType<DayQuota['take']>>[] = [
    'taken',
    { waitMs: 600_000, why: 'rate' },
    { waitMs: 59_999, why: 'daily_quota' },
    { waitMs: 600_000, why: 'daily_quota' },
    { waitMs: 540_000, why: 'daily_quota' },
    { waitMs: 10, why: 'daily_quota' },
    'taken',
    'taken',
  ];
  const asked = answers[Symbol.iterator]();
  const day: DayQuota = {
    take: async () => asked.next().value ?? 'taken',
    usage: () => ({ nowMs: 0, times: [], callsPerDay: 1 }),
  };
  const reads = noteReadWaits(day, { note: (entry) => noted.push(entry) }, clock);
  const given: unknown[] = [];
  for (const _ of answers) given.push(await reads.take());
  expect(given).toEqual(answers);
  const at = clock.wallMs();
  const awaited = { what: 'reads', sinceMs: at, untilMs: at + 600_000 };
  expect(noted).toEqual([
    { t: 'wait', at, awaited },
    { t: 'wait', at },
  ]);
});
