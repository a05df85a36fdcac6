import { describe, expect, test } from 'vitest';
import { fixedCredentials } from '../../../src/partner-central/access/credentials.ts';
import { DIRECT } from '../../../src/partner-central/access/network.ts';
import { openSts, type CallerIdentity } from '../../../src/partner-central/sign-in/sts.ts';
import type { Reply } from '../../../src/partner-central/wire/read-answer.ts';
import { CLOCK, CREDENTIALS } from '../connection.ts';
import { deadUrl, serve } from '../loopback.ts';

function ask(endpoint: URL): Promise<Reply<CallerIdentity>> {
  return openSts({
    endpoint,
    network: DIRECT,
    region: 'us-east-1',
    credentials: fixedCredentials(CREDENTIALS),
    timeoutMs: 5_000,
    clock: CLOCK,
    userAgent: 'oppsweep|1.2.3',
  }).identity();
}

async function answerTo(status: number, body: string): Promise<Reply<CallerIdentity>> {
  const server = await serve((_call, response) => {
    response.writeHead(status, { 'content-type': 'text/xml', 'x-amzn-requestid': 'sts-1' });
    response.end(body);
  });
  return ask(server.url);
}

/** As the STS API reference shows it. */
const IDENTITY = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <GetCallerIdentityResult>
    <Arn>arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_R&amp;D_1/ana@example.com</Arn>
    <UserId>AROAEXAMPLE:ana@example.com</UserId>
    <Account>111122223333</Account>
  </GetCallerIdentityResult>
  <ResponseMetadata><RequestId>01234567-89ab-cdef-0123-456789abcdef</RequestId></ResponseMetadata>
</GetCallerIdentityResponse>`;

function refusal(code: string, message: string): string {
  return `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>
  <RequestId>01234567-89ab-cdef-0123-456789abcdef</RequestId>
</ErrorResponse>`;
}

describe('the caller’s identity', () => {
  test('says account and ARN', async () => {
    expect(await answerTo(200, IDENTITY)).toEqual({
      ok: true,
      value: {
        account: '111122223333',
        arn: 'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_R&D_1/ana@example.com',
      },
    });
  });

  test('asks by the query protocol, signed for sts', async () => {
    const server = await serve((_call, response) => response.end(IDENTITY));
    await ask(server.url);
    expect(server.received).toHaveLength(1);
    expect(server.received[0]?.body).toBe('Action=GetCallerIdentity&Version=2011-06-15');
    expect(server.received[0]?.headers['content-type']).toBe(
      'application/x-www-form-urlencoded; charset=utf-8',
    );
    expect(server.received[0]?.headers.authorization).toMatch(/\/us-east-1\/sts\/aws4_request,/);
  });

  test.each([
    ['ExpiredToken', 'The security token included in the request is expired', 'credentials'],
    ['InvalidClientTokenId', 'The security token included in the request is invalid.', 'credentials'],
    ['SignatureDoesNotMatch', 'The request signature we calculated does not match', 'credentials'],
    [
      'SignatureDoesNotMatch',
      'Signature expired: 20260301T115000Z is now earlier than 20260301T115500Z',
      'clock',
    ],
    ['AccessDenied', 'Explicit deny', 'denied'],
    ['Throttling', 'Rate exceeded', 'throttled'],
  ])('reads %s (%s) as %s', async (exception, message, kind) => {
    expect(await answerTo(403, refusal(exception, message))).toMatchObject({
      ok: false,
      fault: { kind, exception, message, requestId: 'sts-1', httpStatus: 403 },
    });
  });

  test.each([
    [200, '<html></html>'],
    [200, ''],
    [200, IDENTITY.replace('111122223333</Account>', 'nobody</Account>')],
    [400, 'Bad request'],
  ])('does not believe %i with %j', async (status, body) => {
    expect(await answerTo(status, body)).toMatchObject({ ok: false, fault: { kind: 'malformed' } });
  });

  test('is a fault where STS can’t be reached', async () => {
    expect(await ask(await deadUrl())).toMatchObject({ ok: false, fault: { kind: 'unreachable' } });
  });
});
