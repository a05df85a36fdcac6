import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { shareDispatchers } from '../../src/partner-central/access/shared-dispatchers.ts';
import { connectTo, DISASSOCIATE, entityId, opportunityId } from './connection.ts';
import { json, serve } from './loopback.ts';

const REQUEST_ID = '6c9a1a3e-0000-4000-8000-000000000001';

describe('a write', () => {
  test('is one awsJson 1.0 POST with the four inputs in the model’s order', async () => {
    const server = await serve((_call, response) => json(response, 200, {}));
    const answer = await connectTo(server.url).write(DISASSOCIATE);

    expect(answer).toEqual({ ok: true, requestId: REQUEST_ID });
    expect(server.received).toHaveLength(1);
    const [call] = server.received;
    expect(call?.body).toBe(
      '{"Catalog":"Sandbox","OpportunityIdentifier":"O1234567","RelatedEntityType":"Solutions","RelatedEntityIdentifier":"S-0059717"}',
    );
    expect(call?.headers).toMatchObject({
      host: server.url.host,
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'AWSPartnerCentralSelling.DisassociateOpportunity',
      'x-amzn-user-agent': 'oppsweep|1.2.3',
      'user-agent': 'oppsweep/1.2.3',
    });
  });

  test('signs host, content type, target, date, token and user agent', async () => {
    const server = await serve((_call, response) => json(response, 200, {}));
    await connectTo(server.url).write(DISASSOCIATE);
    expect(server.received[0]?.headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE7777777\/\d{8}\/us-east-1\/partnercentral-selling\/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target;x-amzn-user-agent, Signature=[0-9a-f]{64}$/,
    );
  });

  test('associates on the catalog it was connected to', async () => {
    const server = await serve((_call, response) => json(response, 200, {}));
    const write = {
      operation: 'AssociateOpportunity',
      association: {
        opportunityId: opportunityId('O9'),
        entity: { type: 'AwsProducts', id: entityId('AmazonEC2') },
      },
    } as const;
    await connectTo(server.url, { catalog: 'AWS' }).write(write);
    expect(server.received[0]?.headers['x-amz-target']).toBe('AWSPartnerCentralSelling.AssociateOpportunity');
    expect(server.received[0]?.body).toContain('"Catalog":"AWS"');
  });

  test('is not believed on 200 with an empty body and without a request id', async () => {
    const server = await serve((_call, response) => response.end());
    expect(await connectTo(server.url).write(DISASSOCIATE)).toMatchObject({
      ok: false,
      fault: { kind: 'malformed', exception: 'MalformedResponse' },
    });
  });

  test('keeps the path of the endpoint', async () => {
    let path: string | undefined;
    const server = await serve((_call, response) => {
      path = response.req.url;
      json(response, 200, {});
    });
    const answer = await connectTo(new URL('/gateway/pc', server.url)).write(DISASSOCIATE);
    expect(answer.ok).toBe(true);
    expect(path).toBe('/gateway/pc');
  });
});

