import { chmodSync } from 'node:fs';
import { expect, test } from 'vitest';
import { setFileStage, type FileStage, type FileStageFiles } from '../stage/file-stage.ts';
import { PROGRAM, startProcess, type Ended } from '../stage/program.ts';
import { column, type ResultLine } from '../stage/results-file.ts';

const FILES = {
  job: [
    ['Owner', 'Opportunity ID', 'Entity Type', 'Entity ID'],
    ['Ann', 'O1', 'Solutions', 'S-0000001'],
    ['Bob', 'O2', 'Solutions', 'S-0000002'],
    ['', '', '', ''],
    ['Cid', 'O3', 'Solutions', 'S-0000003'],
    ['Dan', 'O4', 'Solutions', 'AmazonEC2'],
    ['Eve', 'O3', 'Solutions', 'S-0000003'],
    ['Fay', 'O5', 'Solutions', 'S-0000005'],
  ],
  held: [
    ['O1', 'Solutions', 'S-0000001'],
    ['O2', 'Solutions', 'S-0000002'],
    ['O3', 'Solutions', 'S-0000003'],
    ['O4', 'Solutions', 'S-0000004'],
    ['O5', 'AwsProducts', 'AmazonS3'],
  ],
} as const satisfies FileStageFiles;
const FIRST = ['disassociated', 'failed', 'failed', 'invalid', 'duplicate', 'already_absent'] as const;

/** A first run, in which one row's tries are all throttled and another's is refused. */
async function setFailedStage(task: Parameters<typeof setFileStage>[0]): Promise<FileStage> {
  const stage = await setFileStage(task, FILES);
  await stage.emulator.script([
    { kind: 'throttle', times: 2, operation: 'DisassociateOpportunity', opportunityId: 'O2' },
    { kind: 'validation', times: 1, operation: 'DisassociateOpportunity', opportunityId: 'O3' },
  ]);
  return stage;
}

test.concurrent('the printed command, pasted into a shell, runs the failed rows again and leaves the others as they were', async (task) => {
  const stage = await setFailedStage(task);
  const name = "Ann's people & co.csv";
  stage.folder.write(name, stage.folder.read('job.csv'));
  const first = await stage.run(
    'disassociate',
    name,
    '--max-attempts',
    '2',
    '--timeout',
    '20',
    '--limit',
    '99',
  );
  const before = stage.results("Ann's people & co.results.csv");
  const again = await paste(stage, first);

  expect(column(before, 'status')).toEqual(FIRST);
  expect(again.code).toBe(1);
  const after = stage.results("Ann's people & co.again.results.csv");
  expect(column(after, 'status')).toEqual([
    'disassociated',
    'disassociated',
    'disassociated',
    'invalid',
    'duplicate',
    'already_absent',
  ]);
  expect(Object.keys(after[0] ?? {})).toEqual(Object.keys(before[0] ?? {}));
  for (const index of [0, 3, 5]) expect(settled(after[index])).toEqual(settled(before[index]));
  expectSums(before, after, [1, 2]);
  // Blank rows are not among the results: the row that is repeated has another number there.
  expect(column(before, 'message')[4]).toContain('as row 5.');
  expect(column(after, 'message')[4]).toContain('as row 4.');
  expect(column(after, 'row')).toEqual(['2', '3', '4', '5', '6', '7']);
});

