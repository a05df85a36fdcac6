import { describe, expect, it } from 'vitest';
import { association, opportunityOf } from './associations.ts';
import { call, exceptionName, type Received } from './signed-post.ts';
import { change, held, OFFER_ARN, SEED, startForTest } from './start-for-test.ts';

const SOLUTION = change('O1', 'Solutions', 'S-0000001');

describe('DisassociateOpportunity', () => {
  it('removes the association and nothing else', async () => {
    const emulator = await startForTest();
    const answer = await call(emulator, 'DisassociateOpportunity', SOLUTION);
    expect([answer.status, answer.text]).toEqual([200, '{}']);
    expect(held(emulator)).toEqual([
      'O1 AwsProducts AmazonEC2',
      `O2 AwsMarketplaceOffers ${OFFER_ARN}`,
      'O3 Solutions S-0000003',
    ]);
  });

  it('knows an entity by the last segment of its ARN', async () => {
    const emulator = await startForTest();
    await call(emulator, 'DisassociateOpportunity', change('O2', 'AwsMarketplaceOffers', 'offer-abc'));
    expect(held(emulator)).not.toContain(`O2 AwsMarketplaceOffers ${OFFER_ARN}`);
  });

  it('removes a bare identifier that is named by its whole ARN', async () => {
    const emulator = await startForTest({ seed: [association('O2', 'AwsMarketplaceOffers', 'offer-abc')] });
    await call(emulator, 'DisassociateOpportunity', change('O2', 'AwsMarketplaceOffers', OFFER_ARN));
    expect(held(emulator)).toEqual([]);
  });

  it('does not take an identifier of one type for the same of another', async () => {
    const emulator = await startForTest();
    const answer = await call(emulator, 'DisassociateOpportunity', change('O1', 'AwsProducts', 'S-0000001'));
    expect(exceptionName(answer)).toBe('ResourceNotFoundException');
    expect(held(emulator)).toContain('O1 Solutions S-0000001');
  });

  it('keeps an opportunity that holds nothing any more', async () => {
    const emulator = await startForTest();
    await call(emulator, 'DisassociateOpportunity', change('O3', 'Solutions', 'S-0000003'));
    const answer = await call(emulator, 'GetOpportunity', { Catalog: 'Sandbox', Identifier: 'O3' });
    expect(JSON.parse(answer.text)).toMatchObject({ Id: 'O3', RelatedEntityIdentifiers: {} });
  });
});

describe('AssociateOpportunity', () => {
  it('adds the association', async () => {
    const emulator = await startForTest();
    await call(emulator, 'AssociateOpportunity', change('O3', 'Solutions', 'S-0000009'));
    expect(held(emulator)).toContain('O3 Solutions S-0000009');
  });

  it('succeeds without a change where the association is there already', async () => {
    const emulator = await startForTest();
    const answer = await call(emulator, 'AssociateOpportunity', SOLUTION);
    expect(answer.status).toBe(200);
    expect(held(emulator)).toHaveLength(SEED.length);
    expect(emulator.counts().operations.AssociateOpportunity).toEqual({
      received: 1,
      admitted: 1,
      changed: 0,
    });
  });

  it.each([
    ['Solutions', 10],
    ['AwsProducts', 20],
    ['AwsMarketplaceOffers', 1],
    ['AwsMarketplaceOfferSets', 1],
    ['AwsMarketplaceSolutions', 10],
    ['AwsMarketplaceProducts', 10],
  ] as const)('admits of %s at most %i', async (type, most) => {
    const full = Array.from({ length: most }, (_, index) => association('O7', type, `entity-${index}`));
    const emulator = await startForTest({ seed: full });
    const answer = await call(emulator, 'AssociateOpportunity', change('O7', type, 'one-more'));
    expect(issueCodes(answer)).toEqual(['TOO_MANY_VALUES']);
    expect(held(emulator)).toHaveLength(most);
  });

  it('admits an offer or an offer set, not both', async () => {
    const emulator = await startForTest();
    const answer = await call(
      emulator,
      'AssociateOpportunity',
      change('O2', 'AwsMarketplaceOfferSets', 'set'),
    );
    expect(issueCodes(answer)).toEqual(['TOO_MANY_VALUES']);
  });
});

describe('GetOpportunity', () => {
  it('answers what is associated, by type, and where the opportunity stands', async () => {
    const emulator = await startForTest({
      seed: [...SEED, opportunityOf('O1', { reviewStatus: 'In review' })],
    });
    const answer = await call(emulator, 'GetOpportunity', { Catalog: 'AWS', Identifier: 'O1' });
    expect(JSON.parse(answer.text)).toMatchObject({
      Catalog: 'AWS',
      Id: 'O1',
      Arn: 'arn:aws:partnercentral:us-east-1::catalog/AWS/opportunity/O1',
      LifeCycle: { Stage: 'Committed', ReviewStatus: 'In review' },
      RelatedEntityIdentifiers: { Solutions: ['S-0000001'], AwsProducts: ['AmazonEC2'] },
    });
  });
});

