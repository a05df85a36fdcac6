import {
  ListOpportunitiesCommand,
  ListSolutionsCommand,
  PartnerCentralSellingClient,
} from '@aws-sdk/client-partnercentral-selling';
import { describe, expect, onTestFinished, test } from 'vitest';
import { connectTo, CREDENTIALS, opportunityId } from './connection.ts';
import { json, serve, type Loopback } from './loopback.ts';

const FILTERS = {
  stages: ['Committed', 'Launched'],
  reviewStatuses: ['Approved'],
  customers: ['Acme, Inc'],
  modifiedAfter: '2025-06-01T00:00:00Z',
  createdAfter: '2025-01-01T00:00:00Z',
};

function answering(body: unknown): Promise<Loopback> {
  return serve((_call, response) => json(response, 200, body));
}

function officialClient(endpoint: URL): PartnerCentralSellingClient {
  const client = new PartnerCentralSellingClient({
    endpoint: endpoint.href,
    region: 'us-east-1',
    credentials: CREDENTIALS,
  });
  onTestFinished(() => client.destroy());
  return client;
}

describe('a page of opportunities', () => {
  test('is asked for as the official client asks', async () => {
    const server = await answering({ OpportunitySummaries: [] });
    await connectTo(server.url).listOpportunities({ filters: FILTERS, nextToken: 'next' });
    await officialClient(server.url).send(
      new ListOpportunitiesCommand({
        Catalog: 'Sandbox',
        MaxResults: 100,
        NextToken: 'next',
        LastModifiedDate: { AfterLastModifiedDate: new Date('2025-06-01T00:00:00Z') },
        LifeCycleStage: ['Committed', 'Launched'],
        LifeCycleReviewStatus: ['Approved'],
        CustomerCompanyName: ['Acme, Inc'],
        CreatedDate: { AfterCreatedDate: new Date('2025-01-01T00:00:00Z') },
      }),
    );
    const [ours, theirs] = server.received;
    expect(JSON.parse(ours?.body ?? '')).toEqual(JSON.parse(theirs?.body ?? ''));
    expect(ours?.headers['x-amz-target']).toBe(theirs?.headers['x-amz-target']);
  });

  test('without filters or token has neither', async () => {
    const server = await answering({ OpportunitySummaries: [] });
    await connectTo(server.url).listOpportunities({ filters: {} });
    expect(JSON.parse(server.received[0]?.body ?? '')).toEqual({ Catalog: 'Sandbox', MaxResults: 100 });
  });

  test('tells its opportunities and the token of the next', async () => {
    const server = await answering({ OpportunitySummaries: [{ Id: 'O1' }, { Id: 'O2' }], NextToken: 'next' });
    expect(await connectTo(server.url).listOpportunities({ filters: {} })).toMatchObject({
      ok: true,
      items: ['O1', 'O2'],
      nextToken: 'next',
    });
  });

  test.each([[{ NextToken: null }], [{ NextToken: '' }], [{}]])('is the last with %j', async (more) => {
    const server = await answering({ OpportunitySummaries: [], ...more });
    expect(await connectTo(server.url).listOpportunities({ filters: {} })).not.toHaveProperty('nextToken');
  });

  test.each([
    [{}],
    [{ OpportunitySummaries: {} }],
    [{ OpportunitySummaries: [{ Id: 'O1' }, {}] }],
    [{ OpportunitySummaries: [{ Id: 'S-0000001' }] }],
    [{ OpportunitySummaries: [null] }],
    [{ OpportunitySummaries: [], NextToken: 7 }],
  ])('that can not be understood whole is malformed: %j', async (body) => {
    const server = await answering(body);
    expect(await connectTo(server.url).listOpportunities({ filters: {} })).toMatchObject({
      ok: false,
      fault: { kind: 'malformed' },
    });
  });
});

describe('a page of solutions', () => {
  const arn = 'arn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace/Solution/soln-a';

  test('is asked for as the official client asks', async () => {
    const server = await answering({ SolutionSummaries: [] });
    await connectTo(server.url).listSolutions({ nextToken: 'next' });
    await officialClient(server.url).send(
      new ListSolutionsCommand({ Catalog: 'Sandbox', MaxResults: 100, NextToken: 'next' }),
    );
    const [ours, theirs] = server.received;
    expect(JSON.parse(ours?.body ?? '')).toEqual(JSON.parse(theirs?.body ?? ''));
  });

  test('tells each with its new form, where it has one', async () => {
    const server = await answering({
      SolutionSummaries: [
        { Id: 'S-1', Name: 'Ledger', Status: 'Active', AwsMarketplaceSolutionArn: arn },
        { Id: 'S-2', Name: 'Old', Status: 'Inactive' },
      ],
    });
    expect(await connectTo(server.url).listSolutions({})).toMatchObject({
      ok: true,
      items: [
        { id: 'S-1', name: 'Ledger', status: 'Active', marketplaceArn: arn },
        { id: 'S-2', name: 'Old', status: 'Inactive' },
      ],
    });
  });
});

describe('an opportunity', () => {
  test('is told with its customer, project, own identifier and last change, where they are', async () => {
    const server = await answering({
      Id: 'O1',
      PartnerOpportunityIdentifier: 'CRM-7',
      LastModifiedDate: '2025-06-01T12:00:00Z',
      LifeCycle: { Stage: 'Launched', ReviewStatus: 'Approved' },
      Customer: { Account: { CompanyName: 'Acme, Inc' } },
      Project: { Title: 'Move' },
    });
    expect(await connectTo(server.url).readOpportunity(opportunityId('O1'))).toMatchObject({
      opportunity: {
        entities: {},
        stage: 'Launched',
        reviewStatus: 'Approved',
        customer: 'Acme, Inc',
        projectTitle: 'Move',
        partnerCrmId: 'CRM-7',
        lastModified: '2025-06-01T12:00:00.000Z',
      },
    });
  });

  test.each([[1748779200], ['2025-06-01T14:00:00+02:00']])(
    'tells its last change of %j in UTC',
    async (told) => {
      const server = await answering({ Id: 'O1', LastModifiedDate: told });
      expect(await connectTo(server.url).readOpportunity(opportunityId('O1'))).toMatchObject({
        opportunity: { lastModified: '2025-06-01T12:00:00.000Z' },
      });
    },
  );

  test.each([['yesterday'], [1e300], [{}], [null]])(
    'without a last change that is a time, %j, has none',
    async (told) => {
      const server = await answering({
        Id: 'O1',
        LastModifiedDate: told,
        Customer: { Account: 'Acme' },
        Project: [],
      });
      const answer = await connectTo(server.url).readOpportunity(opportunityId('O1'));
      expect(answer).toMatchObject({ ok: true, opportunity: { entities: {} } });
      expect(answer).not.toHaveProperty('opportunity.lastModified');
      expect(answer).not.toHaveProperty('opportunity.customer');
    },
  );
});
