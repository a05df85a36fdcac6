import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { setFileStage, type FileStageFiles } from '../stage/file-stage.ts';
import { column } from '../stage/results-file.ts';

/** Two rows of one opportunity, which holds nothing else: the second would take the last one. */
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
const PROTECT = ['disassociate', 'job.csv', '--protect-last'] as const;

test.concurrent('of two rows that race for the last one, the first wins however slow the calls', async (task) => {
  const stage = await setFileStage(task, FILES, ['--latency', '200±150']);

  await stage.runBuilt(...PROTECT);

  expect(column(stage.results(), 'status')).toEqual(['disassociated', 'failed']);
  expect(column(stage.results(), 'exception')).toEqual(['', 'LastRemainingEntity']);
  expect(await stage.emulator.held()).toEqual(['O1 Solutions S-0000002']);
});

test.concurrent('where the first of the two is refused, the second is not the last', async (task) => {
  const stage = await setFileStage(task, FILES);
  await stage.emulator.script([{ kind: 'validation', times: 1, operation: 'DisassociateOpportunity' }]);

  await stage.run(...PROTECT);

  expect(column(stage.results(), 'exception')).toEqual(['ValidationException', '']);
  expect(column(stage.results(), 'status')).toEqual(['failed', 'disassociated']);
  expect(await stage.emulator.held()).toEqual(['O1 Solutions S-0000001']);
});

test.concurrent('a removal that a crash left in doubt counts once it is seen', async (task) => {
  const stage = await setFileStage(task, FILES);
  await stage.emulator.script([{ kind: 'hang-after', times: 1, operation: 'DisassociateOpportunity' }]);
  const running = stage.start(...PROTECT);
  while ((await stage.emulator.held()).length === 2) await delay(5);
  running.send('SIGKILL');
  await running.ended;

  await stage.run(...PROTECT);

  const [first, second] = stage.results();
  expect(first).toMatchObject({
    status: 'disassociated',
    message: 'The answer was lost; confirmed by a read.',
  });
  expect(second).toMatchObject({ status: 'failed', exception: 'LastRemainingEntity' });
  expect(await stage.writes()).toHaveLength(1);
});
