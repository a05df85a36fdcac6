import { expect, test } from 'vitest';
import { headline } from '../../../src/report/page/headline.ts';
import { lookTitle, standing } from '../../../src/report/page/sentences.ts';
import { stateWords } from '../../../src/report/page/who-section.ts';
import { pageOf } from '../../../src/report/page/page.ts';
import { niceCeiling } from '../../../src/report/page/chart.ts';
import { timesIn } from '../../../src/report/page/times.ts';
import {
  OLD_ABSENT_WORDS,
  UNREAD_WORDS,
  type EarlierResult,
  type RowStatus,
} from '../../../src/model/outcome.ts';
import type { Report } from '../../../src/report/report.ts';
import { BEGAN_MS, failedLine, line, reportOf, RUN, TIMES } from '../sample-report.ts';

function some(status: RowStatus, number: number): readonly EarlierResult[] {
  const finished_at = new Date(BEGAN_MS + 1).toISOString();
  return Array.from({ length: number }, (_, index) =>
    line(status, { opportunity_id: `O${index}`, finished_at }),
  );
}

test.each([
  ['12 associations were removed from 12 opportunities.', some('disassociated', 12), {}],
  ['1 association was removed from 1 opportunity.', some('disassociated', 1), {}],
  [
    '3 associations were removed and 2 replaced, at 3 opportunities.',
    [...some('disassociated', 3), ...some('replaced', 2)],
    {},
  ],
  [
    '2 associations have been added to 2 opportunities so far.',
    some('associated', 2),
    { state: 'stopped' as const },
  ],
  [
    'A run would remove 4 associations from 4 opportunities.',
    some('would_disassociate', 4),
    { planned: true },
  ],
  [
    'A run would remove 2 associations from 2 opportunities, and try 1 row more whose opportunity could not be read.',
    [...some('would_disassociate', 2), line('would_disassociate', { message: UNREAD_WORDS })],
    { planned: true },
  ],
  [
    'A run would try 1 row whose opportunity could not be read, and change nothing else.',
    [line('would_associate', { message: `A note.\n${UNREAD_WORDS}` })],
    { planned: true },
  ],
  [
    'Undo of people.results.csv: 2 associations were added to 2 opportunities.',
    some('associated', 2),
    { command: 'undo', input: { name: 'people.results.csv', sha256: undefined } },
  ],
  ['Nothing was changed.', some('already_absent', 4), {}],
  ['Whether anything was changed is not known.', [undefined], {}],
  ['Nothing has been changed so far.', [], { state: 'running' as const }],
  ['A run would change nothing.', some('already_absent', 4), { planned: true }],
])('%s', (sentence, rows, run) => {
  expect(headline(reportOf(rows, { run: { ...RUN, ...run } }))).toBe(sentence);
});

test('rows whose status is a word of somebody’s own are told of, as known to nobody', () => {
  expect(standing(reportOf([line('disassociated'), undefined]), TIMES)).toContain(
    '1 row has a status that is none of oppsweep’s: what became of it is not told.',
  );
});

test('a replacement in which nothing was removed is told beside the headline', () => {
  const finished = { opportunity_id: 'O1', finished_at: new Date(BEGAN_MS + 1).toISOString() };
  const rows = [...some('replaced', 2), line('replaced', { ...finished, message: OLD_ABSENT_WORDS })];
  expect(standing(reportOf(rows), TIMES)).toContain(
    'Where 1 was replaced, the old one was not there: only the new one was attached.',
  );
});

test('what stands is told in the order in which it matters', () => {
  const rows = [
    failedLine(2),
    line('unknown', { exception: 'TimeoutError' }),
    ...some('already_absent', 1),
    ...some('duplicate', 2),
    ...some('skipped', 3),
  ];
  expect(standing(reportOf(rows), TIMES).join(' ')).toBe(
    '2 rows need somebody. Whether 1 of them was done is not known. 1 was already gone. 2 repeated an earlier row. 3 were left out, as asked for.',
  );
  expect(standing(reportOf(some('disassociated', 1)), TIMES)).toEqual(['Nobody has to look at anything.']);
});

