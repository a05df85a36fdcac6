import { expect, test } from 'vitest';
import { setFileStage, type FileStage, type FileStageFiles } from '../stage/file-stage.ts';
import { column } from '../stage/results-file.ts';

const FILES = {
  job: [
    ['Owner', 'Opportunity ID', 'Entity Type', 'Entity ID'],
    ['Ann', 'O1', 'Solutions', 'S-0000001'],
    ['Bob', 'O404', 'Solutions', 'S-0000002'],
  ],
  held: [
    ['O1', 'Solutions', 'S-0000001'],
    ['O2', 'Solutions', 'S-0000002'],
  ],
} as const satisfies FileStageFiles;

/** A first run under a name of the user's, of which the second row has failed. */
async function setFirstRun(task: Parameters<typeof setFileStage>[0]): Promise<FileStage> {
  const stage = await setFileStage(task, FILES);
  await stage.run('disassociate', 'job.csv', '-o', 'done.csv');
  expect(column(stage.results('done.csv'), 'status')).toEqual(['disassociated', 'failed']);
  return stage;
}

function edit(stage: FileStage, from: string, to: string): void {
  const csv = stage.folder.read('done.csv');
  expect(csv).toContain(from);
  stage.folder.write('edited.csv', csv.replace(from, to));
}

test.concurrent('results under any name are run again as they are named, into results of their own', async (task) => {
  const stage = await setFirstRun(task);
  const again = await stage.runBuilt('disassociate', 'done.csv', '--only', 'failed');
  expect(again.stderr).toContain('Finished');
  expect(column(stage.results('done.again.results.csv'), 'status')).toEqual(['disassociated', 'failed']);
});

test.concurrent('a plan is an input, under its own name', async (task) => {
  const stage = await setFileStage(task, FILES);
  await stage.run('plan', 'job.csv');
  const ended = await stage.run('disassociate', 'job.plan.csv');
  expect(ended.stderr).toContain('Finished');
  expect(column(stage.results('job.planned.results.csv'), 'status')).toEqual(['disassociated', 'failed']);
});

test.concurrent('--only sends nothing for a row whose status somebody has overwritten', async (task) => {
  const stage = await setFirstRun(task);
  const before = (await stage.writes()).length;
  edit(stage, ',failed,', ',leave it,');
  const ended = await stage.run('disassociate', 'edited.csv', '--only', 'failed');
  expect(ended.code).toBe(1);
  const lines = stage.results('edited.results.csv');
  expect(column(lines, 'status')).toEqual(['disassociated', 'invalid']);
  expect(lines[1]?.['message']).toContain('can’t tell whether the row is meant');
  expect(await stage.writes()).toHaveLength(before);
});

test.concurrent('a correction in one place alone is asked about, and in both it is sent', async (task) => {
  const stage = await setFirstRun(task);
  const before = (await stage.writes()).length;
  edit(stage, 'Bob,O404', 'Bob,O2');
  const half = await stage.run('disassociate', 'edited.csv', '--only', 'failed');
  expect(half.code).toBe(1);
  const [, line] = stage.results('edited.results.csv');
  expect(line?.['status']).toBe('invalid');
  expect(line?.['message']).toContain('"Opportunity ID" says "O2"');
  expect(line?.['message']).toContain('opportunity_id, as the run took it, says "O404"');
  expect(await stage.writes()).toHaveLength(before);

  stage.folder.write('both.csv', stage.folder.read('done.csv').replaceAll('O404', 'O2'));
  const both = await stage.run('disassociate', 'both.csv', '--only', 'failed');
  expect(both.code).toBe(0);
  expect((await stage.writes()).at(-1)?.what).toBe('DisassociateOpportunity O2 Solutions S-0000002');
});

test.concurrent('a replacement that was corrected in one place alone is asked about', async (task) => {
  const job = [
    ['Opportunity ID', 'Entity ID', 'New Solution ID'],
    ['O404', 'S-0000002', 'S-0000008'],
  ];
  const stage = await setFileStage(task, { job, held: FILES.held });
  await stage.run('disassociate', 'job.csv', '-o', 'done.csv');
  expect(column(stage.results('done.csv'), 'status')).toEqual(['failed']);
  const before = (await stage.writes()).length;
  edit(stage, 'O404,S-0000002,S-0000008', 'O404,S-0000002,S-0000009');
  await stage.run('disassociate', 'edited.csv', '--only', 'failed');
  const [line] = stage.results('edited.results.csv');
  expect(line?.['status']).toBe('invalid');
  expect(line?.['message']).toContain('replacement_id, as the run took it, says "S-0000008"');
  expect(await stage.writes()).toHaveLength(before);
});

test.concurrent('a row that was refused for a disagreement keeps what was sent, and is refused until both agree', async (task) => {
  const stage = await setFirstRun(task);
  const [first] = stage.results('done.csv');
  const before = await stage.writes();
  edit(stage, 'Solutions,S-0000001', 'Solutions,S-0000009');

  await stage.run('disassociate', 'edited.csv', '--only', 'disassociated');
  await stage.run('disassociate', 'edited.results.csv', '--only', 'invalid');

  for (const name of ['edited.results.csv', 'edited.again.results.csv']) {
    const [line] = stage.results(name);
    expect(line?.['message']).toContain('"Entity ID" says "S-0000009"');
    expect(line).toMatchObject({ status: 'invalid', entity_id: 'S-0000001', attempts: '1' });
    for (const kept of [
      'opportunity_id',
      'entity_type',
      'request_ids',
      'started_at',
      'finished_at',
    ] as const) {
      expect(line?.[kept]).toBe(first?.[kept]);
    }
  }
  expect(first?.['request_ids']).not.toBe('');
  expect(await stage.writes()).toEqual(before);
});

test.concurrent('a row whose cells slipped stays unsent when the invalid rows are run again', async (task) => {
  const stage = await setFileStage(task, FILES);
  stage.folder.write(
    'slip.csv',
    'Opportunity ID,Customer,Previous Solution,Solution ID\nO1,Acme, Inc,S-0000001,S-0000009\n',
  );
  await stage.run('disassociate', 'slip.csv');
  const again = await stage.run('disassociate', 'slip.results.csv', '--only', 'invalid');
  expect(again.code).toBe(1);
  // By hand: the surplus cell makes the line longer than the header.
  expect(stage.folder.read('slip.again.results.csv').split('\n')[1]).toContain(',invalid,InvalidRow,');
  expect(await stage.writes()).toEqual([]);
});
