import { describe, expect, it } from 'vitest';
import { association, opportunityOf } from '../associations.ts';
import { manualClock } from '../manual-clock.ts';
import { call, exceptionName } from '../signed-post.ts';
import { change, held, OFFER_ARN, SEED, startForTest } from '../start-for-test.ts';

const ABSENT = change('O1', 'Solutions', 'S-0000404');
const ONLY_SOLUTION = change('O3', 'Solutions', 'S-0000003');

describe('absent', () => {
  it('meets ResourceNotFoundException by default', async () => {
    const emulator = await startForTest();
    const answer = await call(emulator, 'DisassociateOpportunity', ABSENT);
    expect(exceptionName(answer)).toBe('ResourceNotFoundException');
  });

  it('succeeds under "ok", and is not counted as a change', async () => {
    const emulator = await startForTest({ absent: 'ok' });
    expect((await call(emulator, 'DisassociateOpportunity', ABSENT)).status).toBe(200);
    expect(emulator.counts().operations.DisassociateOpportunity.changed).toBe(0);
  });

  it('meets ValidationException under "validation"', async () => {
    const emulator = await startForTest({ absent: 'validation' });
    const answer = await call(emulator, 'DisassociateOpportunity', ABSENT);
    expect(JSON.parse(answer.text)).toMatchObject({
      Reason: 'BUSINESS_VALIDATION_FAILED',
      ErrorList: [{ Code: 'INVALID_RESOURCE_STATE' }],
    });
  });
});

describe('statusCodes', () => {
  it.each([
    ['400', 400, 400, 400],
    ['traits', 404, 403, 429],
  ] as const)(
    '"%s" answers not found with %i, denied with %i, throttled with %i',
    async (statusCodes, ...expected) => {
      const faults = {
        chances: [],
        script: [
          { kind: 'denied', opportunityId: 'O2', times: 1 },
          { kind: 'throttle', opportunityId: 'O3', times: 1 },
        ],
      } as const;
      const emulator = await startForTest({ statusCodes, faults });
      const statuses = [];
      for (const id of ['O404', 'O2', 'O3']) {
        const { status } = await call(emulator, 'GetOpportunity', { Catalog: 'AWS', Identifier: id });
        statuses.push(status);
      }
      expect(statuses).toEqual(expected);
    },
  );
});

describe('lockReview', () => {
  const seed = [...SEED, opportunityOf('O1', { reviewStatus: 'In review' })];

  it.each(['AssociateOpportunity', 'DisassociateOpportunity'])(
    'refuses %s under a locked status',
    async (operation) => {
      const emulator = await startForTest({ seed });
      const answer = await call(emulator, operation, change('O1', 'Solutions', 'S-0000001'));
      expect(JSON.parse(answer.text)).toMatchObject({ ErrorList: [{ Code: 'ACTION_NOT_PERMITTED' }] });
    },
  );

  it('locks nothing where no status is named', async () => {
    const emulator = await startForTest({ seed, lockReview: [] });
    await call(emulator, 'DisassociateOpportunity', change('O1', 'Solutions', 'S-0000001'));
    expect(held(emulator)).not.toContain('O1 Solutions S-0000001');
  });
});

describe('keepLastSolution', () => {
  it('lets the last solution go by default', async () => {
    const emulator = await startForTest();
    expect((await call(emulator, 'DisassociateOpportunity', ONLY_SOLUTION)).status).toBe(200);
  });

  it('refuses to remove the last solution', async () => {
    const emulator = await startForTest({ keepLastSolution: true });
    const answer = await call(emulator, 'DisassociateOpportunity', ONLY_SOLUTION);
    expect(JSON.parse(answer.text)).toMatchObject({ ErrorList: [{ Code: 'NOT_ENOUGH_VALUES' }] });
    expect(held(emulator)).toContain('O3 Solutions S-0000003');
  });

  it.each(['AwsMarketplaceSolutions', 'AwsMarketplaceProducts'] as const)(
    'counts %s as a solution',
    async (type) => {
      const seed = [association('O3', 'Solutions', 'S-0000003'), association('O3', type, 'soln-1')];
      const emulator = await startForTest({ keepLastSolution: true, seed });
      expect((await call(emulator, 'DisassociateOpportunity', ONLY_SOLUTION)).status).toBe(200);
    },
  );

  it.each(['AwsMarketplaceSolutions', 'AwsMarketplaceProducts'] as const)(
    'counts solutions, Marketplace solutions and Marketplace products as one: one of %s is enough',
    async (type) => {
      const seed = [association('O3', 'Solutions', 'S-0000003'), association('O3', type, 'other')];
      const emulator = await startForTest({ keepLastSolution: true, seed });
      expect((await call(emulator, 'DisassociateOpportunity', ONLY_SOLUTION)).status).toBe(200);
      const last = await call(emulator, 'DisassociateOpportunity', change('O3', type, 'other'));
      expect(JSON.parse(last.text)).toMatchObject({ ErrorList: [{ Code: 'NOT_ENOUGH_VALUES' }] });
    },
  );

  it.each([
    ['Committed', 400],
    ['Launched', 400],
    ['Prospect', 200],
    ['Business Validation', 200],
    ['Closed Lost', 200],
  ] as const)('at stage %s answers %i', async (stage, status) => {
    const seed = [association('O3', 'Solutions', 'S-0000003'), opportunityOf('O3', { stage })];
    const emulator = await startForTest({ keepLastSolution: true, seed });
    expect((await call(emulator, 'DisassociateOpportunity', ONLY_SOLUTION)).status).toBe(status);
  });

  it('leaves the last entity of another type alone', async () => {
    const emulator = await startForTest({ keepLastSolution: true });
    const answer = await call(emulator, 'DisassociateOpportunity', change('O1', 'AwsProducts', 'AmazonEC2'));
    expect(answer.status).toBe(200);
  });
});

describe('readLagMs', () => {
  it('answers what was there before the changes of that time, then what is', async () => {
    const clock = manualClock();
    const emulator = await startForTest({ readLagMs: 3000, clock });
    const solutions = async (): Promise<unknown> => {
      const input = { Catalog: 'Sandbox', Identifier: 'O3' };
      const { text } = await call(emulator, 'GetOpportunity', input, { signedAtMs: clock.wallMs() });
      // The shape of GetOpportunityResponse.
      return (JSON.parse(text) as { RelatedEntityIdentifiers: object }).RelatedEntityIdentifiers;
    };
    const signing = { signedAtMs: clock.wallMs() };
    await call(emulator, 'AssociateOpportunity', change('O3', 'Solutions', 'S-0000004'), signing);
    clock.advance(1000);
    await call(emulator, 'DisassociateOpportunity', ONLY_SOLUTION, signing);
    clock.advance(1999);
    expect(await solutions()).toEqual({ Solutions: ['S-0000003'] });
    clock.advance(1);
    expect(await solutions()).toEqual({ Solutions: ['S-0000003', 'S-0000004'] });
    clock.advance(1000);
    expect(await solutions()).toEqual({ Solutions: ['S-0000004'] });
  });
});

describe('answeredIds', () => {
  it.each([
    ['as-attached', OFFER_ARN],
    ['last-segment', 'offer-abc'],
  ] as const)('"%s" answers %s', async (answeredIds, expected) => {
    const emulator = await startForTest({ answeredIds });
    const { text } = await call(emulator, 'GetOpportunity', { Catalog: 'Sandbox', Identifier: 'O2' });
    expect(JSON.parse(text)).toMatchObject({
      RelatedEntityIdentifiers: { AwsMarketplaceOffers: [expected] },
    });
  });
});