test('a run that is not finished is told to have nothing to look at so far, no more', () => {
  const titles = (['finished', 'stopped', 'running'] as const).map((state) =>
    lookTitle(reportOf([], { run: { ...RUN, state } })),
  );
  expect(titles).toEqual(['Nothing to look at', 'Nothing to look at so far', 'Nothing to look at so far']);
});

test('a run whose rows were taken back is not told to have nothing to look at', () => {
  expect(lookTitle(reportOf([], { takenBack: [undoOf(20)] }))).toBe('20 rows taken back since');
});

test('what was taken back since is told with what was done', () => {
  const told = (rows: number, back: number): string =>
    headline(reportOf(some('disassociated', rows), { takenBack: [undoOf(back)] }));
  expect(told(3, 3)).toBe(
    '3 associations were removed from 3 opportunities, and all of them taken back since.',
  );
  expect(told(3, 2)).toBe(
    '3 associations were removed from 3 opportunities, and 2 of them taken back since.',
  );
  expect(told(1, 1)).toBe('1 association was removed from 1 opportunity, and taken back since.');
});

test('why a run stopped is a clause, whatever it is put in', () => {
  const stopped = { state: 'stopped', stop: { why: 'limit reached: The one row.' } } as const;
  expect(stateWords({ ...stopped, goesOnByItself: false }, TIMES)).toBe(
    'stopped: limit reached: The one row',
  );
  expect(stateWords({ state: 'stopped', stop: { by: 'hand (Ctrl-C)' }, goesOnByItself: false }, TIMES)).toBe(
    'stopped by hand (Ctrl-C)',
  );
});

test('a moment in the reason of a stop is written as all others of the page are', () => {
  const stop = { why: 'quota reached: The next call may go at 2026-11-28T15:55:26.138Z.' };
  expect(stateWords({ state: 'stopped', stop, goesOnByItself: false }, TIMES)).toBe(
    'stopped: quota reached: The next call may go at 28 Nov 2026, 15:55 UTC',
  );
});

test('a run that a worker goes on with has not stopped, and asks nobody for a command', () => {
  const stop = { why: 'quota reached: The daily quota is used up.' };
  const run = {
    ...RUN,
    state: 'stopped',
    endedAt: undefined,
    rowsLeft: 3,
    stop,
    goesOnByItself: true,
  } as const;
  const page = pageOf(reportOf([], { run }));
  expect(page).toContain('waiting for a worker: quota reached: The daily quota is used up; as of');
  expect(page).toContain('The run is not finished. A worker of its fleet goes on with it by itself.');
  expect(page).not.toContain('by this command');
});

test('the command that goes on says who runs it, and where', () => {
  const run = { ...RUN, state: 'stopped', rowsLeft: 3, goOn: 'oppsweep disassociate people.csv' } as const;
  expect(pageOf(reportOf([], { run }))).toMatch(
    /Whoever worked on it .*goes on with it by this command, in the folder where it was begun:<\/p><pre tabindex="0">oppsweep disassociate/,
  );
});

test('where something is not as it was left, that is said first, and nothing that reassures', () => {
  const rows = some('disassociated', 2);
  const checks = [{ what: 'the results are those', sound: false, found: 'they are not' }];
  expect(headline(reportOf(rows, { basis: 'journal', checks }))).toBe(
    'Something was changed or lost since the run. Its journal, which was not, says: 2 associations were removed from 2 opportunities.',
  );
  const run = { ...RUN, state: 'stopped' } as const;
  expect(headline(reportOf(rows, { basis: 'journal', checks, run }))).toBe(
    'Something was changed or lost since: the results so far and the journal don’t agree, and nothing tells which is right. By the journal, 2 associations have been removed from 2 opportunities so far.',
  );
  const uncertain = reportOf([], { basis: 'unproven', checks });
  expect(headline(uncertain)).toBe(
    'What the run did can’t be told for certain. By what is left of it, nothing was changed.',
  );
  expect([standing(uncertain, TIMES), lookTitle(uncertain)]).toEqual([[], 'Rows to look at']);
  expect(headline(reportOf(rows, { basis: 'unproven' }))).toContain('Nothing proves what the run did');
  expect(standing(reportOf([failedLine(2)], { basis: 'unproven' }), TIMES)).toEqual([
    'By the results as they are now, 1 row needs somebody.',
  ]);
});

