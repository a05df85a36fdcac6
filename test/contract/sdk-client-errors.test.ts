import {
  AccessDeniedException,
  AssociateOpportunityCommand,
  DisassociateOpportunityCommand,
  GetOpportunityCommand,
  InternalServerException,
  ListOpportunitiesCommand,
  ListSolutionsCommand,
  PartnerCentralSellingClient,
  ResourceNotFoundException,
  ThrottlingException,
  ValidationException,
} from '@aws-sdk/client-partnercentral-selling';
import { describe, expect, it, onTestFinished } from 'vitest';
import { opportunityOf } from '../emulator/associations.ts';
import { SEED, startForTest } from '../emulator/start-for-test.ts';
import { clientFor, errorOf, faultOnce, SOLUTION, start } from './sdk.ts';

const EXCEPTIONS = [
  ['throttle', ThrottlingException],
  ['denied', AccessDeniedException],
  ['error', InternalServerException],
  ['validation', ValidationException],
] as const;

type Command = (
  client: PartnerCentralSellingClient,
  options?: { readonly abortSignal?: AbortSignal },
) => Promise<{ readonly $metadata: { readonly httpStatusCode?: number; readonly requestId?: string } }>;

/** Every operation that the emulator answers, each with an input that is right. */
const COMMANDS: readonly (readonly [string, Command])[] = [
  [
    'AssociateOpportunity',
    (client, options) =>
      client.send(new AssociateOpportunityCommand({ ...SOLUTION, OpportunityIdentifier: 'O3' }), options),
  ],
  [
    'DisassociateOpportunity',
    (client, options) => client.send(new DisassociateOpportunityCommand(SOLUTION), options),
  ],
  [
    'GetOpportunity',
    (client, options) =>
      client.send(new GetOpportunityCommand({ Catalog: 'Sandbox', Identifier: 'O1' }), options),
  ],
  [
    'ListOpportunities',
    (client, options) => client.send(new ListOpportunitiesCommand({ Catalog: 'Sandbox' }), options),
  ],
  [
    'ListSolutions',
    (client, options) => client.send(new ListSolutionsCommand({ Catalog: 'Sandbox' }), options),
  ],
];

describe('the official SDK client at the emulator', () => {
  describe.each(['400', 'traits'] as const)('under the status codes "%s"', (statusCodes) => {
    it.each(EXCEPTIONS)('meets "%s" as its own typed error', async (kind, exception) => {
      const [, client] = await start({ statusCodes, ...faultOnce(kind) });
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

  describe.each(COMMANDS)('%s', (_, command) => {
    it.each(EXCEPTIONS)('meets "%s" as its own typed error', async (kind, exception) => {
      const [, client] = await start(faultOnce(kind));
      expect(await errorOf(command(client))).toBeInstanceOf(exception);
      await expect(command(client)).resolves.toMatchObject({ $metadata: { httpStatusCode: 200 } });
    });

    it.each(['expired', 'unknown-exception', 'too-many-requests', 'unavailable', 'forbidden'] as const)(
      'meets "%s" as an error, with the status that was answered',
      async (kind) => {
        const [emulator, client] = await start(faultOnce(kind));
        const error = await errorOf(command(client));
        const [served] = emulator.calls();
        expect(error).toMatchObject({ $metadata: { httpStatusCode: served?.status } });
        expect([kind, served?.fault]).toEqual([kind, kind]);
      },
    );

    it.each(['reset', 'reset-after'] as const)('meets "%s" as a broken connection', async (kind) => {
      const [, client] = await start(faultOnce(kind));
      expect(await errorOf(command(client))).toMatchObject({ code: 'ECONNRESET' });
    });

    it('waits for nothing that hangs, beyond its own time-out', async () => {
      const [emulator, client] = await start(faultOnce('hang'));
      const waiting = new AbortController();
      const error = errorOf(command(client, { abortSignal: waiting.signal }));
      await expect.poll(() => emulator.counts().faults.hang).toBe(1);
      waiting.abort();
      expect(await error).toMatchObject({ name: 'AbortError' });
    });

    it.each(['continue', 'early-hints'] as const)('reads its answer after "%s"', async (kind) => {
      const [emulator, client] = await start(faultOnce(kind));
      const { $metadata } = await command(client);
      expect($metadata).toMatchObject({ httpStatusCode: 200, requestId: emulator.calls()[0]?.requestId });
    });

    it('is refused with the wrong key, as AWS refuses it', async () => {
      const emulator = await startForTest();
      const credentials = { ...emulator.credentials, secretAccessKey: 'wrong' };
      const client = clientFor(emulator, { credentials });
      expect(await errorOf(command(client))).toMatchObject({ name: 'InvalidSignatureException' });
    });
  });

  it('meets a token that is refused as ValidationException', async () => {
    const [, client] = await start(faultOnce('bad-token'));
    const { NextToken } = await client.send(
      new ListOpportunitiesCommand({ Catalog: 'Sandbox', MaxResults: 1 }),
    );
    const next = new ListOpportunitiesCommand({ Catalog: 'Sandbox', MaxResults: 1, NextToken });
    const error = await errorOf(client.send(next));
    expect(error).toBeInstanceOf(ValidationException);
    expect(error).toMatchObject({ ErrorList: [{ FieldName: 'NextToken' }] });
  });

  it.each([
    [
      { keepLastSolution: true },
      { ...SOLUTION, OpportunityIdentifier: 'O3', RelatedEntityIdentifier: 'S-0000003' },
      'NOT_ENOUGH_VALUES',
    ],
    [
      { seed: [...SEED, opportunityOf('O1', { reviewStatus: 'In review' })] },
      SOLUTION,
      'ACTION_NOT_PERMITTED',
    ],
    [
      { absent: 'validation' },
      { ...SOLUTION, RelatedEntityIdentifier: 'S-0000404' },
      'INVALID_RESOURCE_STATE',
    ],
  ] as const)('meets a business rule as ValidationException, under %j', async (options, input, code) => {
    const [, client] = await start(options);
    const error = await errorOf(client.send(new DisassociateOpportunityCommand(input)));
    expect(error).toBeInstanceOf(ValidationException);
    expect(error).toMatchObject({ Reason: 'BUSINESS_VALIDATION_FAILED', ErrorList: [{ Code: code }] });
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
