import { expect, test } from 'vitest';
import { setFileStage, type FileStageFiles } from '../stage/file-stage.ts';
import { column } from '../stage/results-file.ts';

const FILES = {
  job: [
    ['Opportunity ID', 'Entity ID'],
    ['O1', 'S-0000001'],
    ['O2', 'S-0000002'],
    ['O3', 'S-0000003'],
  ],
  held: [
    ['O1', 'Solutions', 'S-0000001'],
    ['O2', 'Solutions', 'S-0000002', 'Submitted'],
    ['O3', 'Solutions', 'S-0000003', 'In review'],
  ],
} as const satisfies FileStageFiles;

test.concurrent('rows of locked opportunities are left out, as wished, and no write is spent on them', async (task) => {
  const stage = await setFileStage(task, FILES);

  const ended = await stage.runBuilt('disassociate', 'job.csv', '--skip-locked');

  expect(ended.code).toBe(0);
  const lines = stage.results();
  expect(column(lines, 'status')).toEqual(['disassociated', 'skipped', 'skipped']);
  expect(column(lines, 'exception')).toEqual(['', '', '']);
  expect(lines[2]?.['message']).toBe(
    'Left out by --skip-locked: the opportunity’s review status is In review.',
  );
  expect(await stage.writes()).toHaveLength(1);
});

test.concurrent('they stay left out when the results are run again, unless asked for by name', async (task) => {
  const stage = await setFileStage(task, FILES);
  await stage.run('disassociate', 'job.csv', '--skip-locked');

  const again = await stage.run('disassociate', 'job.results.csv');
  expect(column(stage.results('job.again.results.csv'), 'status').slice(1)).toEqual(['skipped', 'skipped']);
  expect(again.code).toBe(0);

  const asked = await stage.run('disassociate', 'job.results.csv', '--only', 'skipped', '-o', 'asked.csv');
  expect(column(stage.results('asked.csv'), 'status')).toEqual(['disassociated', 'failed', 'failed']);
  expect(asked.code).toBe(1);
});

test.concurrent('a plan leaves them out too', async (task) => {
  const stage = await setFileStage(task, FILES);
  await stage.run('plan', 'job.csv', '--skip-locked');
  expect(column(stage.results('job.plan.csv'), 'status')).toEqual([
    'would_disassociate',
    'skipped',
    'skipped',
  ]);
});

test.concurrent('without a look nobody could tell, and nothing is sent', async (task) => {
  const stage = await setFileStage(task, FILES);
  const ended = await stage.run('disassociate', 'job.csv', '--skip-locked', '--no-preflight');
  expect(ended.code).toBe(2);
  expect(ended.stderr).toContain('Leaving locked opportunities out needs to read opportunities');
});
