import {
  AssociateOpportunityCommand,
  DisassociateOpportunityCommand,
  GetOpportunityCommand,
  PartnerCentralSellingClient,
} from '@aws-sdk/client-partnercentral-selling';
import * as fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { WriteOperation } from '../../src/model/call.ts';
import type { RelatedEntity } from '../../src/model/entity.ts';
import { openSigner } from '../../src/partner-central/wire/sign.ts';
import { connectTo, CREDENTIALS, entityId, opportunityId } from '../partner-central/connection.ts';
import { json, serve, type Loopback, type ReceivedCall } from '../partner-central/loopback.ts';

const SCOPE = { service: 'partnercentral-selling', region: 'us-east-1' };

const COMMANDS = {
  AssociateOpportunity: AssociateOpportunityCommand,
  DisassociateOpportunity: DisassociateOpportunityCommand,
};

const WRITES: readonly (readonly [WriteOperation, RelatedEntity])[] = [
  ['DisassociateOpportunity', { type: 'Solutions', id: entityId('S-0059717') }],
  ['AssociateOpportunity', { type: 'AwsProducts', id: entityId('AmazonEC2') }],
  [
    'DisassociateOpportunity',
    {
      type: 'AwsMarketplaceOffers',
      id: entityId('arn:aws:aws-marketplace:us-east-1:111122223333:AWSMarketplace/Offer/offer-abc'),
    },
  ],
  [
    'AssociateOpportunity',
    { type: 'Solutions', id: entityId('  "quoted" \\ é 日本 😀 \u2028\u0000\ud800 </script>  ') },
  ],
];

/** A server that accepts everything, as the service would. */
function accepting(): Promise<Loopback> {
  return serve((_call, response) => json(response, 200, { Id: 'O1234567', Catalog: 'Sandbox' }));
}

function officialClient(endpoint: URL): PartnerCentralSellingClient {
  const client = new PartnerCentralSellingClient({
    endpoint: endpoint.href,
    region: SCOPE.region,
    credentials: CREDENTIALS,
  });
  onTestFinished(() => client.destroy());
  return client;
}

function last(server: Loopback): ReceivedCall {
  const call = server.received.at(-1);
  if (call === undefined) throw new Error('Nothing arrived.');
  return call;
}

/** `20260301T120000Z` in epoch milliseconds. */
function instantOf({ headers }: ReceivedCall): number {
  return Date.parse(
    String(headers['x-amz-date']).replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z'),
  );
}

/** The headers that a request's signature covers, but for those that signing adds. */
function signedHeaders({ headers }: ReceivedCall): Record<string, string> {
  const names = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '')?.[1]?.split(';') ?? [];
  const given = names.filter((name) => name !== 'x-amz-date' && name !== 'x-amz-security-token');
  return Object.fromEntries(given.map((name) => [name, String(headers[name])]));
}

