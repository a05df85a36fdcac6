import { expect, test } from 'vitest';
import { runHere } from '../stage/program-here.ts';
import { runProgram, type Ended } from '../stage/program.ts';
import { column, parseResults, type ResultLine } from '../stage/results-file.ts';
import { makeWorkFolder, type Test, type WorkFolder } from '../stage/work-folder.ts';

const PEOPLE = [
  'Opportunity ID,Solution ID,New Solution ID',
  'O1,S-0000001,',
  'O2,S-0000002,S-0000012',
  'O3,S-0000003,',
];
/** At this rate the three rows would take most of an hour. */
const SLOW = ['--rate', '0.001'];

interface Stage {
  readonly folder: WorkFolder;
  readonly run: (...args: readonly string[]) => Promise<Ended>;
  readonly results: (name: string) => readonly ResultLine[];
}

function setStage(task: Test): Stage {
  const folder = makeWorkFolder(task);
  folder.write('people.csv', `${PEOPLE.join('\n')}\n`);
  return {
    folder,
    run: (...args) => runHere(args, folder),
    results: (name) => parseResults(folder.read(name)),
  };
}

test.concurrent('a rehearsal goes as fast as it can, and tells how long the real run takes', async (task) => {
  const { folder, results } = setStage(task);
  const ended = await runProgram(['disassociate', 'people.csv', '--emulator', ...SLOW], folder);
  expect(ended.code).toBe(0);
  expect(column(results('people.results.csv'), 'status')).toEqual([
    'disassociated',
    'replaced',
    'disassociated',
  ]);
  expect(ended.stderr).toMatch(/as fast as it goes: 3 rows to send; the real run, at 0\.001 writes a second/);
  expect(ended.stderr).toContain('would take about 50 min; begun now, it would end');
});

test.concurrent('a rehearsal is told what leaves nothing of the real quota', async (task) => {
  const { run } = setStage(task);
  const ended = await run('disassociate', 'people.csv', '--emulator', '--reserve', '10000');
  expect(ended.code).toBe(2);
});

test.concurrent('--real-time keeps the real pace', async (task) => {
  const { run } = setStage(task);
  // Two of its writes are within the rate, so that the quota of the day is what is met.
  const pace = ['--real-time', '--rate', 'unlimited', '--daily-quota', '2', '--no-wait'];
  const ended = await run('disassociate', 'people.csv', '--emulator', ...pace);
  expect(ended.code).toBe(3);
  expect(ended.stderr).toContain('quota_reached');
});

test.concurrent('an associate is rehearsed and planned from where nothing is attached yet', async (task) => {
  const { run, results } = setStage(task);
  const planned = await run('plan', 'people.csv', '--associate', '--emulator', ...SLOW);
  expect(column(results('people.plan.csv'), 'status')).toEqual(Array(3).fill('would_associate'));
  expect(planned.stderr).toContain('A run would spend 3 writes');
  expect(planned.stderr).toContain('(in 33 min)');
  expect(planned.stderr).toContain('Run it: oppsweep associate people.plan.csv');

  await run('associate', 'people.csv', '--emulator', ...SLOW);
  expect(column(results('people.results.csv'), 'status')).toEqual(Array(3).fill('associated'));
});

test.concurrent('an undo is planned and rehearsed from what the run has left', async (task) => {
  const { run, results, folder } = setStage(task);
  await run('disassociate', 'people.csv', '--emulator');

  const planned = await run(
    'undo',
    'people.results.csv',
    '--plan',
    '--emulator',
    '--where',
    'Solution ID!=S-0000003',
  );
  expect(column(results('people.undo.plan.csv'), 'status')).toEqual(['would_replace', 'would_associate']);
  expect(planned.stderr).toContain('A run would spend 3 writes');
  expect(planned.stderr).toContain(
    "Run it: oppsweep undo people.results.csv --where 'Solution ID!=S-0000003' --emulator",
  );
  expect(folder.names()).not.toContain('people.undo.csv');

  const undone = await run('undo', 'people.results.csv', '--emulator', ...SLOW);
  expect(undone.code).toBe(0);
  expect(column(results('people.undo.csv'), 'status').toSorted()).toEqual([
    'associated',
    'associated',
    'replaced',
  ]);
  expect(undone.stderr).toContain('4 writes and 3 reads');
});
