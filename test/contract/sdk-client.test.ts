import {
  AssociateOpportunityCommand,
  DisassociateOpportunityCommand,
  GetOpportunityCommand,
  ListOpportunitiesCommand,
  ListSolutionsCommand,
  type ListSolutionsCommandInput,
  type ListSolutionsCommandOutput,
} from '@aws-sdk/client-partnercentral-selling';
import { describe, expect, it } from 'vitest';
import { opportunityOf } from '../emulator/associations.ts';
import { held, SEED } from '../emulator/start-for-test.ts';
import { SOLUTION, start } from './sdk.ts';

describe('the official SDK client at the emulator', () => {
  it('disassociates', async () => {
    const [emulator, client] = await start();
    const { $metadata } = await client.send(new DisassociateOpportunityCommand(SOLUTION));
    expect($metadata).toMatchObject({ httpStatusCode: 200, requestId: emulator.calls()[0]?.requestId });
    expect(held(emulator)).not.toContain('O1 Solutions S-0000001');
  });

  it('associates', async () => {
    const [emulator, client] = await start();
    await client.send(new AssociateOpportunityCommand({ ...SOLUTION, OpportunityIdentifier: 'O3' }));
    expect(held(emulator)).toContain('O3 Solutions S-0000001');
  });

  it('gets an opportunity, every member of it in its own type', async () => {
    const [, client] = await start();
    const opportunity = await client.send(new GetOpportunityCommand({ Catalog: 'AWS', Identifier: 'O1' }));
    expect(opportunity).toMatchObject({
      Id: 'O1',
      Catalog: 'AWS',
      RelatedEntityIdentifiers: { Solutions: ['S-0000001'], AwsProducts: ['AmazonEC2'] },
      LifeCycle: { Stage: 'Committed', ReviewStatus: 'Approved' },
      Customer: { Account: { CompanyName: 'Customer of O1' } },
    });
    expect(opportunity.LastModifiedDate).toBeInstanceOf(Date);
    expect(opportunity.LastModifiedDate?.getTime()).not.toBeNaN();
  });

  it('lists opportunities, page by page', async () => {
    const [, client] = await start();
    const first = await client.send(new ListOpportunitiesCommand({ Catalog: 'Sandbox', MaxResults: 2 }));
    const { NextToken } = first;
    const second = await client.send(
      new ListOpportunitiesCommand({ Catalog: 'Sandbox', MaxResults: 2, NextToken }),
    );
    const ids = [first, second].map((page) => page.OpportunitySummaries?.map(({ Id }) => Id));
    expect(ids).toEqual([['O1', 'O2'], ['O3']]);
    expect(second.NextToken).toBeUndefined();
  });

  it('lists opportunities by every filter, its dates as the client writes them', async () => {
    const seed = [
      ...SEED,
      opportunityOf('O2', {
        stage: 'Launched',
        reviewStatus: 'Submitted',
        customer: 'Birch',
        createdMs: Date.UTC(2025, 0, 2),
        lastModifiedMs: Date.UTC(2025, 5, 2),
        targetCloseDate: '2026-05-02',
      }),
      opportunityOf('O3', { createdMs: Date.UTC(2024, 0, 1), lastModifiedMs: Date.UTC(2024, 0, 1) }),
    ];
    const [, client] = await start({ seed });
    const filters = [
      { Identifier: ['O2', 'O404'] },
      { LifeCycleStage: ['Launched' as const] },
      { LifeCycleReviewStatus: ['Submitted' as const] },
      { CustomerCompanyName: ['Birch'] },
      {
        LastModifiedDate: {
          AfterLastModifiedDate: new Date(Date.UTC(2025, 5, 1)),
          BeforeLastModifiedDate: new Date(Date.UTC(2025, 5, 3)),
        },
      },
      {
        CreatedDate: {
          AfterCreatedDate: new Date(Date.UTC(2025, 0, 1)),
          BeforeCreatedDate: new Date(Date.UTC(2025, 0, 3)),
        },
      },
      { TargetCloseDate: { AfterTargetCloseDate: '2026-05-01', BeforeTargetCloseDate: '2026-05-03' } },
    ];
    for (const filter of filters) {
      const page = await client.send(new ListOpportunitiesCommand({ Catalog: 'Sandbox', ...filter }));
      expect(page.OpportunitySummaries).toMatchObject([
        {
          Id: 'O2',
          CreatedDate: new Date(Date.UTC(2025, 0, 2)),
          LifeCycle: { Stage: 'Launched', ReviewStatus: 'Submitted', TargetCloseDate: '2026-05-02' },
          Customer: { Account: { CompanyName: 'Birch' } },
        },
      ]);
    }
  });

  it('lists solutions with their new forms, by every filter, page by page', async () => {
    const arn = 'arn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace/Solution/soln-a';
    const [, client] = await start({
      solutions: [
        {
          id: 'S-0000001',
          name: 'Ledger',
          status: 'Active',
          category: 'Software Product',
          marketplaceArn: arn,
        },
        { id: 'S-0000002', name: 'Old ledger', status: 'Inactive', category: 'Consulting Service' },
      ],
    });
    const list = (input: Partial<ListSolutionsCommandInput>): Promise<ListSolutionsCommandOutput> =>
      client.send(new ListSolutionsCommand({ Catalog: 'Sandbox', ...input }));
    const first = await list({ MaxResults: 1 });
    const second = await list({ MaxResults: 1, NextToken: first.NextToken });
    expect(first.SolutionSummaries).toMatchObject([
      { Id: 'S-0000001', Name: 'Ledger', Status: 'Active', AwsMarketplaceSolutionArn: arn },
    ]);
    expect(first.SolutionSummaries?.[0]?.CreatedDate).toBeInstanceOf(Date);
    expect([second.SolutionSummaries?.[0]?.Id, second.NextToken]).toEqual(['S-0000002', undefined]);
    const filters = [
      { Identifier: ['S-0000001'] },
      { Status: ['Active' as const] },
      { Category: ['Software Product'] },
      { AwsMarketplaceSolutionArn: [arn] },
    ];
    for (const filter of filters) {
      expect((await list(filter)).SolutionSummaries).toMatchObject([{ Id: 'S-0000001' }]);
    }
  });
});