describe('the official SDK', () => {
  test.each(WRITES)('sends the same body for %s of %j', async (operation, entity) => {
    const server = await accepting();
    const association = { opportunityId: opportunityId('O1234567'), entity };
    await connectTo(server.url).write({ operation, association });
    const ours = last(server);
    const input = {
      RelatedEntityIdentifier: entity.id,
      RelatedEntityType: entity.type,
      OpportunityIdentifier: 'O1234567',
      Catalog: 'Sandbox',
    };
    // The client's input type predates the newest entity types; its serialiser does not look.
    await officialClient(server.url).send(new COMMANDS[operation](input as never));
    expect(server.received).toHaveLength(2);
    expect(ours.body).toBe(last(server).body);
    for (const name of ['content-type', 'x-amz-target', 'host', 'content-length']) {
      expect(ours.headers[name]).toBe(last(server).headers[name]);
    }
  });

  test('sends the same body for GetOpportunity', async () => {
    const server = await accepting();
    await connectTo(server.url).readOpportunity(opportunityId('O1234567'));
    const ours = last(server);
    await officialClient(server.url).send(
      new GetOpportunityCommand({ Identifier: 'O1234567', Catalog: 'Sandbox' }),
    );
    expect(ours.body).toBe(last(server).body);
    expect(ours.headers['x-amz-target']).toBe(last(server).headers['x-amz-target']);
  });

  test('put the signature on its own request that we put on it', async () => {
    const server = await accepting();
    await officialClient(server.url).send(
      new GetOpportunityCommand({ Identifier: 'O1234567', Catalog: 'Sandbox' }),
    );
    const theirs = last(server);
    const request = { endpoint: server.url, headers: signedHeaders(theirs), body: theirs.body };
    const ours = await openSigner(SCOPE)(request, CREDENTIALS, instantOf(theirs));
    expect(Object.keys(request.headers).length).toBeGreaterThan(4);
    expect(ours['authorization']).toBe(theirs.headers.authorization);
    expect(ours['x-amz-security-token']).toBe(theirs.headers['x-amz-security-token']);
  });

  test('signs our request with the signature that it has', async () => {
    const server = await accepting();
    const [operation, entity] = [
      'DisassociateOpportunity',
      { type: 'Solutions', id: entityId('S-é') },
    ] as const;
    await connectTo(server.url).write({
      operation,
      association: { opportunityId: opportunityId('O1'), entity },
    });
    const ours = last(server);
    const { signer } = officialClient(server.url).config;
    if (typeof signer !== 'function') throw new Error('The SDK has no signer of its own.');
    const request = {
      method: 'POST',
      protocol: 'http:',
      hostname: '127.0.0.1',
      path: '/',
      headers: signedHeaders(ours),
      body: ours.body,
    };
    const theirs = await (
      await signer()
    ).sign(request, {
      signingDate: new Date(instantOf(ours)),
      signingService: SCOPE.service,
      signingRegion: SCOPE.region,
      unsignableHeaders: new Set(['x-amz-content-sha256']),
    });
    expect(theirs.headers['authorization']).toBe(ours.headers.authorization);
  });
});

describe('Signature Version 4', () => {
  // "get-vanilla" and its siblings in AWS's published test suite.
  const PUBLISHED = {
    accessKeyId: 'AKIDEXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  };

  test('comes out as AWS published it for post-vanilla', async () => {
    const request = {
      endpoint: new URL('https://example.amazonaws.com'),
      headers: { host: 'example.amazonaws.com' },
      body: '',
    };
    const scope = { service: 'service', region: 'us-east-1' };
    const headers = await openSigner(scope)(request, PUBLISHED, Date.UTC(2015, 7, 30, 12, 36, 0));
    expect(headers['authorization']).toBe(
      'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, ' +
        'SignedHeaders=host;x-amz-date, Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
    );
  });

  test('changes with every part of what is signed', async () => {
    const atMs = Date.UTC(2026, 2, 1);
    const sigFor = async (host: string, body: string, secret: string): Promise<string> => {
      const credentials = { accessKeyId: 'AKID', secretAccessKey: secret };
      const endpoint = new URL('https://service.example');
      return (
        (await openSigner(SCOPE)({ endpoint, headers: { host }, body }, credentials, atMs))[
          'authorization'
        ] ?? ''
      );
    };
    const word = fc.stringMatching(/^[a-z]{1,12}$/);
    await fc.assert(
      fc.asyncProperty(word, fc.string(), word, word, async (host, body, secret, other) => {
        fc.pre(other !== host && other !== body && other !== secret);
        const signature = await sigFor(host, body, secret);
        expect(await sigFor(host, body, secret)).toBe(signature);
        expect(await sigFor(other, body, secret)).not.toBe(signature);
        expect(await sigFor(host, other, secret)).not.toBe(signature);
        expect(await sigFor(host, body, other)).not.toBe(signature);
      }),
      { numRuns: 50 },
    );
  });

  test('would sign as a new signer of ours does, on whatever day', async () => {
    const sign = openSigner(SCOPE);
    const request = {
      endpoint: new URL('https://example.com/'),
      headers: { host: 'example.com' },
      body: '{}',
    };
    const [today, tomorrow] = [Date.UTC(2026, 2, 1), Date.UTC(2026, 2, 2)];
    for (const at of [today, tomorrow, today, today]) {
      expect(await sign(request, CREDENTIALS, at)).toEqual(await openSigner(SCOPE)(request, CREDENTIALS, at));
    }
  });
});
