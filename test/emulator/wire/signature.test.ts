import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  EMULATOR_CREDENTIALS,
  EMULATOR_SESSION_TOKEN,
  type Emulator,
} from '../../../src/emulator/emulator.ts';
import { manualClock } from '../manual-clock.ts';
import { signRaw } from '../sign-raw.ts';
import { call, exceptionName, post, sign, type Received, type Signing } from '../signed-post.ts';
import { startForTest } from '../start-for-test.ts';

const INPUT = { Catalog: 'Sandbox', Identifier: 'O1' };
const BODY = JSON.stringify(INPUT);
const HEADERS = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-target': 'AWSPartnerCentralSelling.GetOpportunity',
};
const REQUEST = { headers: HEADERS, body: BODY };
const MINUTE_MS = 60_000;

function get(emulator: Emulator, signing: Signing): Promise<Received> {
  return call(emulator, 'GetOpportunity', INPUT, signing);
}

describe('a request is accepted', () => {
  it('signed with the key alone', async () => {
    expect((await get(await startForTest(), {})).status).toBe(200);
  });

  it('signed with the session token too', async () => {
    expect((await get(await startForTest(), { sessionToken: EMULATOR_SESSION_TOKEN })).status).toBe(200);
  });

  it('with headers that need canonical form', async () => {
    const emulator = await startForTest();
    const headers = { ...HEADERS, 'x-amzn-user-agent': 'Acme   Ltd|oppsweep', 'x-amz-meta': ' a  b ' };
    const signed = await sign(emulator, { headers, body: BODY });
    expect((await post(emulator, signed, BODY)).status).toBe(200);
  });

  it.each([[{}], [{ 'x-amz-content-sha256': createHash('sha256').update(BODY).digest('hex') }]])(
    'signed by hand, with %j besides',
    async (besides) => {
      const emulator = await startForTest();
      const headers = { ...HEADERS, ...besides };
      const answer = await post(
        emulator,
        { ...headers, ...signRaw(emulator, { headers, body: BODY }) },
        BODY,
      );
      expect(answer.status).toBe(200);
    },
  );

  it.each([-5, 5])('when its clock is %i minutes off', async (minutes) => {
    const clock = manualClock();
    const emulator = await startForTest({ clock });
    expect((await get(emulator, { signedAtMs: clock.wallMs() + minutes * MINUTE_MS })).status).toBe(200);
  });
});

