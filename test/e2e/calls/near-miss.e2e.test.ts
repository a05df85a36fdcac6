import { expect, test } from 'vitest';
import { setFileStage, type FileStageFiles } from '../stage/file-stage.ts';
import { column } from '../stage/results-file.ts';

const arn = (account: string): string =>
  `arn:aws:aws-marketplace:us-east-1:${account}:AWSMarketplace/Offer/offer-abcdefgh12345`;
const OURS = arn('111122223333');
const THEIRS = arn('444455556666');

const FILES = {
  job: [
    ['Opportunity ID', 'Entity Type', 'Entity ID'],
    ['O1', 'Solutions', 'S-1'],
    ['O2', 'AwsProducts', 'EC2'],
    ['O3', 'AwsMarketplaceOffers', THEIRS],
    ['O4', 'Solutions', 'S-0000010'],
    ['O5', 'Solutions', 'S-0000005'],
  ],
  held: [
    ['O1', 'Solutions', 'S-0000001'],
    ['O2', 'AwsProducts', 'AmazonEC2'],
    ['O3', 'AwsMarketplaceOffers', OURS],
    ['O4', 'Solutions', 'S-0000001'],
    ['O5', 'Solutions', 'S-0000005'],
  ],
} as const satisfies FileStageFiles;

test.concurrent('what is nearly held is never called absent: nothing is sent, and the run goes on', async (task) => {
  const stage = await setFileStage(task, FILES);

  const ended = await stage.runBuilt('disassociate', 'job.csv', '--max-failures', '0');

  expect(ended.code).toBe(1);
  const lines = stage.results();
  expect(column(lines, 'status')).toEqual(['failed', 'failed', 'failed', 'already_absent', 'disassociated']);
  expect(column(lines, 'exception')).toEqual(['NearMiss', 'NearMiss', 'NearMiss', '', '']);
  const messages = column(lines, 'message');
  expect(messages[0]).toContain('Did you mean S-0000001?');
  expect(messages[1]).toContain('Did you mean AmazonEC2?');
  expect(messages[2]).toContain(`Did you mean ${OURS}?`);
  expect(ended.stderr).toContain('3 near misses: nothing was sent');
  expect((await stage.writes()).map(({ what }) => what)).toEqual([
    'DisassociateOpportunity O5 Solutions S-0000005',
  ]);
});

test.concurrent('a plan counts near misses, and names what may be meant', async (task) => {
  const stage = await setFileStage(task, FILES);
  const ended = await stage.run('plan', 'job.csv');
  expect(column(stage.results('job.plan.csv'), 'exception').slice(0, 3)).toEqual(Array(3).fill('NearMiss'));
  expect(ended.stderr).toContain('3 near misses: nothing was sent');
});

test.concurrent('what is nearly held is not attached a second time', async (task) => {
  const stage = await setFileStage(task, FILES);
  const held = await stage.emulator.held();

  await stage.run('associate', 'job.csv');

  const lines = stage.results();
  expect(column(lines, 'exception')).toEqual(['NearMiss', 'NearMiss', 'NearMiss', '', '']);
  expect(column(lines, 'status').slice(3)).toEqual(['associated', 'already_present']);
  expect(await stage.emulator.held()).toEqual([...held, 'O4 Solutions S-0000010'].toSorted());
});

test.concurrent('of two rows that name nearly the same, one alone is attached', async (task) => {
  const job = [
    ['Opportunity ID', 'Entity ID'],
    ['O5', 'S-0000006'],
    ['O5', 'S-6'],
  ];
  const stage = await setFileStage(task, { job, held: FILES.held }, ['--latency', '100']);
  await stage.run('associate', 'job.csv');
  expect(column(stage.results(), 'status')).toEqual(['associated', 'failed']);
  expect(column(stage.results(), 'exception')).toEqual(['', 'NearMiss']);
});

test.concurrent('a replacement whose old entity is nearly held attaches nothing', async (task) => {
  const job = [
    ['Opportunity ID', 'Entity ID', 'New Solution ID'],
    ['O1', 'S-1', 'S-0000009'],
  ];
  const stage = await setFileStage(task, { job, held: FILES.held });
  await stage.run('disassociate', 'job.csv');
  expect(column(stage.results(), 'exception')).toEqual(['NearMiss']);
  expect(await stage.writes()).toEqual([]);
});

test.concurrent('without a look beforehand, the read after the refusal tells', async (task) => {
  const stage = await setFileStage(task, FILES);
  await stage.run('disassociate', 'job.csv', '--no-preflight');
  expect(column(stage.results(), 'exception').slice(0, 3)).toEqual(Array(3).fill('NearMiss'));
  expect(column(stage.results(), 'status').slice(3)).toEqual(['already_absent', 'disassociated']);
});

test.concurrent('undo gives back what it took, whatever else is nearly the same', async (task) => {
  const held = [...FILES.held, ['O1', 'Solutions', 'S-1']] as const;
  const stage = await setFileStage(task, { job: FILES.job, held });
  const before = await stage.emulator.held();
  await stage.run('disassociate', 'job.csv');
  expect(await stage.emulator.held()).not.toContain('O1 Solutions S-1');

  await stage.run('undo', 'job.results.csv');

  expect(await stage.emulator.held()).toEqual(before);
});
