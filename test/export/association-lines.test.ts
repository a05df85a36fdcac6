import { describe, expect, it } from 'vitest';
import { associationLines, type Selection } from '../../src/export/association-lines.ts';
import { EXPORT_COLUMNS } from '../../src/model/result-columns.ts';

const ARN = 'arn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace/Offer/offer-a';
const OPPORTUNITY = {
  entities: {
    AwsMarketplaceOffers: [ARN],
    Solutions: ['S-0000002', 'S-0000001'],
    AwsProducts: ['AmazonEC2'],
  },
  stage: 'Launched',
  reviewStatus: 'Approved',
  customer: 'Acme, Inc',
  projectTitle: 'Move',
  partnerCrmId: 'CRM-7',
  lastModified: '2025-06-01T12:00:00.000Z',
};

function entitiesBy(changes: Partial<Selection>): string[] {
  const selection = { entities: [], types: [], includeEmpty: false, ...changes };
  return associationLines('O1', OPPORTUNITY, selection).map(([, type, entity]) => `${type} ${entity}`);
}

describe('associationLines', () => {
  it('gives a line an association, with what the opportunity says of itself', () => {
    const [line] = associationLines('O1', OPPORTUNITY, {
      entities: [],
      types: ['AwsProducts'],
      includeEmpty: false,
    });
    expect(Object.fromEntries(EXPORT_COLUMNS.map((name, index) => [name, line?.[index]]))).toEqual({
      'Opportunity ID': 'O1',
      'Entity Type': 'AwsProducts',
      'Related Entity': 'AmazonEC2',
      Stage: 'Launched',
      'Review Status': 'Approved',
      Customer: 'Acme, Inc',
      'Project Title': 'Move',
      'Partner CRM ID': 'CRM-7',
      'Last Modified': '2025-06-01T12:00:00.000Z',
    });
  });

  it.each([
    [
      {},
      ['Solutions S-0000002', 'Solutions S-0000001', 'AwsProducts AmazonEC2', `AwsMarketplaceOffers ${ARN}`],
    ],
    [{ entities: ['S-0000001'] }, ['Solutions S-0000001']],
    [{ entities: ['offer-a', 'AmazonEC2'] }, ['AwsProducts AmazonEC2', `AwsMarketplaceOffers ${ARN}`]],
    [{ types: ['Solutions' as const] }, ['Solutions S-0000002', 'Solutions S-0000001']],
    [{ types: ['Solutions' as const], entities: ['AmazonEC2'] }, []],
  ])('selected by %j gives %j', (selection, expected) => {
    expect(entitiesBy(selection)).toEqual(expected);
  });

  it('gives a line of an opportunity that holds nothing where it is asked to', () => {
    const empty = { entities: { Solutions: [] } };
    const lines = (includeEmpty: boolean): number =>
      associationLines('O1', empty, { entities: ['S-0000001'], types: [], includeEmpty }).length;
    expect([lines(true), lines(false)]).toEqual([1, 0]);
  });
});
