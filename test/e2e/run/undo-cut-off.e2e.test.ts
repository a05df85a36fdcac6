import { expect, test } from 'vitest';
import { setFileStage, type FileStage, type FileStageFiles } from '../stage/file-stage.ts';
import { column } from '../stage/results-file.ts';

const ROWS = 60;

test.concurrent('a run that was killed is undone as far as it came, its calls in doubt too', async (task) => {
  const stage = await setFileStage(task, replacements(), ['--latency', '40±30']);
  const before = await heldNow(stage);
  const running = stage.start('disassociate', 'job.csv');
  await stage.moreWrites(ROWS, running);
  running.send('SIGKILL');
  await running.ended;
  expect(await heldNow(stage)).not.toEqual(before);

  const undone = await stage.runBuilt('undo', 'job.oppsweep');

  expect(undone.code).toBe(0);
  expect(await heldNow(stage)).toEqual(before);
});

test.concurrent('a run that was killed, undone and gone on with does the rest, and nothing of that again', async (task) => {
  const stage = await setFileStage(task, removals(), ['--latency', '40±30']);
  const running = stage.start('disassociate', 'job.csv');
  await stage.moreWrites(ROWS / 2, running);
  running.send('SIGKILL');
  await running.ended;
  expect((await stage.runBuilt('undo', 'job.oppsweep')).code).toBe(0);
  const takenBack = stage
    .results('job.undo.csv')
    .filter(({ status }) => status === 'associated')
    .map(({ opportunity_id: id }) => `${id ?? ''} Solutions S-0000001`);
  expect(takenBack.length).toBeGreaterThan(0);

  await stage.runBuilt('disassociate', 'job.csv');

  expect(await heldNow(stage)).toEqual(expect.arrayContaining(takenBack));
  expect(await heldNow(stage)).not.toHaveLength(ROWS);
});

test.concurrent('rows that were all replaced by the same entity are given back, and it goes with the last', async (task) => {
  const stage = await setFileStage(task, {
    job: [HEADER, ...['S-0000001', 'S-0000002', 'S-0000003'].map((old) => ['O1', old, 'S-0000009'])],
    held: ['S-0000001', 'S-0000002', 'S-0000003'].map((old) => ['O1', 'Solutions', old] as const),
  });
  const before = await heldNow(stage);

  const done = await stage.run('disassociate', 'job.csv');

  expect(done.code).toBe(0);
  expect(await heldNow(stage)).toEqual(['O1 Solutions S-0000009']);
  // It is attached once: not one write is spent on what is there.
  expect((await stage.writes()).filter(({ what }) => what.startsWith('Associate'))).toHaveLength(1);

  const undone = await stage.run('undo', 'job.results.csv');

  expect(undone.code).toBe(0);
  expect(await heldNow(stage)).toEqual(before);
  expect(column(stage.results('job.undo.csv'), 'status')).not.toContain('already_present');
});

const HEADER = ['Opportunity ID', 'Entity ID', 'Replacement'];

function removals(): FileStageFiles {
  const rows = Array.from(
    { length: ROWS },
    (_, index) => [`O${index + 1}`, 'Solutions', 'S-0000001'] as const,
  );
  return { job: [['Opportunity ID', 'Entity Type', 'Entity ID'], ...rows], held: rows };
}

function replacements(): FileStageFiles {
  const numbers = Array.from({ length: ROWS }, (_, index) => index + 1);
  const old = (number: number): string => `S-${String(number).padStart(7, '0')}`;
  return {
    job: [HEADER, ...numbers.map((number) => [`O${number}`, old(number), `S-${9_000_000 + number}`])],
    held: numbers.map((number) => [`O${number}`, 'Solutions', old(number)] as const),
  };
}

async function heldNow({ emulator }: FileStage): Promise<readonly string[]> {
  return (await emulator.held()).toSorted();
}