test('moments are told in one zone, which is named', () => {
  const times = timesIn('Europe/Berlin');
  expect(times.moment(BEGAN_MS)).toBe('26 Nov 2026, 09:00 CET');
  expect(times.between(BEGAN_MS, BEGAN_MS + 300)).toBe('26 Nov 2026, 09:00 CET (less than a second)');
  expect(times.between(BEGAN_MS, BEGAN_MS + 3_000)).toBe('26 Nov 2026, 09:00 CET (3 s)');
  expect(times.between(BEGAN_MS, BEGAN_MS + 1_800_000)).toBe('26 Nov 2026, 09:00 to 09:30 CET (30 min)');
  expect(times.between(BEGAN_MS, BEGAN_MS + 86_400_000)).toBe(
    '26 Nov 2026, 09:00 CET to 27 Nov 2026, 09:00 CET (1 d)',
  );
});

test.each([
  [0, 1],
  [0.9, 1],
  [21, 25],
  [60, 60],
  [10_000, 10_000],
  [10_001, 10_000],
  [10_500, 20_000],
])('the scale for %d ends at %d', (value, top) => {
  expect(niceCeiling(value)).toBe(top);
});

test('a plan’s bar and counts tell rows that could not be looked at apart', () => {
  const rows = [...some('would_disassociate', 3), line('would_disassociate', { message: UNREAD_WORDS })];
  const page = pageOf(reportOf(rows, { run: { ...RUN, planned: true, command: 'plan' } }));
  expect(page).toContain('Rows by status: 3 would_disassociate, 1 would_disassociate (not read)');
  expect(page).toContain('<th scope="row">would_disassociate (not read)</th><td class="number">1</td>');
  expect(page).toContain('1 row beside them was not looked at');
});

test('what there is to consider of a plan is told as its end has told it', () => {
  const row = line('would_disassociate', { message: 'The opportunity’s last solution.' });
  const plan = {
    writesNeeded: 1,
    byNote: {},
    finishIfRunNow: undefined,
    notes: ['1 opportunity would lose the last solution (--protect-last keeps it)'],
  };
  const run = { ...RUN, planned: true, command: 'plan' };
  expect(standing(reportOf([row], { run: { ...run, plan } }), TIMES)).toContain(`${plan.notes[0]}.`);
  expect(standing(reportOf([row], { run }), TIMES)).toContain('1 row has something to consider.');
});

test('an undo names its input once, in its headline', () => {
  const run = { ...RUN, command: 'undo', input: { name: 'people.results.csv', sha256: undefined } };
  const report = reportOf(some('associated', 2), { run: { ...run, otherName: 'kept.undo.csv' } });
  expect(headline(report)).toBe(
    'kept.undo.csv: undo of people.results.csv: 2 associations were added to 2 opportunities.',
  );
  expect(pageOf(report)).toContain(`<title>${headline(report)}</title>`);
});

test('a plan’s rows are called counted alone only where the page has them nowhere else', () => {
  const noted = line('would_disassociate', { message: 'The opportunity’s last solution.' });
  const told = (rows: readonly EarlierResult[]): string =>
    pageOf(reportOf(rows, { run: { ...RUN, planned: true } }));
  expect(told([noted])).toContain('each is above, with what there is to say of it.');
  expect(told([noted, ...some('would_disassociate', 2)])).toContain(
    'counted here alone: 2 would_disassociate.',
  );
});

test('a rehearsal is told to have been against the emulator, on no catalog', () => {
  const whoOf = (endpoint: string | undefined): string =>
    /<p[^>]*>(By [^<]*)/.exec(pageOf(reportOf([], { run: { ...RUN, endpoint } })))?.[1] ?? '';
  expect(whoOf('emulator')).toContain(', against the emulator, 26 Nov 2026');
  expect(whoOf(undefined)).toContain(', on catalog AWS, 26 Nov 2026');
});

function undoOf(rows: number): Report['takenBack'][number] {
  return { results: 'people.undo.csv', rows, writes: rows, by: [] };
}
