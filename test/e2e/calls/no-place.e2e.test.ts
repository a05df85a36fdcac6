import { expect, test } from 'vitest';
import { setFileStage, type FileStageFiles } from '../stage/file-stage.ts';
import { column } from '../stage/results-file.ts';

const PLACE = 'arn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace';
const OLD = `${PLACE}/Offer/offer-old12345678`;
const NEW = `${PLACE}/Offer/offer-new12345678`;
const SET = `${PLACE}/OfferSet/offerset-abcd123456`;

const FILES = {
  job: [
    ['Opportunity ID', 'Entity ID', 'Replacement'],
    ['O1', OLD, NEW],
    ['O2', OLD, SET],
    ['O3', 'S-0000003', 'S-0000033'],
  ],
  held: [
    ['O1', 'AwsMarketplaceOffers', OLD],
    ['O2', 'AwsMarketplaceOffers', OLD],
    ['O3', 'Solutions', 'S-0000003'],
  ],
} as const satisfies FileStageFiles;

test.concurrent('a replacement without a place is declined: nothing is sent for it, and the run goes on', async (task) => {
  const stage = await setFileStage(task, FILES);

  const ended = await stage.runBuilt('disassociate', 'job.csv', '--max-failures', '0');

  expect(ended.code).toBe(1);
  expect(column(stage.results(), 'status')).toEqual(['failed', 'failed', 'replaced']);
  expect(column(stage.results(), 'exception')).toEqual(['NoPlace', 'NoPlace', '']);
  expect(ended.stderr).toContain('2 replacements without a place (NoPlace): nothing was sent');
  expect(await stage.writes()).toHaveLength(2);
});

test.concurrent('a plan counts and names them', async (task) => {
  const stage = await setFileStage(task, FILES);
  const ended = await stage.run('plan', 'job.csv');
  expect(column(stage.results('job.plan.csv'), 'exception')).toEqual(['NoPlace', 'NoPlace', '']);
  expect(ended.stderr).toContain('2 replacements without a place (NoPlace)');
});

test.concurrent('a row above that makes room is waited for', async (task) => {
  const job = [
    ['Opportunity ID', 'Entity ID', 'Replacement'],
    ['O1', OLD, ''],
    ['O1', 'S-0000001', SET],
  ];
  const held = [...FILES.held, ['O1', 'Solutions', 'S-0000001']] as const;
  const stage = await setFileStage(task, { job, held }, ['--latency', '100']);
  await stage.run('disassociate', 'job.csv');
  expect(column(stage.results(), 'status')).toEqual(['disassociated', 'replaced']);
});
