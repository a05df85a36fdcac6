import { expect, test } from 'vitest';
import { setFileStage, type FileStage, type FileStageFiles } from '../stage/file-stage.ts';
import { column } from '../stage/results-file.ts';

const HEADER = ['Opportunity ID', 'Entity Type', 'Entity ID', 'New One'];
const PLACE = 'arn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace';
const SOLUTION_ARN = `${PLACE}/Solution/soln-abcdefgh12345`;
const PRODUCT_ARN = `${PLACE}/SaaSProduct/prod-abcdefgh12345`;

/** A row of every kind, each with what it comes to. */
const EVERY_KIND = {
  job: [
    HEADER,
    ['O1', 'Solutions', 'S-0000001', ''],
    ['O2', 'Solutions', 'S-0000002', 'S-0000012'],
    ['O3', 'Solutions', 'S-0000003', SOLUTION_ARN],
    // Its replacement is attached already.
    ['O4', 'Solutions', 'S-0000004', 'S-0000014'],
    // It is gone already.
    ['O5', 'Solutions', 'S-0000005', 'S-0000015'],
    ['O6', 'Solutions', 'S-0000006', ''],
    // An opportunity has no room for a second offer.
    ['O7', 'AwsMarketplaceOffers', `${PLACE}/Offer/offer-old12345678`, `${PLACE}/Offer/offer-new12345678`],
    ['O8', 'AwsProducts', 'AmazonEC2', PRODUCT_ARN],
    ['O9', 'AwsProducts', 'AmazonEC2', 'AmazonS3'],
    // Several of one opportunity.
    ['O1', 'AwsProducts', 'AmazonEC2', 'AmazonS3'],
    ['O1', 'Solutions', 'S-0000001', ''],
  ],
  held: [
    ['O1', 'Solutions', 'S-0000001'],
    ['O1', 'AwsProducts', 'AmazonEC2'],
    ['O2', 'Solutions', 'S-0000002'],
    ['O3', 'Solutions', 'S-0000003'],
    ['O4', 'Solutions', 'S-0000004'],
    ['O4', 'Solutions', 'S-0000014'],
    ['O5', 'AwsProducts', 'AmazonS3'],
    ['O6', 'AwsProducts', 'AmazonS3'],
    ['O7', 'AwsMarketplaceOffers', `${PLACE}/Offer/offer-old12345678`],
    ['O8', 'AwsProducts', 'AmazonEC2'],
    ['O9', 'AwsProducts', 'AmazonEC2'],
  ],
} as const satisfies FileStageFiles;
const REPLACE = ['disassociate', 'job.csv', '--replace-column', 'New One'] as const;
const UNDO = ['undo', 'job.results.csv'] as const;

test.concurrent('undo gives back the state before, whatever each row came to', async (task) => {
  const stage = await setFileStage(task, EVERY_KIND);
  const before = await heldNow(stage);

  const done = await stage.runBuilt(...REPLACE);

  expect(done.code).toBe(1);
  expect(column(stage.results(), 'status')).toEqual([
    'disassociated',
    'replaced',
    'replaced',
    'replaced',
    'replaced',
    'already_absent',
    'failed',
    'replaced',
    'replaced',
    'replaced',
    'duplicate',
  ]);
  expect(await heldNow(stage)).not.toEqual(before);

  const undone = await stage.run(...UNDO);

  expect(undone.stderr).toMatch(
    /To undo job\.results\.csv: 8 rows that it changed, newest first; 13 writes\.\n/,
  );
  expect(undone.code).toBe(0);
  expect(await heldNow(stage)).toEqual(before);
});

test.concurrent('without preflight too', async (task) => {
  const stage = await setFileStage(task, EVERY_KIND);
  const before = new Set(await heldNow(stage));
  await stage.run(...REPLACE, '--no-preflight');

  const undone = await stage.run(...UNDO, '--no-preflight');

  expect(undone.code).toBe(0);
  const after = await heldNow(stage);
  // Attaching what is attached succeeds: without a look beforehand nobody can tell that it changed nothing.
  before.delete('O4 Solutions S-0000014');
  expect(after).toEqual([...before]);
});

test.concurrent('undo takes the newest change back first, and is a run like any other', async (task) => {
  const stage = await setFileStage(task, removals(12));
  await stage.run('disassociate', 'job.csv', '--concurrency', '1');
  const removed = (await stage.writes()).map(({ what }) => what.split(' ')[1]);

  const undone = await stage.run(...UNDO, '--concurrency', '1', '--limit', '5');
  const rest = await stage.run(...UNDO, '--concurrency', '1');

  expect(undone.code).toBe(3);
  expect(rest.code).toBe(0);
  const attached = (await stage.writes()).slice(12);
  expect(attached.every(({ what, changed }) => what.startsWith('AssociateOpportunity') && changed)).toBe(
    true,
  );
  expect(attached.map(({ what }) => what.split(' ')[1])).toEqual(removed.toReversed());
  expect(column(stage.results('job.undo.csv'), 'status')).toEqual(
    Array.from({ length: 12 }, () => 'associated'),
  );
});

