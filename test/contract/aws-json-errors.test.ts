import { describe, expect, test } from 'vitest';
import { connectTo, DISASSOCIATE, opportunityId } from '../partner-central/connection.ts';
import { serve } from '../partner-central/loopback.ts';

/**
 * The error cases of Smithy's protocol tests for awsJson 1.0 (`aws-json-10`, errors.smithy), each with its own headers and
 * body: the name is `FooError` in all of them.
 */
const NAMESPACE = 'aws.protocoltests.json10';
const URI = 'http://internal.amazon.com/coral/com.amazon.coral.validate/';

type Headers = Readonly<Record<string, string>>;

const FOO_ERRORS: readonly (readonly [string, Headers, unknown])[] = [
  ['AwsJson10FooErrorUsingXAmznErrorType', { 'x-amzn-errortype': 'FooError' }, undefined],
  ['AwsJson10FooErrorUsingXAmznErrorTypeWithUri', { 'x-amzn-errortype': `FooError:${URI}` }, undefined],
  [
    'AwsJson10FooErrorUsingXAmznErrorTypeWithUriAndNamespace',
    { 'x-amzn-errortype': `${NAMESPACE}#FooError:${URI}` },
    undefined,
  ],
  ['AwsJson10FooErrorUsingCode', {}, { code: 'FooError' }],
  ['AwsJson10FooErrorUsingCodeAndNamespace', {}, { code: `${NAMESPACE}#FooError` }],
  ['AwsJson10FooErrorUsingCodeUriAndNamespace', {}, { code: `${NAMESPACE}#FooError:${URI}` }],
  ['AwsJson10FooErrorWithDunderType', {}, { __type: 'FooError' }],
  ['AwsJson10FooErrorWithDunderTypeAndNamespace', {}, { __type: `${NAMESPACE}#FooError` }],
  ['AwsJson10FooErrorWithDunderTypeUriAndNamespace', {}, { __type: `${NAMESPACE}#FooError:${URI}` }],
  [
    'AwsJson10FooErrorWithNestedTypeProperty',
    {},
    { __type: `${NAMESPACE}#FooError`, ErrorDetails: [{ __type: 'com.amazon.internal#ErrorDetails' }] },
  ],
];

async function answerTo(status: number, headers: Headers, body: unknown): Promise<URL> {
  const server = await serve((_call, response) => {
    response.writeHead(status, {
      'content-type': 'application/x-amz-json-1.0',
      'x-amzn-requestid': 'amazon-uniq-request-id',
      ...headers,
    });
    response.end(body === undefined ? '' : JSON.stringify(body));
  });
  return server.url;
}

describe('our client reads the name of an error as Smithy has it', () => {
  test.each(FOO_ERRORS)('%s', async (_id, headers, body) => {
    const partnerCentral = connectTo(await answerTo(500, headers, body));
    const fault = { kind: 'server', exception: 'FooError', requestId: 'amazon-uniq-request-id' };
    expect(await partnerCentral.write(DISASSOCIATE)).toMatchObject({ ok: false, fault });
    expect(await partnerCentral.readOpportunity(opportunityId('O1'))).toMatchObject({ ok: false, fault });
  });

  test('AwsJson10InvalidGreetingError', async () => {
    const body = { __type: `${NAMESPACE}#InvalidGreeting`, Message: 'Hi' };
    expect(await connectTo(await answerTo(400, {}, body)).write(DISASSOCIATE)).toMatchObject({
      fault: { kind: 'refused', exception: 'InvalidGreeting', message: 'Hi' },
    });
  });

  test('AwsJson10ComplexError, whose members are its own', async () => {
    const body = { __type: `${NAMESPACE}#ComplexError`, TopLevel: 'Top level', Nested: { Foo: 'bar' } };
    expect(await connectTo(await answerTo(400, {}, body)).write(DISASSOCIATE)).toMatchObject({
      fault: { kind: 'refused', exception: 'ComplexError' },
    });
  });

  test('AwsJson10EmptyComplexError', async () => {
    const body = { __type: `${NAMESPACE}#ComplexError` };
    expect(await connectTo(await answerTo(400, {}, body)).write(DISASSOCIATE)).toMatchObject({
      fault: { kind: 'refused', exception: 'ComplexError' },
    });
  });
});

describe('none of them passes for success where a proxy made 200 of its status', () => {
  test.each(FOO_ERRORS)('%s', async (_id, headers, body) => {
    const partnerCentral = connectTo(await answerTo(200, headers, body));
    expect(await partnerCentral.write(DISASSOCIATE)).toMatchObject({ fault: { kind: 'malformed' } });
    expect(await partnerCentral.readOpportunity(opportunityId('O1'))).toMatchObject({
      fault: { kind: 'malformed' },
    });
  });
});
