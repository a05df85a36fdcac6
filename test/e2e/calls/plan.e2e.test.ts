import { expect, test } from 'vitest';
import { setFileStage, type FileStageFiles } from '../stage/file-stage.ts';
import { column, type ResultLine } from '../stage/results-file.ts';

/** Every fate that a plan tells of. */
const FILES = {
  job: [
    ['Opportunity ID', 'Entity Type', 'Entity ID', 'Replacement', 'Owner'],
    ['O1', 'Solutions', 'S-0000001', '', 'Ann'],
    ['O1', 'Solutions', 'S-0000002', '', 'Ann'],
    ['O2', 'Solutions', 'S-0000003', 'S-0000013', 'Bob'],
    ['O3', 'Solutions', 'S-0000004', 'S-0000014', 'Bob'],
    ['O4', 'Solutions', 'S-0000005', '', 'Cid'],
    ['O404', 'Solutions', 'S-0000006', '', 'Cid'],
    ['O1', 'Solutions', 'S-0000001', '', 'Dan'],
    ['O5', 'Solutions', 'AmazonEC2', '', 'Dan'],
    ['O5', 'AwsProducts', 'AmazonEC2', '', 'Eve'],
  ],
  held: [
    ['O1', 'Solutions', 'S-0000001'],
    ['O1', 'Solutions', 'S-0000002'],
    ['O2', 'Solutions', 'S-0000003'],
    ['O3', 'Solutions', 'S-0000004'],
    ['O3', 'Solutions', 'S-0000014'],
    ['O4', 'Solutions', 'S-0000099'],
    ['O5', 'AwsProducts', 'AmazonEC2'],
  ],
} as const satisfies FileStageFiles;

test.concurrent('a plan changes nothing, and tells of each row what a run would do', async (task) => {
  const stage = await setFileStage(task, FILES);
  const before = await stage.emulator.held();

  const planned = await stage.runBuilt('plan', 'job.csv', '--rate', '1', '--daily-quota', '4');

  expect(await stage.writes()).toEqual([]);
  expect(await stage.emulator.held()).toEqual(before);
  const plan = stage.results('job.plan.csv');
  expect(column(plan, 'status')).toEqual([
    'would_disassociate',
    'would_disassociate',
    'would_replace',
    'would_replace',
    'already_absent',
    'failed',
    'duplicate',
    'invalid',
    'would_disassociate',
  ]);
  expect(plan[1]?.['message']).toContain('last solution');
  expect(plan[3]?.['message']).toContain('The replacement is associated already.');
  expect(plan[8]?.['message']).toContain('last entity of its type');
  // 1 + 1 + 2 + 1 + 1, four of them today.
  expect(planned.stderr).toMatch(/A run would spend 6 writes; begun now, it would end .* \(in 1 d\)/);
  expect(planned.stderr).toContain('1 opportunity would lose the last solution');
  expect(planned.code).toBe(1);
});

for (const input of ['job.csv', 'job.plan.csv']) {
  test.concurrent(`a run of ${input} straight after does what the plan said, row by row`, async (task) => {
    const stage = await setFileStage(task, FILES);
    await stage.run('plan', 'job.csv');
    const plan = stage.results('job.plan.csv');

    const ended = await stage.run('disassociate', input, '-o', 'done.csv');

    const done = stage.results('done.csv');
    expect(column(done, 'status')).toEqual(column(plan, 'status').map(asDone));
    expect(done.map(withoutFate)).toEqual(plan.map(withoutFate));
    expect(Object.keys(done[0] ?? {})).toEqual(Object.keys(plan[0] ?? {}));
    const changes = (await stage.writes()).filter(({ changed }) => changed);
    expect([changes.length, (await stage.writes()).length]).toEqual([6, 6]);
    expect(ended.code).toBe(1);
  });
}

test.concurrent('what has changed since the plan is seen', async (task) => {
  const stage = await setFileStage(task, FILES);
  await stage.run('plan', 'job.csv');
  const others = [
    ['Opportunity ID', 'Entity Type', 'Entity ID'],
    ['O1', 'Solutions', 'S-0000002'],
    ['O2', 'Solutions', 'S-0000003'],
  ];
  stage.folder.write('others.csv', others.map((cells) => `${cells.join(',')}\n`).join(''));
  expect((await stage.run('disassociate', 'others.csv')).code).toBe(0);
  const before = (await stage.writes()).length;

  await stage.run('disassociate', 'job.plan.csv', '-o', 'done.csv');

  const done = column(stage.results('done.csv'), 'status');
  expect(done.slice(0, 2)).toEqual(['disassociated', 'already_absent']);
  // The new one is attached all the same: it was asked for.
  expect(done[2]).toBe('replaced');
  expect((await stage.writes()).slice(before).map(({ what }) => what)).not.toContain(
    'DisassociateOpportunity O1 Solutions S-0000002',
  );
});

test.concurrent('what --protect-last kept in a plan is not removed by running the plan, unless it is asked for', async (task) => {
  const stage = await setFileStage(task, {
    job: [
      ['Opportunity ID', 'Entity ID'],
      ['O1', 'S-0000001'],
      ['O2', 'S-0000002'],
    ],
    held: [
      ['O1', 'Solutions', 'S-0000001'],
      ['O2', 'Solutions', 'S-0000002'],
      ['O2', 'Solutions', 'S-0000003'],
    ],
  });
  await stage.run('plan', 'job.csv', '--protect-last');
  const ended = await stage.run('disassociate', 'job.plan.csv', '-o', 'done.csv');
  expect(ended.code).toBe(1);
  const done = stage.results('done.csv');
  expect(column(done, 'status')).toEqual(['failed', 'disassociated']);
  expect(column(done, 'exception')).toEqual(['LastRemainingEntity', '']);
  expect(await stage.emulator.held()).toContain('O1 Solutions S-0000001');

  await stage.run('disassociate', 'job.plan.csv', '--only', 'failed', '-o', 'asked.csv');
  expect(column(stage.results('asked.csv'), 'status')[0]).toBe('disassociated');
});

test.concurrent('a plan without reads is refused: it would tell nothing', async (task) => {
  const stage = await setFileStage(task, FILES);

  const ended = await stage.run('plan', 'job.csv', '--no-preflight');

  expect(ended.stderr).toContain('A plan needs to read opportunities beforehand, and that is switched off.');
  expect(ended.code).toBe(2);
  expect((await stage.emulator.counts()).received).toBe(0);
});

function asDone(planned: string): string {
  switch (planned) {
    case 'would_disassociate':
      return 'disassociated';
    case 'would_replace':
      return 'replaced';
    default:
      return planned;
  }
}

const FATE = new Set(['status', 'message', 'attempts', 'request_ids', 'started_at', 'finished_at']);

/** The user's cells, what is asked, and for a row that is left as it is all that is said of it. */
function withoutFate(line: ResultLine): ResultLine {
  return Object.fromEntries(Object.entries(line).filter(([name]) => !FATE.has(name)));
}