describe('a read', () => {
  test('says what the opportunity holds, its stage and its review status', async () => {
    const server = await serve((_call, response) =>
      json(response, 200, {
        Id: 'O1',
        RelatedEntityIdentifiers: { Solutions: ['S-1', 'S-2'], AwsProducts: [] },
        LifeCycle: { Stage: 'Qualified', ReviewStatus: 'In review' },
      }),
    );
    const answer = await connectTo(server.url).readOpportunity(opportunityId('O1'));
    expect(answer).toEqual({
      ok: true,
      requestId: REQUEST_ID,
      opportunity: {
        entities: { Solutions: ['S-1', 'S-2'], AwsProducts: [] },
        stage: 'Qualified',
        reviewStatus: 'In review',
      },
    });
    expect(server.received[0]?.body).toBe('{"Catalog":"Sandbox","Identifier":"O1"}');
    expect(server.received[0]?.headers['x-amz-target']).toBe('AWSPartnerCentralSelling.GetOpportunity');
  });

  test.each([
    ['nothing', undefined],
    ['no identifier', { RelatedEntityIdentifiers: { Solutions: [] } }],
    ['another opportunity', { Id: 'O2', RelatedEntityIdentifiers: {} }],
    ['a list that is none', { Id: 'O1', RelatedEntityIdentifiers: { Solutions: 'S-1' } }],
    ['an identifier that is no text', { Id: 'O1', RelatedEntityIdentifiers: { Solutions: [7] } }],
    ['related entities that are a list', { Id: 'O1', RelatedEntityIdentifiers: ['S-1'] }],
  ])('that answers %s is malformed, never "holds nothing"', async (_what, body) => {
    const server = await serve((_call, response) =>
      body === undefined ? response.end() : json(response, 200, body),
    );
    const answer = await connectTo(server.url).readOpportunity(opportunityId('O1'));
    expect(answer).toMatchObject({ ok: false, fault: { kind: 'malformed', exception: 'MalformedResponse' } });
  });

  test('of an opportunity without related entities holds nothing', async () => {
    const server = await serve((_call, response) => json(response, 200, { Id: 'O1' }));
    const answer = await connectTo(server.url).readOpportunity(opportunityId('O1'));
    expect(answer).toMatchObject({ ok: true, opportunity: { entities: {} } });
  });

  test('of an unknown opportunity is the service’s refusal', async () => {
    const server = await serve((_call, response) =>
      json(response, 400, { __type: 'ResourceNotFoundException', Message: 'Opportunity O1 not found' }),
    );
    const answer = await connectTo(server.url).readOpportunity(opportunityId('O1'));
    expect(answer).toEqual({
      ok: false,
      fault: {
        kind: 'refused',
        exception: 'ResourceNotFoundException',
        message: 'Opportunity O1 not found',
        httpStatus: 400,
        requestId: REQUEST_ID,
      },
    });
  });
});

describe('connections', () => {
  test('are kept: twenty calls one after another take turns on two', async () => {
    const server = await serve((_call, response) => json(response, 200, {}));
    const partnerCentral = connectTo(server.url);
    for (let call = 0; call < 20; call += 1) await partnerCentral.write(DISASSOCIATE);
    expect(server.received).toHaveLength(20);
    // undici lets a connection rest for one turn of the event loop; a second one serves meanwhile.
    expect(server.connections()).toBeLessThanOrEqual(2);
  });

  test('are as many as the concurrency at most', async () => {
    const server = await serve((_call, response) => json(response, 200, {}));
    const partnerCentral = connectTo(server.url, { concurrency: 3 });
    const answers = await Promise.all(Array.from({ length: 40 }, () => partnerCentral.write(DISASSOCIATE)));
    expect(answers.every((answer) => answer.ok)).toBe(true);
    expect(server.connections()).toBeLessThanOrEqual(3);
  });

  test('that runs share serve all of them, and live as long as one of them does', async () => {
    const server = await serve((_call, response) => json(response, 200, {}));
    const network = { proxyFor: () => undefined, shared: shareDispatchers() };
    const runs = Array.from({ length: 20 }, () => connectTo(server.url, { network }));
    for (const run of runs) expect(await run.write(DISASSOCIATE)).toMatchObject({ ok: true });
    expect(server.connections()).toBeLessThanOrEqual(2);

    const [last, ...others] = runs;
    await Promise.all(others.map((run) => run.close()));
    expect(await last?.write(DISASSOCIATE)).toMatchObject({ ok: true });
    expect(server.connections()).toBeLessThanOrEqual(2);
  });

  test('carry no call that is kept back, be they new or used', async () => {
    const server = await serve((_call, response) => json(response, 200, {}));
    const partnerCentral = connectTo(server.url, { concurrency: 1 });
    const keptBack = { ok: false, fault: { kind: 'unreachable' } };
    expect(await partnerCentral.write(DISASSOCIATE, undefined, () => false)).toMatchObject(keptBack);
    await partnerCentral.write(DISASSOCIATE, undefined, () => () => undefined);
    expect(await partnerCentral.write(DISASSOCIATE, undefined, () => false)).toMatchObject(keptBack);
    await partnerCentral.write(DISASSOCIATE);
    expect(server.received).toHaveLength(2);
  });

  test('that the server closed between two calls are replaced without a fault', async () => {
    const server = await serve((_call, response) => json(response, 200, {}));
    const partnerCentral = connectTo(server.url);
    await partnerCentral.write(DISASSOCIATE);
    const idle = server.received[0]?.socket;
    const closed = idle === undefined ? undefined : once(idle, 'close');
    idle?.end();
    await closed;
    expect(await partnerCentral.write(DISASSOCIATE)).toMatchObject({ ok: true });
    expect(server.connections()).toBe(2);
  });
});
