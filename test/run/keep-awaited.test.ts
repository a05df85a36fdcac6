import { expect, it } from 'vitest';
import { keepAwaited } from '../../src/run/keep-awaited.ts';
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
