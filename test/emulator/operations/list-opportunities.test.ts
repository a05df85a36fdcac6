import { describe, expect, it } from 'vitest';
import { association, opportunityOf } from '../associations.ts';
import { call, type Received } from '../signed-post.ts';
import { startForTest } from '../start-for-test.ts';

const SEED = [
  opportunityOf('O1', {
    stage: 'Committed',
    reviewStatus: 'Approved',
    customer: 'Acme, Inc',
    createdMs: Date.UTC(2025, 0, 1),
    lastModifiedMs: Date.UTC(2025, 5, 1),
    targetCloseDate: '2026-03-01',
  }),
  association('O1', 'Solutions', 'S-0000001'),
  opportunityOf('O2', {
    stage: 'Launched',
    reviewStatus: 'Submitted',
    customer: 'Birch',
    createdMs: Date.UTC(2025, 1, 1),
    lastModifiedMs: Date.UTC(2025, 6, 1),
    targetCloseDate: '2026-04-01',
  }),
  opportunityOf('O3', {
    stage: 'Prospect',
    reviewStatus: 'In review',
    customer: 'Acme, Inc',
    createdMs: Date.UTC(2025, 2, 1),
    lastModifiedMs: Date.UTC(2025, 7, 1),
    targetCloseDate: '2026-05-01',
  }),
];

async function idsOf(input: object): Promise<string[]> {
  const emulator = await startForTest({ seed: SEED });
  const { text } = await call(emulator, 'ListOpportunities', { Catalog: 'Sandbox', ...input });
  // The shape of ListOpportunitiesResponse.
  return (JSON.parse(text) as { OpportunitySummaries: { Id: string }[] }).OpportunitySummaries.map(
    ({ Id }) => Id,
  );
}

function issuesOf({ text }: Received): unknown {
  // The shape of ValidationException.
  const { ErrorList } = JSON.parse(text) as { ErrorList: { FieldName: string; Code: string }[] };
  return ErrorList.map(({ FieldName, Code }) => [FieldName, Code]);
}

