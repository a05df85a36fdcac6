import { expect, test } from 'vitest';
import { setFileStage } from '../stage/file-stage.ts';
import { column } from '../stage/results-file.ts';

const HEADER = ['Opportunity ID', 'Entity ID', 'Replacement'];

test('where the new one can’t be attached, the old one stays, and nothing is asked to remove it', async (task) => {
  const place = 'arn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace/Offer';
  const stage = await setFileStage(task, {
    job: [HEADER, ['O1', `${place}/offer-old12345678`, `${place}/offer-new12345678`]],
    held: [['O1', 'AwsMarketplaceOffers', `${place}/offer-old12345678`]],
  });

  // With a look beforehand nothing would be sent.
  const ended = await stage.runBuilt('disassociate', 'job.csv', '--no-preflight');

  expect(ended.code).toBe(1);
  expect(column(stage.results(), 'status')).toEqual(['failed']);
  expect(stage.results()[0]?.['message']).toContain('TOO_MANY_VALUES');
  expect(await stage.emulator.held()).toEqual([`O1 AwsMarketplaceOffers ${place}/offer-old12345678`]);
  expect((await stage.writes()).map(({ what }) => what)).toEqual([
    `AssociateOpportunity O1 AwsMarketplaceOffers ${place}/offer-new12345678`,
  ]);
});

test('where the old one can’t be removed, the results say that the new one is attached', async (task) => {
  const stage = await setFileStage(task, {
    job: [HEADER, ['O1', 'S-0000001', 'S-9000001']],
    held: [['O1', 'Solutions', 'S-0000001']],
  });
  await stage.emulator.script([{ kind: 'validation', times: 1, operation: 'DisassociateOpportunity' }]);

  await stage.run('disassociate', 'job.csv');

  expect(stage.results()[0]?.['status']).toBe('failed');
  expect(stage.results()[0]?.['message']).toContain(
    'The replacement was attached; the old entity was not removed.',
  );
  expect((await stage.emulator.held()).toSorted()).toEqual([
    'O1 Solutions S-0000001',
    'O1 Solutions S-9000001',
  ]);
});
