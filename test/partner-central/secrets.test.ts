import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { RunError } from '../../src/model/run-error.ts';
import { proxyFor } from '../../src/partner-central/access/proxy.ts';
import { fixedCredentials } from '../../src/partner-central/access/credentials.ts';
import { connectTo, CREDENTIALS, DISASSOCIATE } from './connection.ts';
import { deadUrl, json, serve, type ReceivedCall } from './loopback.ts';

const EXCEPTIONS = [
  'InvalidSignatureException',
  'IncompleteSignatureException',
  'MissingAuthenticationTokenException',
  'UnrecognizedClientException',
  'ExpiredTokenException',
  'RequestExpired',
  'AccessDeniedException',
  'ValidationException',
  'ThrottlingException',
  'InternalServerException',
  'UnheardOfException',
];

/** All that must not leave the process in words; the signature changes with each call. */
function secretsOf({ headers }: ReceivedCall): string[] {
  const { accessKeyId, secretAccessKey, sessionToken = '' } = CREDENTIALS;
  const signature = /Signature=(\w+)/.exec(headers.authorization ?? '')?.[1] ?? '';
  return [accessKeyId, secretAccessKey, sessionToken, signature, headers.authorization ?? ''];
}

function expectNoSecret(text: string, secrets: readonly string[]): void {
  for (const secret of secrets) {
    expect(secret).not.toBe('');
    expect(text).not.toContain(secret);
  }
  expect(text).not.toMatch(/authorization\s*[=:]/i);
  expect(text).not.toContain('AWS4-HMAC-SHA256');
}

/** What AWS answers to a wrong signature, as its documentation shows it: the canonical request, token included. */
function canonicalEcho({ headers }: ReceivedCall): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${String(value)}`);
  return `The request signature we calculated does not match the signature you provided.

The Canonical String for this request should have been
'POST
/

${lines.join('\n')}

The String-to-Sign should have been
'AWS4-HMAC-SHA256
${String(headers['x-amz-date'])}'
`;
}

const ECHOES: readonly (readonly [string, (call: ReceivedCall) => string])[] = [
  ['the canonical request', canonicalEcho],
  [
    'the Authorization header',
    (call) =>
      `Credential must have exactly 5 slash-delimited elements. Authorization=${call.headers.authorization ?? ''}`,
  ],
  ['each secret in a sentence', (call) => `We do not know ${secretsOf(call).slice(0, 4).join(' or ')} here.`],
];

describe('no secret is in a fault', () => {
  test.each(ECHOES)('though the server echoes %s', async (_what, echo) => {
    let exception = '';
    const server = await serve((call, response) => {
      const text = echo(call);
      const body = {
        __type: exception,
        message: text,
        Reason: text,
        ErrorList: [{ Code: 'X', FieldName: text, Message: text }],
      };
      json(response, 400, body);
    });
    const partnerCentral = connectTo(server.url);
    for (exception of EXCEPTIONS) {
      const answer = await partnerCentral.write(DISASSOCIATE);
      const call = server.received.at(-1);
      expect(answer).toMatchObject({ ok: false, fault: { exception } });
      expectNoSecret(
        inspect(answer, { depth: null }) + JSON.stringify(answer),
        call === undefined ? [''] : secretsOf(call),
      );
    }
  });

  test('though the server echoes one as the exception, the request id and a page', async () => {
    const { accessKeyId, sessionToken = '' } = CREDENTIALS;
    const server = await serve((call, response) => {
      if (server.received.length === 1)
        json(response, 400, { __type: accessKeyId }, { 'x-amzn-requestid': sessionToken });
      else response.writeHead(503, { 'content-type': 'text/html' }).end(`<pre>${canonicalEcho(call)}</pre>`);
    });
    const partnerCentral = connectTo(server.url);
    for (let call = 0; call < 2; call += 1) {
      const answer = await partnerCentral.write(DISASSOCIATE);
      const received = server.received.at(-1);
      expect(answer.ok).toBe(false);
      expectNoSecret(JSON.stringify(answer), received === undefined ? [''] : secretsOf(received));
    }
  });

  test('of the network’s making, nor in one about a token no header can carry', async () => {
    const { accessKeyId, secretAccessKey } = CREDENTIALS;
    const sessionToken = 'broken\r\nover-two-lines';
    const credentials = fixedCredentials({ accessKeyId, secretAccessKey, sessionToken });
    const server = await serve((_call, response) => json(response, 200, {}));
    for (const answer of [
      await connectTo(await deadUrl()).write(DISASSOCIATE),
      await connectTo(server.url, { credentials }).write(DISASSOCIATE),
    ]) {
      expect(answer.ok).toBe(false);
      expectNoSecret(JSON.stringify(answer), [accessKeyId, secretAccessKey, 'over-two-lines']);
    }
  });

  test('though the message is cut in the middle of one', async () => {
    const { sessionToken = '' } = CREDENTIALS;
    const filler = 'x'.repeat(7_990);
    const message = `${filler}${sessionToken}${filler}`;
    const server = await serve((_call, response) =>
      json(response, 400, { __type: 'ValidationException', message }),
    );
    const answer = await connectTo(server.url).write(DISASSOCIATE);
    const told = answer.ok ? '' : answer.fault.message;
    expect(told).not.toContain(sessionToken.slice(0, 5));
    expect(told).toHaveLength(8_001);
    expect(told.endsWith('…')).toBe(true);
  });

  test('while the service’s own words are kept', async () => {
    const message =
      'User: arn:aws:iam::111122223333:user/ana is not authorized to perform: partnercentral:GetOpportunity';
    const server = await serve((_call, response) =>
      json(response, 400, { __type: 'AccessDeniedException', message }),
    );
    expect(await connectTo(server.url).write(DISASSOCIATE)).toMatchObject({
      fault: { kind: 'denied', message },
    });
  });
});

test.each([
  'proxy.example:3128:hunter2',
  'http://me:hunter2#@proxy:1',
  'http://me:hunter2%@proxy:1',
  'ftp://me:hunter2@p',
])('no password of a proxy is in an error: %s', (text) => {
  let error: unknown;
  try {
    proxyFor(new URL('https://partner-central.example'), { HTTPS_PROXY: text });
  } catch (caught) {
    error = caught;
  }
  expect(error).toBeInstanceOf(RunError);
  expect(inspect(error, { depth: null })).not.toContain('hunter2');
});
