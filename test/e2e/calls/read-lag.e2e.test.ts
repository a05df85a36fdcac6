import { expect, test } from 'vitest';
import { setFileStage, type FileStageFiles } from '../stage/file-stage.ts';
import { column } from '../stage/results-file.ts';

const FILES = {
  job: [
    ['Opportunity ID', 'Entity ID'],
    ['O1', 'S-0000001'],
    ['O1', 'S-0000002'],
  ],
  held: [
    ['O1', 'Solutions', 'S-0000001'],
    ['O1', 'Solutions', 'S-0000002'],
  ],
} as const satisfies FileStageFiles;
const LAGGING = ['--read-lag', '0.8'];
const TOLD = ['--read-lag', '1'];

test.concurrent('a second session sees what the first removed: the last one stays', async (task) => {
  const stage = await setFileStage(task, FILES, LAGGING);
  await stage.run('disassociate', 'job.csv', '--protect-last', '--limit', '1', ...TOLD);

  await stage.run('disassociate', 'job.csv', '--protect-last', ...TOLD);

  expect(column(stage.results(), 'exception')).toEqual(['', 'LastRemainingEntity']);
  expect(await stage.emulator.held()).toEqual(['O1 Solutions S-0000002']);
});

test.concurrent('what was attached a moment ago is removed, not called absent', async (task) => {
  const held = [['O1', 'AwsProducts', 'AmazonEC2']] as const;
  const stage = await setFileStage(task, { job: FILES.job, held }, LAGGING);
  await stage.run('associate', 'job.csv', '-o', 'attached.csv', ...TOLD);

  await stage.runBuilt('disassociate', 'job.csv', ...TOLD);

  expect(column(stage.results(), 'status')).toEqual(['disassociated', 'disassociated']);
  expect(await stage.emulator.held()).toEqual(['O1 AwsProducts AmazonEC2']);
});
