import { once } from 'node:events';
import { connect } from 'node:net';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { call, exceptionName, post } from './signed-post.ts';
import { held, SEED, startForTest } from './start-for-test.ts';

const OPERATIONS = ['DisassociateOpportunity', 'AssociateOpportunity', 'GetOpportunity', 'ListOpportunities'];

/** Sends bytes as they are, and resolves to all that came back. */
async function sendRaw(emulator: Emulator, bytes: string | Buffer): Promise<string> {
  const socket = connect(Number(new URL(emulator.url).port), '127.0.0.1');
  const received: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => received.push(chunk));
  // A refused upload may be reset while it is still being sent.
  socket.on('error', () => undefined);
  socket.end(bytes);
  await once(socket, 'close');
  return Buffer.concat(received).toString('latin1');
}

async function statusOfGoodCall(emulator: Emulator): Promise<number> {
  const { status } = await call(emulator, 'GetOpportunity', { Catalog: 'Sandbox', Identifier: 'O1' });
  return status;
}

describe('a request that is not one', () => {
  it.each(['', 'null', '[]', '"text"', '{"Catalog":', '{"Catalog":1}', '{"Catalog":{}}', '\u0000'])(
    'with the body %j meets SerializationException',
    async (body) => {
      const answer = await call(await startForTest(), 'DisassociateOpportunity', body);
      expect([exceptionName(answer), answer.status]).toEqual(['SerializationException', 400]);
    },
  );

  it.each([
    ['POST', '/', { 'x-amz-target': 'AWSPartnerCentralSelling.DeleteEverything' }],
    ['POST', '/', { 'x-amz-target': 'Elsewhere.GetOpportunity' }],
    ['POST', '/', { 'x-amz-target': 'AWSPartnerCentralSelling.toString' }],
    ['POST', '/', { 'content-type': 'application/json' }],
    ['POST', '/?Action=GetOpportunity', {}],
    ['POST', '/opportunities', {}],
    ['GET', '/', {}],
    ['PUT', '/', {}],
  ])('%s %s %j meets UnknownOperationException', async (method, path, headers) => {
    const emulator = await startForTest();
    const defaults = {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'AWSPartnerCentralSelling.GetOpportunity',
    };
    const response = await fetch(emulator.url + path, { method, headers: { ...defaults, ...headers } });
    expect(await response.text()).toContain('#UnknownOperationException');
    expect(response.headers.get('x-amzn-requestid')).not.toBeNull();
  });

  it('of random JSON never changes anything but by what it asks, and is always answered', async () => {
    const emulator = await startForTest();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...OPERATIONS), fc.json(), async (operation, body) => {
        const answer = await call(emulator, operation, body);
        expect(['ValidationException', 'SerializationException']).toContain(exceptionName(answer));
      }),
      { numRuns: 200 },
    );
    expect(held(emulator)).toHaveLength(SEED.length);
  });

  it('of members that are nearly right is always answered', async () => {
    const emulator = await startForTest();
    const value = fc.oneof(
      fc.constantFrom('Sandbox', 'O1', 'O2', 'Solutions', 'S-0000001', '', null, 7, ['O1']),
      fc.string({ unit: 'binary' }),
    );
    const members = [
      'Catalog',
      'OpportunityIdentifier',
      'Identifier',
      'RelatedEntityType',
      'RelatedEntityIdentifier',
    ];
    const input = fc.dictionary(fc.constantFrom(...members, 'MaxResults', 'NextToken', '__proto__'), value);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...OPERATIONS), input, async (operation, body) => {
        expect([200, 400]).toContain((await call(emulator, operation, body)).status);
      }),
      { numRuns: 200 },
    );
  });

  it('of random headers is refused and forgotten', async () => {
    const emulator = await startForTest();
    const text = fc.stringMatching(/^[!-~]{0,40}$/);
    const names = fc.constantFrom(
      'authorization',
      'x-amz-date',
      'x-amz-target',
      'x-amz-security-token',
      'content-type',
    );
    await fc.assert(
      fc.asyncProperty(fc.dictionary(names, text), async (headers) => {
        expect((await post(emulator, { ...headers }, '{}')).status).toBe(400);
      }),
      { numRuns: 200 },
    );
    expect(await statusOfGoodCall(emulator)).toBe(200);
  });

  it('of bytes that are not HTTP leaves it alive', async () => {
    const emulator = await startForTest();
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), async (bytes) => {
        await sendRaw(emulator, Buffer.from(bytes));
      }),
      { numRuns: 50 },
    );
    expect(await statusOfGoodCall(emulator)).toBe(200);
  });

  it('that is cut off in its body leaves it alive', async () => {
    const emulator = await startForTest();
    await sendRaw(emulator, 'POST / HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 100\r\n\r\n{"Catalog"');
    expect(await statusOfGoodCall(emulator)).toBe(200);
    expect(emulator.counts().received).toBe(1);
  });
});

describe('a huge body', () => {
  it('is refused by its announced length, before it is sent', async () => {
    const emulator = await startForTest();
    const answer = await sendRaw(
      emulator,
      'POST / HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 9000000000\r\n\r\n',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 413 [^]*#RequestEntityTooLargeException/);
    expect(await statusOfGoodCall(emulator)).toBe(200);
  });

  it('is refused once a chunked one has grown too large', async () => {
    const emulator = await startForTest();
    const chunk = `100000\r\n${'x'.repeat(0x100000)}\r\n`;
    const answer = await sendRaw(
      emulator,
      `POST / HTTP/1.1\r\nhost: 127.0.0.1\r\ntransfer-encoding: chunked\r\n\r\n${chunk}10\r\n${'x'.repeat(16)}\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(await statusOfGoodCall(emulator)).toBe(200);
  });

  it('of just a mebibyte is read', async () => {
    const emulator = await startForTest();
    const answer = await call(emulator, 'GetOpportunity', `"${'x'.repeat(1024 * 1024 - 2)}"`);
    expect(exceptionName(answer)).toBe('SerializationException');
  });
});

it('answers many at once, each its own', async () => {
  const emulator = await startForTest({ latency: { meanMs: 2, jitterMs: 2 } });
  const ids = ['O1', 'O2', 'O3'];
  const answers = await Promise.all(
    Array.from({ length: 150 }, (_, index) =>
      call(emulator, 'GetOpportunity', { Catalog: 'Sandbox', Identifier: ids[index % 3] }),
    ),
  );
  expect(answers.every(({ text }, index) => text.includes(`"Id":"${ids[index % 3]}"`))).toBe(true);
});
