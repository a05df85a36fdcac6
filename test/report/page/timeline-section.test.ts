import { expect, test } from 'vitest';
import { foldJournalCalls, foldResultCalls } from '../../../src/report/calls/call-facts.ts';
import { timelineSection } from '../../../src/report/page/timeline-section.ts';
import { pageOf } from '../../../src/report/page/page.ts';
import { timesIn } from '../../../src/report/page/times.ts';
import { durationOfLast, foldSessions } from '../../../src/store/sessions.ts';
import { tryEntry } from '../../results/samples.ts';
import { BEGAN_MS, failedLine, reportOf, RUN } from '../sample-report.ts';

test('the table of calls says nothing of throttles that only a journal would tell of', () => {
  const journal = foldJournalCalls();
  journal.add(tryEntry(0, { at: BEGAN_MS }));
  const results = foldResultCalls(BEGAN_MS);
  results.add(failedLine(2));
  const rowOf = (calls: ReturnType<typeof results.facts>): string | undefined =>
    /<tbody>\s*<tr>(.*)<\/tr>/.exec(timelineSection(reportOf([], { calls }), timesIn('UTC')).toString())?.[1];
  expect(rowOf(journal.facts())).toMatch(/<td class="number">1<\/td><td class="number">0<\/td>$/);
  expect(rowOf(results.facts())).toContain('<td class="number">1</td><td class="number"></td>');
});

test('a rate of one is told in the singular', () => {
  const calls = foldJournalCalls();
  calls.add(tryEntry(0, { at: BEGAN_MS }));
  const section = timelineSection(reportOf([], { calls: calls.facts() }), timesIn('UTC')).toString();
  expect(section).toContain('>1 call a second<');
  expect(section).toContain('>1 write, 0 of them throttled,');
});

test('of a session that was cut off, writes are told as the most that left, and throttles as the least', () => {
  const calls = foldJournalCalls();
  calls.add(tryEntry(0, { at: BEGAN_MS }));
  const cutOff = foldSessions();
  cutOff.add({
    t: 'session',
    at: new Date(BEGAN_MS).toISOString(),
    callsPerSecond: 1,
    callsPerDay: 'unlimited',
  });
  const sessions = cutOff.sessions();
  const section = timelineSection(
    reportOf([], { calls: calls.facts(), sessions }),
    timesIn('UTC'),
  ).toString();
  expect(section).toContain('>up to 1 write, at least 0 of them throttled,');
});

test('the axis has both of its ends to the second, and the last session’s own; the quota what was left at the end', () => {
  const calls = foldJournalCalls();
  const at = new Date(BEGAN_MS).toISOString();
  const session = { t: 'session', at, callsPerSecond: 1, callsPerDay: 1_000 } as const;
  const end = {
    t: 'stop',
    code: 'interrupted',
    message: '',
    at: new Date(BEGAN_MS + 1_100_500).toISOString(),
  } as const;
  const folded = foldSessions();
  for (const entry of [
    session,
    tryEntry(0, { at: BEGAN_MS }),
    tryEntry(1, { at: BEGAN_MS + 1_100_000 }),
    end,
  ]) {
    calls.add(entry);
    folded.add(entry);
  }
  const section = timelineSection(
    reportOf([], { calls: calls.facts(), sessions: folded.sessions() }),
    timesIn('UTC'),
  ).toString();
  const ticks = [...section.matchAll(/<text class="tick[^>]*>([^<]*)</g)].map(([, text]) => text);
  expect(ticks.slice(2)).toEqual([
    '998 left in the day, by this run alone',
    '26 Nov, 08:00:00',
    '26 Nov, 08:18:20 UTC',
  ]);
});

test('each cell of a session stands behind its name where the window is narrow', () => {
  const folded = foldSessions();
  folded.add({
    t: 'session',
    at: new Date(BEGAN_MS).toISOString(),
    callsPerSecond: 1,
    callsPerDay: 'unlimited',
  });
  const section = timelineSection(
    reportOf([], { sessions: folded.sessions(), sessionOptions: ['--only failed'] }),
    timesIn('UTC'),
  ).toString();
  expect(section).toContain('<td data-name="by"><span>not known</span></td>');
  expect(section).toContain(
    '<td data-name="options"><span><span class="option">--only</span> failed</span></td>',
  );
});

test('a wait is shaded in the drawing, told where it is pointed at, and told in a sentence', () => {
  const calls = foldJournalCalls();
  for (const at of [0, 60_000]) calls.add(tryEntry(0, { at: BEGAN_MS + at }));
  const wait = { for: 'service', fromMs: BEGAN_MS + 1_000, toMs: BEGAN_MS + 33_000, end: 'over' } as const;
  const page = pageOf(reportOf([], { calls: calls.facts(), waits: [wait], timeZone: 'UTC' }));
  expect(page).toContain('<rect class="wait" x="1.64%" width="52.46%"');
  expect(page).toContain('<title>waiting for the service</title>');
  expect(page).toMatch(/08:00:02: 0 writes, [^"]*, waiting for the service"/);
  expect(page).toContain(
    'From 26 Nov, 08:00:01 to 26 Nov, 08:00:33 UTC (32 s): waited for the service, since it gave no usable answer.',
  );
});

test('of a run that stopped for its quota, the page says until when it is used up, and when the rest would end', () => {
  const outlook = { nextCallMs: BEGAN_MS + 86_400_000, finishMs: BEGAN_MS + 86_460_000 };
  const run = { ...RUN, state: 'stopped', endedAt: undefined, rowsLeft: 60, outlook } as const;
  expect(pageOf(reportOf([], { run, timeZone: 'UTC' }))).toContain(
    '60 rows are still to be done. The day’s quota is used up until 27 Nov 2026, 08:00 UTC. If it went on now, it would end 27 Nov 2026, 08:01 UTC.',
  );
});

test('a run took as long in its heading, its session, its chart, and on the screen', () => {
  const iso = (afterMs: number): string => new Date(BEGAN_MS + afterMs).toISOString();
  const calls = foldJournalCalls();
  const folded = foldSessions();
  for (const entry of [
    { t: 'session', at: iso(1_600), callsPerSecond: 1, callsPerDay: 1_000 } as const,
    tryEntry(0, { at: BEGAN_MS + 2_100 }),
    {
      t: 'stop',
      code: 'interrupted',
      message: '',
      at: iso(4_050),
      calls: { writes: 1, reads: 0, throttles: 0 },
    } as const,
  ]) {
    calls.add(entry);
    folded.add(entry);
  }
  const sessions = folded.sessions();
  expect(durationOfLast(sessions)).toBe(2_450);
  const run = { ...RUN, endedAt: iso(4_050) };
  const page = pageOf(reportOf([], { run, calls: calls.facts(), sessions }));
  const [, heading] = /<p class="who">.*\((.*)\)\.<\/p>/.exec(page) ?? [];
  const [, chart] = /aria-label="1 write[^"]*\(([^)]*)\)/.exec(page) ?? [];
  const [, session] = /data-name="took"><span>(.*?)<\/span>/.exec(page) ?? [];
  expect([heading, chart, session]).toEqual(['2 s', '2 s', '2 s']);
});