describe('ListOpportunities', () => {
  it.each([
    [{}, ['O1', 'O2', 'O3']],
    [{ LifeCycleStage: ['Launched', 'Prospect'] }, ['O2', 'O3']],
    [{ LifeCycleReviewStatus: ['Submitted', 'In review'] }, ['O2', 'O3']],
    [{ CustomerCompanyName: ['Acme, Inc'] }, ['O1', 'O3']],
    [{ CustomerCompanyName: [] }, ['O1', 'O2', 'O3']],
    [{ CustomerCompanyName: ['Acme, Inc'], LifeCycleStage: ['Prospect'] }, ['O3']],
    [{ LastModifiedDate: { AfterLastModifiedDate: '2025-06-01T00:00:00Z' } }, ['O2', 'O3']],
    [{ LastModifiedDate: { AfterLastModifiedDate: '2025-05-31T23:59:59.999Z' } }, ['O1', 'O2', 'O3']],
    [{ LastModifiedDate: { BeforeLastModifiedDate: '2025-07-01' } }, ['O1']],
    [
      { CreatedDate: { AfterCreatedDate: '2025-01-15T00:00:00+01:00', BeforeCreatedDate: '2025-02-15' } },
      ['O2'],
    ],
    [{ CreatedDate: { AfterCreatedDate: Date.UTC(2025, 1, 2) / 1000 } }, ['O3']],
    [
      { TargetCloseDate: { AfterTargetCloseDate: '2026-03-15', BeforeTargetCloseDate: '2026-05-01' } },
      ['O2'],
    ],
    [{ Identifier: ['O3', 'O404', 'O1', 'O3'] }, ['O3', 'O1']],
    [{ Identifier: ['O3', 'O1'], LifeCycleStage: ['Committed'] }, ['O1']],
  ])('filtered by %j answers %j', async (input, expected) => {
    expect(await idsOf(input)).toEqual(expected);
  });

  it.each([
    [{ Identifier: Array.from({ length: 21 }, (_, index) => `O${index}`) }, 'Identifier', 'TOO_MANY_VALUES'],
    [
      { CustomerCompanyName: Array.from({ length: 11 }, (_, index) => `${index}`) },
      'CustomerCompanyName',
      'TOO_MANY_VALUES',
    ],
    [{ LifeCycleStage: Array.from({ length: 11 }, () => 'Prospect') }, 'LifeCycleStage', 'TOO_MANY_VALUES'],
    [{ LifeCycleStage: ['Proposal'] }, 'LifeCycleStage', 'INVALID_ENUM_VALUE'],
    [{ LifeCycleReviewStatus: ['in review'] }, 'LifeCycleReviewStatus', 'INVALID_ENUM_VALUE'],
    [{ LifeCycleStage: 'Committed' }, 'LifeCycleStage', 'INVALID_VALUE'],
    [{ CreatedDate: { AfterCreatedDate: 'yesterday' } }, 'AfterCreatedDate', 'INVALID_STRING_FORMAT'],
    [{ CreatedDate: '2025-01-01' }, 'CreatedDate', 'INVALID_VALUE'],
  ])('refuses %j', async (input, field, code) => {
    const emulator = await startForTest({ seed: SEED });
    const answer = await call(emulator, 'ListOpportunities', { Catalog: 'Sandbox', ...input });
    expect(issuesOf(answer)).toEqual([[field, code]]);
  });

  it('tells customer, stage and dates, and neither title nor related entities', async () => {
    const emulator = await startForTest({ seed: SEED });
    const { text } = await call(emulator, 'ListOpportunities', { Catalog: 'AWS', MaxResults: 1 });
    const [summary] = (JSON.parse(text) as { OpportunitySummaries: object[] }).OpportunitySummaries;
    expect(summary).toMatchObject({
      Id: 'O1',
      CreatedDate: '2025-01-01T00:00:00.000Z',
      LastModifiedDate: '2025-06-01T00:00:00.000Z',
      LifeCycle: { Stage: 'Committed', ReviewStatus: 'Approved', TargetCloseDate: '2026-03-01' },
      Customer: { Account: { CompanyName: 'Acme, Inc' } },
    });
    expect(summary).not.toHaveProperty('RelatedEntityIdentifiers');
    expect(summary).not.toHaveProperty('Project.Title');
  });

  it('goes through two hundred thousand opportunities, a hundred a page, each once', async () => {
    const count = 200_000;
    const seed = Array.from({ length: count }, (_, index) =>
      opportunityOf(`O${index}`, { stage: index % 1000 === 0 ? 'Prospect' : 'Launched' }),
    );
    const emulator = await startForTest({ seed });
    const ids: string[] = [];
    let NextToken: string | undefined;
    do {
      const input = { Catalog: 'Sandbox', MaxResults: 100, LifeCycleStage: ['Prospect'], NextToken };
      const { text } = await call(emulator, 'ListOpportunities', input);
      // The shape of ListOpportunitiesResponse.
      const page = JSON.parse(text) as { OpportunitySummaries: { Id: string }[]; NextToken?: string };
      ids.push(...page.OpportunitySummaries.map(({ Id }) => Id));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    expect(ids).toEqual(Array.from({ length: count / 1000 }, (_, index) => `O${index * 1000}`));
  });
});

describe('GetOpportunity', () => {
  it('tells what a list tells, the title of the project, and the related entities', async () => {
    const emulator = await startForTest({
      seed: [
        association('O1', 'Solutions', 'S-0000001'),
        opportunityOf('O1', { projectTitle: 'Move', partnerCrmId: 'CRM-7', customer: 'Acme, Inc' }),
      ],
    });
    const { text } = await call(emulator, 'GetOpportunity', { Catalog: 'AWS', Identifier: 'O1' });
    expect(JSON.parse(text)).toMatchObject({
      PartnerOpportunityIdentifier: 'CRM-7',
      OpportunityType: 'Net New Business',
      Customer: { Account: { CompanyName: 'Acme, Inc' } },
      Project: { Title: 'Move' },
      RelatedEntityIdentifiers: { Solutions: ['S-0000001'] },
    });
  });

  it('knows an opportunity that holds nothing', async () => {
    const emulator = await startForTest({ seed: [opportunityOf('O9')] });
    const { text } = await call(emulator, 'GetOpportunity', { Catalog: 'AWS', Identifier: 'O9' });
    expect(JSON.parse(text)).toMatchObject({ Id: 'O9', RelatedEntityIdentifiers: {} });
  });
});