test.concurrent('a third run adds up what both before it tried', async (task) => {
  const stage = await setFailedStage(task);
  await stage.emulator.script([
    { kind: 'throttle', times: 2, opportunityId: 'O2', operation: 'DisassociateOpportunity' },
  ]);
  const attempts = ['--max-attempts', '2', '--only', 'failed,unknown'];
  await stage.run('disassociate', 'job.csv', '--max-attempts', '2');
  await stage.run('disassociate', 'job.results.csv', ...attempts);
  const third = await stage.run('disassociate', 'job.again.results.csv', ...attempts);

  const [one, two, three] = ['job.results.csv', 'job.again.results.csv', 'job.again-2.results.csv'].map(
    (name) => stage.results(name),
  );
  expect(third.code).toBe(1);
  expect([one, two, three].map((lines) => lines?.[1]?.['attempts'])).toEqual(['2', '4', '5']);
  const ids = three?.[1]?.['request_ids']?.split(' ') ?? [];
  const served = (await stage.emulator.calls()).filter(
    ({ operation, opportunityId }) => operation === 'DisassociateOpportunity' && opportunityId === 'O2',
  );
  expect(ids).toEqual(served.map(({ requestId }) => requestId));
  expect(three?.[1]?.['started_at']).toBe(one?.[1]?.['started_at']);
  expect(three?.[1]?.['status']).toBe('disassociated');
});

test.concurrent('invalid rows are corrected in the user’s own columns and run again alone', async (task) => {
  const stage = await setFailedStage(task);
  await stage.run('disassociate', 'job.csv', '--max-attempts', '2');
  const corrected = stage.folder
    .read('job.results.csv')
    .replace('Dan,O4,Solutions,AmazonEC2', 'Dan,O4,Solutions,S-0000004');
  stage.folder.write('job.results.csv', corrected);
  const writes = (await stage.writes()).length;

  const again = await stage.run('disassociate', 'job.results.csv', '--only', 'invalid');

  expect(again.code).toBe(1);
  expect((await stage.writes()).slice(writes).map(({ what }) => what)).toEqual([
    'DisassociateOpportunity O4 Solutions S-0000004',
  ]);
  const after = stage.results('job.again.results.csv');
  expect(column(after, 'status')).toEqual(
    FIRST.map((status) => (status === 'invalid' ? 'disassociated' : status)),
  );
  expect(after[3]).toMatchObject({
    Owner: 'Dan',
    entity_id: 'S-0000004',
    attempts: '1',
    message: '',
    tip: '',
  });
});

test.concurrent('--only is refused for a file that is no results file, and sends nothing', async (task) => {
  const stage = await setFileStage(task, FILES);

  const ended = await stage.run('disassociate', 'job.csv', '--only', 'failed');

  expect(ended.stderr).toContain('job.csv is no results file');
  expect(ended.code).toBe(2);
  expect((await stage.emulator.counts()).received).toBe(0);
});

/** Runs what the first run said to paste, in a shell that finds the program by its name. */
async function paste(stage: FileStage, { stderr }: Ended): Promise<Ended> {
  const command = /Once that is done: (.*)$/m.exec(stderr)?.[1];
  if (command === undefined) throw new Error(`No command to paste:\n${stderr}`);
  stage.folder.write('oppsweep', `#!/bin/sh\nexec "${process.execPath}" "${PROGRAM}" "$@"\n`);
  chmodSync(stage.folder.at('oppsweep'), 0o755);
  const { path, env } = stage.surroundings;
  return startProcess('sh', ['-c', command], { path, env: { ...env, PATH: `${path}:${env['PATH'] ?? ''}` } })
    .ended;
}

/** All that a line says but the number that its row has in the file it now stands in. */
function settled(line: ResultLine | undefined): ResultLine {
  return { ...line, row: '' };
}

function expectSums(
  before: readonly ResultLine[],
  after: readonly ResultLine[],
  indexes: readonly number[],
): void {
  for (const index of indexes) {
    const [was, is] = [before[index], after[index]];
    expect(Number(is?.['attempts'])).toBe(Number(was?.['attempts']) + 1);
    const ids = is?.['request_ids']?.split(' ') ?? [];
    expect(ids).toHaveLength(Number(is?.['attempts']));
    expect(ids.slice(0, -1).join(' ')).toBe(was?.['request_ids']);
    expect(is?.['started_at']).toBe(was?.['started_at']);
    expect(String(is?.['finished_at']) > String(was?.['finished_at'])).toBe(true);
  }
}