describe('ListOpportunities', () => {
  it('pages through every opportunity once', async () => {
    const seed = Array.from({ length: 45 }, (_, index) => association(`O${index}`, 'Solutions', 'S-0000001'));
    const emulator = await startForTest({ seed });
    const ids: string[] = [];
    let token: string | undefined;
    do {
      const page = await list(emulator, { ...(token !== undefined && { NextToken: token }) });
      ids.push(...page.ids);
      token = page.nextToken;
    } while (token !== undefined);
    expect(ids).toEqual(seed.map(({ opportunityId }) => opportunityId));
  });

  it('answers those of the identifiers that exist', async () => {
    const emulator = await startForTest();
    expect((await list(emulator, { Identifier: ['O3', 'O404', 'O1'] })).ids).toEqual(['O3', 'O1']);
  });

  it('answers those of a review status', async () => {
    const emulator = await startForTest({
      seed: [...SEED, opportunityOf('O2', { reviewStatus: 'Submitted' })],
    });
    expect((await list(emulator, { LifeCycleReviewStatus: ['Submitted'] })).ids).toEqual(['O2']);
  });

  it.each([
    [{ MaxResults: 0 }, ['VALUE_OUT_OF_RANGE']],
    [{ MaxResults: 101 }, ['VALUE_OUT_OF_RANGE']],
    [{ NextToken: 'elsewhere' }, ['INVALID_VALUE']],
    [{ Identifier: Array.from({ length: 21 }, (_, index) => `O${index}`) }, ['TOO_MANY_VALUES']],
  ])('refuses %j', async (input, codes) => {
    const emulator = await startForTest();
    const answer = await call(emulator, 'ListOpportunities', { Catalog: 'Sandbox', ...input });
    expect(issueCodes(answer)).toEqual(codes);
  });
});

describe('any operation', () => {
  it.each([
    ['DisassociateOpportunity', change('O404', 'Solutions', 'S-0000001')],
    ['AssociateOpportunity', change('O404', 'Solutions', 'S-0000001')],
    ['GetOpportunity', { Catalog: 'Sandbox', Identifier: 'O404' }],
  ])('%s of an unknown opportunity meets ResourceNotFoundException', async (operation, input) => {
    const emulator = await startForTest();
    expect(exceptionName(await call(emulator, operation, input))).toBe('ResourceNotFoundException');
  });

  it('names every member that is wrong in one ValidationException', async () => {
    const emulator = await startForTest();
    const answer = await call(emulator, 'DisassociateOpportunity', {
      Catalog: 'Sandpit',
      OpportunityIdentifier: 'O-12',
      RelatedEntityIdentifier: 'x'.repeat(256),
    });
    expect(JSON.parse(answer.text)).toMatchObject({
      Reason: 'REQUEST_VALIDATION_FAILED',
      ErrorList: [
        { FieldName: 'Catalog', Code: 'INVALID_ENUM_VALUE' },
        { FieldName: 'OpportunityIdentifier', Code: 'INVALID_STRING_FORMAT' },
        { FieldName: 'RelatedEntityType', Code: 'REQUIRED_FIELD_MISSING' },
        { FieldName: 'RelatedEntityIdentifier', Code: 'INVALID_STRING_FORMAT' },
      ],
    });
  });

  it("spells the service's own message Message, and the front door's message", async () => {
    const emulator = await startForTest();
    const input = { Catalog: 'Sandbox', Identifier: 'O404' };
    const own = await call(emulator, 'GetOpportunity', input);
    const frontDoor = await call(emulator, 'GetOpportunity', input, { secretAccessKey: 'wrong' });
    expect(JSON.parse(own.text)).toHaveProperty('Message');
    expect(JSON.parse(frontDoor.text)).toHaveProperty('message');
  });

  it('answers a request id that is the one on its record', async () => {
    const emulator = await startForTest();
    const answer = await call(emulator, 'DisassociateOpportunity', SOLUTION);
    expect(answer.headers.get('x-amzn-requestid')).toBe(emulator.calls()[0]?.requestId);
  });
});

describe('startEmulator', () => {
  it('says which port is taken', async () => {
    const emulator = await startForTest();
    const port = Number(new URL(emulator.url).port);
    await expect(startForTest({ port })).rejects.toMatchObject({
      code: 'address_in_use',
      message: `Port ${port} of 127.0.0.1 is taken by another program.`,
    });
  });

  it('takes its seed from a stream too', async () => {
    async function* seed(): AsyncGenerator<(typeof SEED)[number]> {
      yield* SEED;
    }
    expect(held(await startForTest({ seed: seed() }))).toHaveLength(SEED.length);
  });
});

async function list(
  emulator: Parameters<typeof call>[0],
  input: object,
): Promise<{ ids: string[]; nextToken: string | undefined }> {
  const { text } = await call(emulator, 'ListOpportunities', { Catalog: 'Sandbox', ...input });
  // The shape of ListOpportunitiesResponse.
  const page = JSON.parse(text) as { OpportunitySummaries: { Id: string }[]; NextToken?: string };
  return { ids: page.OpportunitySummaries.map(({ Id }) => Id), nextToken: page.NextToken };
}

function issueCodes({ text }: Received): string[] {
  // The shape of ValidationException.
  const { ErrorList } = JSON.parse(text) as { ErrorList: { Code: string }[] };
  return ErrorList.map(({ Code }) => Code);
}