describe('a request is refused', () => {
  it.each([
    [{ accessKeyId: 'SOMEBODYELSE' }, 'UnrecognizedClientException', /security token .* is invalid/],
    [{ sessionToken: 'another' }, 'UnrecognizedClientException', /security token .* is invalid/],
    [{ secretAccessKey: 'wrong' }, 'InvalidSignatureException', /signature we calculated does not match/],
    [{ region: 'eu-west-1' }, 'InvalidSignatureException', /scoped to a valid region/],
    [{ service: 'execute-api' }, 'InvalidSignatureException', /correct service: 'partnercentral-selling'/],
  ])('signed with %j: %s', async (signing, name, message) => {
    const answer = await get(await startForTest(), signing);
    expect(exceptionName(answer)).toBe(name);
    expect(answer.text).toMatch(message);
  });

  it('signed more than five minutes ago, in the words that SDKs look for', async () => {
    const clock = manualClock(Date.UTC(2025, 0, 31, 12));
    const answer = await get(await startForTest({ clock }), {
      signedAtMs: Date.UTC(2025, 0, 31, 11, 54, 59),
    });
    expect(exceptionName(answer)).toBe('InvalidSignatureException');
    expect(answer.text).toContain(
      'Signature expired: 20250131T115459Z is now earlier than 20250131T115500Z (20250131T120000Z - 5 min.)',
    );
    expect(answer.headers.get('date')).toBe('Fri, 31 Jan 2025 12:00:00 GMT');
  });

  it('signed more than five minutes ahead, in the words that SDKs look for', async () => {
    const clock = manualClock(Date.UTC(2025, 0, 31, 12));
    const answer = await get(await startForTest({ clock }), { signedAtMs: Date.UTC(2025, 0, 31, 12, 5, 1) });
    expect(answer.text).toContain(
      'Signature not yet current: 20250131T120501Z is still later than 20250131T120500Z (20250131T120000Z + 5 min.)',
    );
  });

  it('with another body than was signed', async () => {
    const emulator = await startForTest();
    const signed = await sign(emulator, { headers: HEADERS, body: BODY });
    const answer = await post(emulator, signed, BODY.replace('O1', 'O2'));
    expect(exceptionName(answer)).toBe('InvalidSignatureException');
  });

  it('with another operation than was signed', async () => {
    const emulator = await startForTest();
    const signed = await sign(emulator, { headers: HEADERS, body: BODY });
    const target = 'AWSPartnerCentralSelling.ListOpportunities';
    const answer = await post(emulator, { ...signed, 'x-amz-target': target }, BODY);
    expect(exceptionName(answer)).toBe('InvalidSignatureException');
  });

  it('with an x-amz header that was not signed', async () => {
    const emulator = await startForTest();
    const signed = await sign(emulator, { headers: HEADERS, body: BODY });
    const answer = await post(emulator, { ...signed, 'x-amz-extra': 'unsigned' }, BODY);
    expect(answer.text).toContain("'x-amz-extra' must be a 'SignedHeader'");
  });

  it.each([
    ['host', { host: undefined }],
    ['content-type', { 'content-type': undefined }],
    ['x-amz-target', { 'x-amz-target': undefined }],
  ])('with %s left out of what is signed', async (name, left) => {
    const emulator = await startForTest();
    const answer = await post(
      emulator,
      { ...HEADERS, ...signRaw(emulator, { headers: { ...HEADERS, ...left }, body: BODY }) },
      BODY,
    );
    expect(exceptionName(answer)).toBe('InvalidSignatureException');
    expect(answer.text).toContain(`'${name}' must be a 'SignedHeader' in the AWS Authorization.`);
  });

  it.each([
    ['out of their order', ['x-amz-target', 'x-amz-date', 'host', 'content-type']],
    ['in upper case', ['Content-Type', 'content-type', 'host', 'x-amz-date', 'x-amz-target']],
    ['twice', ['content-type', 'host', 'host', 'x-amz-date', 'x-amz-target']],
    ['that are not there', ['accept-charset', 'content-type', 'host', 'x-amz-date', 'x-amz-target']],
  ])('with headers signed %s, though signed throughout', async (_, names) => {
    const emulator = await startForTest();
    const answer = await post(emulator, { ...HEADERS, ...signRaw(emulator, REQUEST, names) }, BODY);
    expect(exceptionName(answer)).toBe('InvalidSignatureException');
    expect(answer.text).toContain('signature we calculated does not match');
  });

  it('named in another order than they were signed in', async () => {
    const emulator = await startForTest();
    const { authorization = '', ...signed } = await sign(emulator, { headers: HEADERS, body: BODY });
    const reordered = authorization.replace(
      /SignedHeaders=([^,]+)/,
      (_, names: string) => `SignedHeaders=${names.split(';').toReversed().join(';')}`,
    );
    const answer = await post(emulator, { ...signed, authorization: reordered }, BODY);
    expect(exceptionName(answer)).toBe('InvalidSignatureException');
  });

  it.each([
    ['another body', '0'.repeat(64)],
    ['no body at all', 'UNSIGNED-PAYLOAD'],
  ])('with the x-amz-content-sha256 of %s, signed by either hash', async (_, declared) => {
    const emulator = await startForTest();
    const headers = { ...HEADERS, 'x-amz-content-sha256': declared };
    const byDeclared = await post(emulator, await sign(emulator, { headers, body: BODY }), BODY);
    const byTrue = await post(emulator, { ...headers, ...signRaw(emulator, { headers, body: BODY }) }, BODY);
    expect([exceptionName(byDeclared), exceptionName(byTrue)]).toEqual([
      'InvalidSignatureException',
      'InvalidSignatureException',
    ]);
  });

  it('with its signature in upper case, or with a tail', async () => {
    const emulator = await startForTest();
    const { authorization = '', ...signed } = await sign(emulator, { headers: HEADERS, body: BODY });
    const upper = authorization.replace(/[0-9a-f]+$/, (hex) => hex.toUpperCase());
    for (const changed of [upper, `${authorization}zz`]) {
      const answer = await post(emulator, { ...signed, authorization: changed }, BODY);
      expect(exceptionName(answer)).toBe('InvalidSignatureException');
    }
  });

  it('with a scope that does not end as scopes end', async () => {
    const emulator = await startForTest();
    const { authorization = '', ...signed } = await sign(emulator, { headers: HEADERS, body: BODY });
    const changed = authorization.replace('/aws4_request', '/aws5_request');
    const answer = await post(emulator, { ...signed, authorization: changed }, BODY);
    expect(exceptionName(answer)).toBe('InvalidSignatureException');
    expect(answer.text).toContain("valid terminator: 'aws4_request'");
  });

  it('without a signature', async () => {
    const answer = await post(await startForTest(), HEADERS, BODY);
    expect(exceptionName(answer)).toBe('MissingAuthenticationTokenException');
  });

  it.each([
    ['Basic dXNlcjpwYXNz', /requires the algorithm/],
    ['AWS4-HMAC-SHA256 ', /'Credential' parameter.*'Signature' parameter.*'SignedHeaders' parameter/],
    ['AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=b', /5 slash-delimited/],
  ])('with the Authorization header "%s"', async (authorization, message) => {
    const headers = { ...HEADERS, 'x-amz-date': '20250131T120000Z', authorization };
    const answer = await post(await startForTest(), headers, BODY);
    expect(exceptionName(answer)).toBe('IncompleteSignatureException');
    expect(answer.text).toMatch(message);
  });

  it('without x-amz-date', async () => {
    const emulator = await startForTest();
    const { 'x-amz-date': _, ...signed } = await sign(emulator, { headers: HEADERS, body: BODY });
    expect(exceptionName(await post(emulator, signed, BODY))).toBe('IncompleteSignatureException');
  });

  it('when the day of its scope is not the day of its date', async () => {
    const clock = manualClock(Date.UTC(2025, 0, 31, 23, 59));
    const emulator = await startForTest({ clock });
    const request = { headers: HEADERS, body: BODY };
    const signed = await sign(emulator, request, { signedAtMs: clock.wallMs() });
    const answer = await post(emulator, { ...signed, 'x-amz-date': '20250201T000100Z' }, BODY);
    expect(answer.text).toContain(`'20250131' != '20250201'`);
  });

  it('without repeating a secret, and without taking from the quota', async () => {
    const emulator = await startForTest({ readsPerSecond: 1 });
    const answers = await Promise.all(
      [{ secretAccessKey: 'wrong' }, { sessionToken: 'a-session-token' }, { region: 'eu-west-1' }].map(
        (signing) => get(emulator, signing),
      ),
    );
    const text = answers.map((answer) => answer.text).join('\n');
    expect(text).not.toMatch(
      new RegExp(`Signature=|a-session-token|${EMULATOR_CREDENTIALS.secretAccessKey}`),
    );
    expect((await get(emulator, {})).status).toBe(200);
  });
});
