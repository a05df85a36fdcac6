import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { setFileStage, type FileStage, type FileStageFiles } from '../stage/file-stage.ts';
import { runHere } from '../stage/program-here.ts';
import { runProgram, type Ended } from '../stage/program.ts';

const ROWS = 8;

test.concurrent('status tells of a run that is running, stopped and finished', async (task) => {
  const stage = await setFileStage(task, removals());
  // Seven seconds of work: enough for a look in the middle of it on a busy machine.
  const running = stage.start('disassociate', 'job.csv', '--rate', '1');
  while ((await stage.emulator.held()).length > ROWS - 2) await delay(10);

  const underWay = await status(stage, '--json');
  running.send('SIGINT');
  await running.ended;
  const stopped = await status(stage, '--json');
  const inWords = await status(stage);
  await stage.run('disassociate', 'job.csv');
  const finished = await status(stage, '--json', '--verify');

  expect(told(underWay)).toMatchObject({ state: 'running', input: { valid: ROWS } });
  expect(told(stopped)).toMatchObject({ state: 'stopped', inDoubt: 0, stop: { code: 'interrupted' } });
  expect(inWords.stdout).toMatch(/\d of 8 valid rows done/);
  expect(inWords.stdout).toMatch(
    /Reason: interrupted: It was stopped by SIGINT\.[^]*\nGo on: {2}oppsweep disassociate .*job\.csv/,
  );
  expect(told(finished)).toMatchObject({
    state: 'finished',
    end: { tally: { rows: ROWS, byStatus: { disassociated: ROWS } } },
    verification: { sound: true },
  });
  expect([underWay.code, stopped.code, finished.code]).toEqual([4, 3, 0]);
});

test.concurrent('status without a name lists the runs of the folder, and exits as the worst of them', async (task) => {
  const stage = await setFileStage(task, removals());
  await stage.run('disassociate', 'job.csv', '-o', 'done.csv');
  await stage.run('disassociate', 'job.csv', '--limit', '2');

  const listed = await runProgram(['status'], stage.surroundings);
  const json = await runHere(['status', '--json'], stage.surroundings);
  const none = await runHere(['status'], {
    ...stage.surroundings,
    path: stage.surroundings.env['HOME'] ?? '',
  });

  expect(listed.stdout.trimEnd().split('\n')).toEqual([
    'job.csv  finished                 8 rows       done.csv',
    'job.csv  stopped (limit_reached)  2 of 8 rows  job.results.csv',
  ]);
  expect([listed.code, json.code, none.code]).toEqual([3, 3, 0]);
  expect(told(json)).toMatchObject({ version: 1, runs: [{ state: 'finished' }, { state: 'stopped' }] });
  expect(none.stderr).toBe('No run stands in this folder.\n');
});

test.concurrent('status --verify finds results that somebody has changed', async (task) => {
  const stage = await setFileStage(task, removals());
  await stage.run('disassociate', 'job.csv');
  const sound = await status(stage, '--verify');
  const results = stage.folder.read('job.results.csv');
  stage.folder.write('job.results.csv', results.replace('disassociated', 'failed'));

  const changed = await status(stage, '--verify');
  const json = await status(stage, '--verify', '--json');

  expect([sound.code, changed.code, json.code]).toEqual([0, 1, 1]);
  expect(changed.stdout).toContain('the results have the SHA-256 they were published with');
  expect(told(json)).toMatchObject({ verification: { sound: false } });
});

function removals(): FileStageFiles {
  const held = Array.from(
    { length: ROWS },
    (_, index) => [`O${index + 1}`, 'Solutions', `S-${String(index + 1).padStart(7, '0')}`] as const,
  );
  return { job: [['Opportunity ID', 'Entity Type', 'Entity ID'], ...held], held };
}

function status({ surroundings }: FileStage, ...options: readonly string[]): Promise<Ended> {
  return runHere(['status', 'job.results.csv', ...options], surroundings);
}

function told({ stdout }: Ended): unknown {
  return JSON.parse(stdout);
}
