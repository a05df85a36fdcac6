import {
  AccessDeniedException,
  AssociateOpportunityCommand,
  DisassociateOpportunityCommand,
  GetOpportunityCommand,
  InternalServerException,
  ListOpportunitiesCommand,
  PartnerCentralSellingClient,
  ResourceNotFoundException,
  ThrottlingException,
  ValidationException,
} from '@aws-sdk/client-partnercentral-selling';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Emulator, EmulatorOptions } from '../../src/emulator/emulator.ts';
import { held, startForTest } from '../emulator/start-for-test.ts';

const SOLUTION = {
  Catalog: 'Sandbox',
  OpportunityIdentifier: 'O1',
  RelatedEntityType: 'Solutions',
  RelatedEntityIdentifier: 'S-0000001',
} as const;

const EXCEPTIONS = [
  ['throttle', ThrottlingException],
  ['denied', AccessDeniedException],
  ['error', InternalServerException],
  ['validation', ValidationException],
] as const;

async function start(
  options: Partial<EmulatorOptions> = {},
): Promise<[Emulator, PartnerCentralSellingClient]> {
  const emulator = await startForTest(options);
  const { url, credentials } = emulator;
  const client = new PartnerCentralSellingClient({
    region: 'us-east-1',
    endpoint: url,
    credentials,
    maxAttempts: 1,
  });
  onTestFinished(() => client.destroy());
  return [emulator, client];
}

async function errorOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => undefined,
    (error: unknown) => error,
  );
}

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

  describe.each(['400', 'traits'] as const)('under the status codes "%s"', (statusCodes) => {
    it.each(EXCEPTIONS)('meets "%s" as its own typed error', async (kind, exception) => {
      const faults = { chances: [], script: [{ kind, times: 1 }] };
      const [, client] = await start({ statusCodes, faults });
      const error = await errorOf(client.send(new DisassociateOpportunityCommand(SOLUTION)));
      expect(error).toBeInstanceOf(exception);
      expect(error).toMatchObject({ name: exception.name, $metadata: { attempts: 1 } });
    });

    it('meets an unknown opportunity as ResourceNotFoundException', async () => {
      const [, client] = await start({ statusCodes });
      const unknown = new DisassociateOpportunityCommand({ ...SOLUTION, OpportunityIdentifier: 'O404' });
      const error = await errorOf(client.send(unknown));
      expect(error).toBeInstanceOf(ResourceNotFoundException);
      expect(error).toMatchObject({ message: 'Opportunity O404 not found.' });
    });

    it('meets a bad request as ValidationException with its reason and its list', async () => {
      const [, client] = await start({ statusCodes });
      const bad = new DisassociateOpportunityCommand({ ...SOLUTION, OpportunityIdentifier: 'O-1' });
      const error = await errorOf(client.send(bad));
      expect(error).toBeInstanceOf(ValidationException);
      expect(error).toMatchObject({
        Reason: 'REQUEST_VALIDATION_FAILED',
        ErrorList: [{ FieldName: 'OpportunityIdentifier', Code: 'INVALID_STRING_FORMAT' }],
      });
    });

    it('meets a passed quota as ThrottlingException', async () => {
      const [, client] = await start({ statusCodes, writesPerSecond: 0 });
      const error = await errorOf(client.send(new DisassociateOpportunityCommand(SOLUTION)));
      expect(error).toBeInstanceOf(ThrottlingException);
    });
  });

  it('corrects its clock by the emulator and succeeds at its second attempt', async () => {
    const skewMs = 3_600_000;
    const { url, credentials, counts } = await startForTest({
      clock: {
        wallMs: () => Date.now() + skewMs,
        monotonicMs: () => performance.now(),
        sleep: () => Promise.resolve(),
      },
    });
    const client = new PartnerCentralSellingClient({
      region: 'us-east-1',
      endpoint: url,
      credentials,
      maxAttempts: 2,
    });
    onTestFinished(() => client.destroy());
    const { $metadata } = await client.send(new DisassociateOpportunityCommand(SOLUTION));
    expect($metadata.attempts).toBe(2);
    expect(counts().exceptions).toEqual({ InvalidSignatureException: 1 });
  });
});
