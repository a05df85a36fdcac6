import { copyFileSync, cpSync, rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { RunError } from '../../../src/model/run-error.ts';
import { makeContext, type FakeContext } from '../fake-context.ts';

const ROWS = `Opportunity ID,Entity Type,Entity ID
O4100001,Solutions,S-0000001
O4100002,Solutions,S-0000002
4100003,Solutions,S-0000003
`;

async function finishedRun(...options: readonly string[]): Promise<FakeContext> {
  const stage = makeContext();
  stage.write('people.csv', ROWS);
  await stage.run('disassociate', stage.at('people.csv'), '--emulator', '--rate', 'unlimited', ...options);
  stage.said();
  return stage;
}

test('report writes a page beside the results, and again over its own', async () => {
  const stage = await finishedRun();
  expect(await stage.run('report', stage.at('people.results.csv'))).toBe(0);
  expect(stage.said()).toEqual({ out: '', err: `Report: ${stage.at('people.report.html')}\n` });
  expect(stage.read('people.report.html')).toContain('2 associations were removed from 2 opportunities.');
  expect(await stage.run('report', stage.at('people.oppsweep'))).toBe(0);
});

test('a report of a run whose results are gone or others’ tells what the journal has, and reassures nobody', async () => {
  const stage = await finishedRun();
  const results = stage.read('people.results.csv');
  for (const text of [undefined, results.split('\n').slice(0, 2).join('\n')]) {
    if (text === undefined) rmSync(stage.at('people.results.csv'));
    else stage.write('people.results.csv', text);
    await stage.run('report', stage.at('people.results.csv'));
    const page = stage.read('people.report.html');
    expect(page).toContain(
      '<h1>Something was changed or lost since the run. Its journal, which was not, says: 2 associations',
    );
    for (const claim of [
      'Nobody has',
      'Nothing was changed',
      'has ended as wished',
      'All 0 rows',
      'Nothing to look at',
    ])
      expect([claim, page.includes(claim)]).toEqual([claim, false]);
  }
});

test('a report of results under another run’s name begins with whose run it is', async () => {
  const stage = await finishedRun();
  for (const part of ['results.csv', 'results.summary.json', 'oppsweep'])
    cpSync(stage.at(`people.${part}`), stage.at(`other.${part}`), { recursive: true });
  await stage.run('report', stage.at('other.results.csv'));
  expect(stage.read('other.report.html')).toMatch(
    /<h1>other\.results\.csv, the run of [^ ]*people\.csv: something was changed or lost since the run\. /,
  );
});

test('--report of a run that stops says when it is written, and how one is had now', async () => {
  const stage = makeContext();
  stage.write('people.csv', ROWS);
  const words = ['--emulator', '--rate', 'unlimited', '--report', '--limit', '1'];
  expect(await stage.run('disassociate', stage.at('people.csv'), ...words)).toBe(3);
  const { err } = stage.said();
  expect(err).toContain('No report yet: it is written once the run is finished.');
  expect(err).toMatch(/One of what is done so far: \S+ report \S*people\.results\.csv\n$/);
  expect(await stage.run('report', stage.at('people.results.csv'))).toBe(0);
  expect(stage.read('people.report.html')).toContain('1 association has been removed');
});

test('--report writes it at the end of a run, and of a plan', async () => {
  const stage = await finishedRun('--report');
  expect(stage.read('people.report.html')).toContain('A rehearsal against an emulator');
  await stage.run('plan', stage.at('people.csv'), '--emulator', '--read-rate', 'unlimited', '--report');
  expect(stage.read('people.plan.report.html')).toContain('A run would remove 2 associations');
});

test('a run whose report can’t be written ends as it ended, and says so', async () => {
  const stage = makeContext();
  stage.write('people.csv', ROWS.replace('4100003', 'O4100003'));
  stage.write('people.report.html', 'mine');
  const log = stage.at('run.log');
  const options = ['--rate', 'unlimited', '--report', '--log-file', log, '--log-format', 'json'];
  expect(await stage.run('disassociate', stage.at('people.csv'), '--emulator', ...options)).toBe(0);
  expect(stage.said().err).toMatch(/The results are whole, but there is no report: .*people\.report\.html/);
  expect(stage.read('people.report.html')).toBe('mine');
  expect(stage.read('run.log')).toMatch(/"event":"finished".*"exitCode":0/);
});

test('no file of anybody else’s is replaced', async () => {
  const stage = await finishedRun();
  stage.write('people.report.html', 'mine');
  await expect(stage.run('report', stage.at('people.results.csv'))).rejects.toThrow(RunError);
  expect(stage.read('people.report.html')).toBe('mine');
});

test('a report of results alone says why it replaces no earlier one', async () => {
  const stage = await finishedRun('--report');
  rmSync(stage.at('people.oppsweep'), { recursive: true });
  expect(await stage.run('report', stage.at('people.results.csv'))).toBe(0);
  rmSync(stage.at('people.results.summary.json'));
  await expect(stage.run('report', stage.at('people.results.csv'))).rejects.toThrow(
    'is a report already, whether of the same run is not known: neither the run’s folder nor its summary',
  );
});

test('without its folder it tells what it can’t know, and without its summary that, too', async () => {
  const stage = await finishedRun();
  rmSync(stage.at('people.oppsweep'), { recursive: true });
  await stage.run('report', stage.at('people.results.csv'), '-o', stage.at('a.html'));
  copyFileSync(stage.at('people.results.csv'), stage.at('other.csv'));
  await stage.run('report', stage.at('other.csv'));

  const withSummary = stage.read('a.html');
  const alone = stage.read('other.report.html');
  expect(withSummary).toContain('its journal could not be looked into');
  expect(withSummary).toContain('All 3 checks are sound.');
  expect(withSummary).toContain('Not verified here: that the summary is as the run wrote it');
  expect(withSummary).not.toContain('The summary is not beside the results');
  expect(alone).toContain('The summary is not beside the results');
  expect(alone).toContain('2 associations were removed');
});

test('results that were changed since are no proof', async () => {
  const stage = await finishedRun();
  stage.write('people.results.csv', stage.read('people.results.csv').replace('disassociated', 'failed'));
  await stage.run('report', stage.at('people.results.csv'));
  const page = stage.read('people.report.html');
  expect(page).toContain('Something was changed or lost since the run.');
  expect(page).toContain('they have 1 disassociated instead of 2, 1 failed instead of 0');
  // The page tells what the run did, and says so.
  expect(page).toContain('By the run’s journal, 1 row needs somebody.');
  expect(page).toContain('Rows by status: 2 disassociated, 1 invalid');
  expect(page).toContain('✗ not so');
});

test('a run that has stopped has a report of what it has done so far', async () => {
  const stage = makeContext();
  stage.write('people.csv', ROWS);
  await stage.end(
    'disassociate',
    stage.at('people.csv'),
    '--emulator',
    '--rate',
    'unlimited',
    '--limit',
    '1',
  );
  expect(await stage.run('report', stage.at('people.oppsweep'))).toBe(0);
  const page = stage.read('people.report.html');
  expect(page).toContain('1 association has been removed from 1 opportunity so far.');
  expect(page).toContain('limit reached');
  expect(page).toContain('1 row is still to be done.');
});

test('what is no results file is refused', async () => {
  const stage = makeContext();
  stage.write('people.csv', ROWS);
  await expect(stage.run('report', stage.at('people.csv'))).rejects.toMatchObject({
    code: 'input_unreadable',
  });
  await expect(stage.run('report', stage.at('none.csv'))).rejects.toMatchObject({ code: 'input_unreadable' });
});