test.concurrent('a run killed with a replacement that was attached before it is undone without removing that', async (task) => {
  const stage = await setFileStage(
    task,
    {
      job: [HEADER, ['O1', 'Solutions', 'S-0000001', 'S-0000002']],
      held: [
        ['O1', 'Solutions', 'S-0000001'],
        ['O1', 'Solutions', 'S-0000002'],
      ],
    },
    [],
  );
  const before = await heldNow(stage);
  await stage.emulator.script([{ kind: 'hang-after', times: 1, operation: 'DisassociateOpportunity' }]);
  const running = stage.start(...REPLACE);
  await stage.moreWrites(1, running);
  running.send('SIGKILL');
  await running.ended;

  const resumed = await stage.run(...REPLACE);
  const undone = await stage.run(...UNDO);

  expect([resumed.code, undone.code]).toEqual([0, 0]);
  expect(column(stage.results(), 'status')).toEqual(['replaced']);
  expect(await heldNow(stage)).toEqual(before);
});

test.concurrent('a row of which nobody knows whether it was changed is told as left out, with what reads it', async (task) => {
  const stage = await setFileStage(task, removals(3));
  const before = await heldNow(stage);
  const opportunityId = before[1]?.split(' ')[0] ?? '';
  const meets = { times: 100, opportunityId } as const;
  await stage.emulator.script([
    { kind: 'reset-after', operation: 'DisassociateOpportunity', ...meets },
    { kind: 'denied', operation: 'GetOpportunity', ...meets },
  ]);
  await stage.run('disassociate', 'job.csv', '--max-attempts', '1');
  expect(column(stage.results(), 'status')).toEqual(['disassociated', 'unknown', 'disassociated']);
  await stage.emulator.clearScript();

  const planned = await stage.run(...UNDO, '--plan');
  const undone = await stage.run(...UNDO);

  const line = new RegExp(
    String.raw`^1 row whose status is unknown is left out \(row 3: ${opportunityId} .*\): whether the run changed it is not known\. What became of it is read by: \S+ plan (job\.results\.csv --only unknown .*)$`,
    'm',
  );
  expect(planned.stderr).toMatch(line);
  expect(await heldNow(stage)).toHaveLength(2);
  const command = line.exec(undone.stderr)?.[1] ?? '';
  expect((await stage.run('plan', ...command.split(' '), '-o', 'read.csv')).code).toBe(0);
  expect(column(stage.results('read.csv'), 'status')).toEqual([
    'disassociated',
    'already_absent',
    'disassociated',
  ]);
});

test.concurrent('a run that changed nothing has nothing to undo', async (task) => {
  const stage = await setFileStage(task, { ...removals(3), held: [['O1', 'AwsProducts', 'AmazonS3']] });
  expect((await stage.run('disassociate', 'job.csv')).code).toBe(1);

  const undone = await stage.run(...UNDO);

  expect(undone.stderr).toBe('job.results.csv: the run changed nothing, so there is nothing to undo.\n');
  expect(undone.code).toBe(0);
  expect(await stage.writes()).toEqual([]);
});

test.concurrent('undo is refused on another catalog or at another endpoint than the run’s', async (task) => {
  const stage = await setFileStage(task, removals(3));
  await stage.run('disassociate', 'job.csv');
  const { received } = await stage.emulator.counts();

  const elsewhere = await stage.run(...UNDO, '--endpoint-url', 'http://127.0.0.1:9');
  const live = await stage.run(...UNDO, '--catalog', 'AWS', '--yes');

  expect(elsewhere.stderr).toContain('was run on catalog Sandbox at http://127.0.0.1:');
  expect(elsewhere.stderr).toContain('Give the same --catalog and endpoint as the run had.');
  expect([elsewhere.code, live.code]).toEqual([2, 2]);
  expect((await stage.emulator.counts()).received).toBe(received);
});

function removals(count: number): FileStageFiles {
  const held = Array.from(
    { length: count },
    (_, index) => [`O${index + 1}`, 'Solutions', `S-${String(index + 1).padStart(7, '0')}`] as const,
  );
  return { job: [HEADER.slice(0, 3), ...held], held };
}

async function heldNow({ emulator }: FileStage): Promise<readonly string[]> {
  return (await emulator.held()).toSorted();
}
