import { describe, expect, it } from 'vitest';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import type { Solution } from '../../../src/emulator/partner/solution.ts';
import { call, exceptionName } from '../signed-post.ts';
import { change, held, startForTest } from '../start-for-test.ts';

const ARN = 'arn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace/Solution/soln-';

const SOLUTIONS: readonly Solution[] = [
  {
    id: 'S-0000001',
    name: 'Ledger',
    status: 'Active',
    category: 'Software Product',
    marketplaceArn: `${ARN}a`,
  },
  { id: 'S-0000002', name: 'Old ledger', status: 'Inactive', category: 'Software Product' },
  {
    id: 'S-0000003',
    name: 'Advice',
    status: 'Draft',
    category: 'Consulting Service',
    marketplaceArn: `${ARN}c`,
  },
];

function start(): Promise<Emulator> {
  return startForTest({ solutions: SOLUTIONS });
}

interface SolutionsPage {
  readonly SolutionSummaries: readonly { readonly Id: string }[];
  readonly NextToken?: string;
}

async function list(emulator: Emulator, input: object): Promise<SolutionsPage> {
  const { text } = await call(emulator, 'ListSolutions', { Catalog: 'Sandbox', ...input });
  // The shape of ListSolutionsResponse.
  return JSON.parse(text) as SolutionsPage;
}

describe('ListSolutions', () => {
  it.each([
    [{}, ['S-0000001', 'S-0000002', 'S-0000003']],
    [{ Status: ['Active', 'Draft'] }, ['S-0000001', 'S-0000003']],
    [{ Identifier: ['S-0000003', 'S-0000404'] }, ['S-0000003']],
    [{ Category: ['Software Product'] }, ['S-0000001', 'S-0000002']],
    [{ AwsMarketplaceSolutionArn: [`${ARN}c`] }, ['S-0000003']],
    [{ Status: ['Active'], Category: ['Consulting Service'] }, []],
  ])('filtered by %j answers %j', async (input, expected) => {
    const { SolutionSummaries } = await list(await start(), input);
    expect(SolutionSummaries.map(({ Id }) => Id)).toEqual(expected);
  });

  it('tells the new form of a solution, where it has one', async () => {
    const { SolutionSummaries } = await list(await start(), { MaxResults: 2 });
    expect(SolutionSummaries).toMatchObject([
      { Id: 'S-0000001', Name: 'Ledger', Status: 'Active', AwsMarketplaceSolutionArn: `${ARN}a` },
      { Id: 'S-0000002', Name: 'Old ledger', Status: 'Inactive', Category: 'Software Product' },
    ]);
    expect(SolutionSummaries[1]).not.toHaveProperty('AwsMarketplaceSolutionArn');
  });

  it('goes on where a page ended', async () => {
    const emulator = await start();
    const { NextToken } = await list(emulator, { MaxResults: 2 });
    const rest = await list(emulator, { MaxResults: 2, NextToken });
    expect(rest.SolutionSummaries.map(({ Id }) => Id)).toEqual(['S-0000003']);
    expect(rest.NextToken).toBeUndefined();
  });

  it.each([
    [{ Status: ['active'] }],
    [{ Identifier: Array.from({ length: 21 }, (_, index) => `S-${index}`) }],
    [{ Category: Array.from({ length: 11 }, (_, index) => `${index}`) }],
    [{ AwsMarketplaceSolutionArn: Array.from({ length: 11 }, (_, index) => `${ARN}${index}`) }],
    [{ MaxResults: 101 }],
    // Of another list.
    [{ NextToken: Buffer.from('opportunity:2').toString('base64url') }],
  ])('refuses %j', async (input) => {
    const answer = await call(await start(), 'ListSolutions', { Catalog: 'Sandbox', ...input });
    expect(exceptionName(answer)).toBe('ValidationException');
  });

  it('takes from the quota of reads', async () => {
    const emulator = await startForTest({ readsPerSecond: 0, solutions: SOLUTIONS });
    const answer = await call(emulator, 'ListSolutions', { Catalog: 'Sandbox' });
    expect(exceptionName(answer)).toBe('ThrottlingException');
  });
});

describe('AssociateOpportunity', () => {
  it.each([
    ['Solutions', 'S-0000002'],
    ['Solutions', 'S-0000003'],
    ['AwsMarketplaceSolutions', `${ARN}c`],
    ['AwsMarketplaceSolutions', 'soln-c'],
  ])('of %s refuses %s, which is not Active', async (type, id) => {
    const emulator = await start();
    const answer = await call(emulator, 'AssociateOpportunity', change('O2', type, id));
    expect(JSON.parse(answer.text)).toMatchObject({
      Reason: 'BUSINESS_VALIDATION_FAILED',
      ErrorList: [{ FieldName: 'RelatedEntityIdentifier', Code: 'INVALID_RESOURCE_STATE' }],
    });
  });

  it.each([
    ['Solutions', 'S-0000001'],
    ['AwsMarketplaceSolutions', `${ARN}a`],
    ['Solutions', 'S-7777777'],
  ])('of %s takes %s, which is Active or not in the list', async (type, id) => {
    const emulator = await start();
    await call(emulator, 'AssociateOpportunity', change('O2', type, id));
    expect(held(emulator)).toContain(`O2 ${type} ${id}`);
  });

  it('leaves a solution that is not Active to be removed', async () => {
    const emulator = await start();
    await call(emulator, 'DisassociateOpportunity', change('O3', 'Solutions', 'S-0000003'));
    expect(held(emulator)).not.toContain('O3 Solutions S-0000003');
  });
});
