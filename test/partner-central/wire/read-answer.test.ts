import type { IncomingHttpHeaders } from 'node:http';
import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../src/model/fault.ts';
import { readObject, type Reply } from '../../../src/partner-central/wire/read-answer.ts';

const NOW_MS = Date.parse('2026-03-01T12:00:00Z');
const TIMES = { signedAtMs: NOW_MS, answeredAtMs: NOW_MS };

function read(status: number, body: unknown, headers: IncomingHttpHeaders = {}): Reply<unknown> {
  return readObject({ status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) }, TIMES);
}

function fault(status: number, body: unknown, headers: IncomingHttpHeaders = {}): Fault {
  const reply = read(status, body, headers);
  if (reply.ok) throw new Error('The answer was read as success.');
  return reply.fault;
}

describe('success', () => {
  test.each(['', ' \n', '{}', '{"Id":"O1"}'])('is 200 with %j', (body) => {
    expect(read(200, body)).toMatchObject({ ok: true });
  });

  test.each([
    [200, 'OK'],
    [200, '<html><body>Sign in to the guest network</body></html>'],
    [200, '[]'],
    [200, 'null'],
    [200, '"done"'],
    [200, '{"cut":'],
    [204, ''],
    [202, '{}'],
    [302, ''],
  ])('is not %i with %j', (status, body) => {
    expect(fault(status, body, { 'content-type': 'text/html; charset=utf-8' })).toMatchObject({
      kind: 'malformed',
      exception: 'MalformedResponse',
      httpStatus: status,
    });
  });
});

describe('the name of an exception', () => {
  const plain = 'ValidationException';
  const spellings = [
    plain,
    `com.amazonaws.partnercentralselling#${plain}`,
    `${plain}:http://internal.amazon.com/coral/com.amazon.coral.validate/`,
    `com.amazonaws.partnercentralselling#${plain}:http://internal.amazon.com/coral#fragment`,
    ` ${plain} `,
    `${plain},${plain}`,
  ];

  test.each(spellings)('is read off __type as %j', (name) => {
    expect(fault(400, { __type: name }).exception).toBe(plain);
  });

  test.each(spellings)('is read off code as %j', (name) => {
    expect(fault(400, { code: name }).exception).toBe(plain);
  });

  test.each(spellings)('is read off the header as %j', (name) => {
    expect(fault(400, {}, { 'x-amzn-errortype': name }).exception).toBe(plain);
  });

  test('is sought in the header, then in code, then in __type, as Smithy has it', () => {
    const headers = { 'x-amzn-errortype': 'HeaderException' };
    const body = { __type: 'TypeException', code: 'CodeException' };
    expect(fault(400, body, headers).exception).toBe('HeaderException');
    expect(fault(400, 'not json', headers).exception).toBe('HeaderException');
    expect(fault(400, body).exception).toBe('CodeException');
    expect(fault(400, { __type: 'TypeException' }).exception).toBe('TypeException');
  });

  test.each([7, '', '403', '=cmd()', 'a b', null, {}])('is not %j: the next place is asked', (name) => {
    expect(fault(400, { code: name, __type: 'TypeException' }).exception).toBe('TypeException');
  });
});

describe('the kind of a fault follows from the name, whatever the status', () => {
  test.each([
    ['ThrottlingException', 'throttled', [400, 429, 503]],
    ['TooManyRequestsException', 'throttled', [400, 429]],
    ['Throttling', 'throttled', [400]],
    ['ThrottledException', 'throttled', [400]],
    ['RequestThrottledException', 'throttled', [400]],
    ['ProvisionedThroughputExceededException', 'throttled', [400]],
    ['TransactionInProgressException', 'throttled', [400]],
    ['RequestLimitExceeded', 'throttled', [503]],
    ['BandwidthLimitExceeded', 'throttled', [509]],
    ['LimitExceededException', 'throttled', [400]],
    ['RequestThrottled', 'throttled', [400]],
    ['SlowDown', 'throttled', [503]],
    ['PriorRequestNotComplete', 'throttled', [400]],
    ['EC2ThrottledException', 'throttled', [400]],
    ['TeapotException', 'throttled', [429]],
    ['AccessDeniedException', 'denied', [400, 403]],
    ['ResourceNotFoundException', 'refused', [400, 404]],
    ['ValidationException', 'refused', [400]],
    ['ConflictException', 'refused', [400, 409]],
    ['InternalServerException', 'server', [400, 500]],
    ['InternalServerError', 'server', [400, 500]],
    ['InternalFailure', 'server', [400, 500]],
    ['ServiceUnavailableException', 'server', [400, 503]],
    ['RequestTimeoutException', 'server', [400, 408]],
    ['ExpiredTokenException', 'credentials', [400, 403]],
    ['ExpiredToken', 'credentials', [403]],
    ['UnrecognizedClientException', 'credentials', [400, 403]],
    ['InvalidClientTokenId', 'credentials', [403]],
    ['IncompleteSignatureException', 'credentials', [400, 403]],
    ['MissingAuthenticationTokenException', 'credentials', [400, 403]],
    ['MissingAuthenticationToken', 'credentials', [403]],
    ['InvalidSignatureException', 'credentials', [400, 403]],
    ['SignatureDoesNotMatch', 'credentials', [403]],
    ['RequestExpired', 'clock', [400, 403]],
    ['RequestTimeTooSkewed', 'clock', [400, 403]],
  ] as const)('%s is %s', (exception, kind, statuses) => {
    for (const httpStatus of statuses) {
      expect(fault(httpStatus, { __type: exception })).toMatchObject({ kind, exception, httpStatus });
    }
  });

  test('an unknown name is refused with 4xx and the server’s fault with 5xx', () => {
    expect(fault(400, { __type: 'TeapotException' })).toMatchObject({
      kind: 'refused',
      exception: 'TeapotException',
    });
    expect(fault(418, { __type: 'TeapotException' }).kind).toBe('refused');
    expect(fault(500, { __type: 'TeapotException' })).toMatchObject({
      kind: 'server',
      exception: 'TeapotException',
    });
  });

  test.each([502, 503, 504])('a proxy’s page with %i is the server’s fault, and is not quoted', (status) => {
    const page = '<html><head><title>Service Temporarily Unavailable</title></head></html>';
    expect(fault(status, page, { 'content-type': 'text/html' })).toEqual({
      kind: 'server',
      exception: 'MalformedResponse',
      message: `HTTP ${status} with text/html that is not the service's answer.`,
      httpStatus: status,
    });
  });

  test.each([400, 403, 404, 407])('a page with %i is malformed: the service did not refuse', (status) => {
    expect(fault(status, '<html></html>')).toMatchObject({
      kind: 'malformed',
      exception: 'MalformedResponse',
    });
  });

  test('JSON without a name keeps its message', () => {
    expect(fault(503, { message: 'Service Unavailable' })).toMatchObject({
      kind: 'server',
      exception: 'MalformedResponse',
      message: 'Service Unavailable',
    });
  });
});

describe('the message', () => {
  test('is the message, the reason and each entry of the error list, a line each', () => {
    const refused = fault(400, {
      __type: 'ValidationException',
      Message: 'One or more fields are invalid',
      Reason: 'BUSINESS_VALIDATION_FAILED',
      ErrorList: [
        {
          Code: 'ACTION_NOT_PERMITTED',
          FieldName: 'RelatedEntityIdentifier',
          Message: 'Not while "In review", sorry',
        },
        { Code: 'INVALID_VALUE', Message: "=cmd|' /C calc'!A0" },
        { FieldName: 'Catalog', Message: 'first\nsecond' },
        'no entry',
        null,
        {},
      ],
    });
    expect(refused.message).toBe(
      [
        'One or more fields are invalid',
        'BUSINESS_VALIDATION_FAILED',
        'ACTION_NOT_PERMITTED: RelatedEntityIdentifier: Not while "In review", sorry',
        "INVALID_VALUE: =cmd|' /C calc'!A0",
        'Catalog: first\nsecond',
      ].join('\n'),
    );
  });

  test('is read in either spelling, and an empty one gives way', () => {
    expect(fault(400, { __type: 'ValidationException', message: 'lower' }).message).toBe('lower');
    expect(fault(400, { __type: 'ValidationException', Message: '', message: 'lower' }).message).toBe(
      'lower',
    );
  });

  test('is never empty', () => {
    expect(fault(400, { __type: 'ResourceNotFoundException', Message: '' }).message).toBe(
      'HTTP 400 without a word of why.',
    );
    expect(fault(400, '', { 'x-amzn-errortype': 'ResourceNotFoundException' }).message).not.toBe('');
  });

  test('and the error list may be of any shape without harm', () => {
    for (const ErrorList of ['text', 7, {}, [[]], [{ Code: 7, FieldName: [], Message: {} }]]) {
      expect(fault(400, { __type: 'ValidationException', Message: 'kept', ErrorList }).message).toBe('kept');
    }
  });
});

describe('the request id', () => {
  test('is the service’s, else the older spelling, else absent', () => {
    const body = { __type: 'ValidationException' };
    expect(fault(400, body, { 'x-amzn-requestid': 'a-1', 'x-amz-request-id': 'b-2' }).requestId).toBe('a-1');
    expect(fault(400, body, { 'x-amz-request-id': 'b-2' }).requestId).toBe('b-2');
    expect(fault(400, body)).not.toHaveProperty('requestId');
    expect(read(200, {}, { 'x-amzn-requestid': 'a-1' })).toMatchObject({ ok: true, requestId: 'a-1' });
  });

  test('that could not stand in a list separated by spaces is dropped', () => {
    expect(fault(400, {}, { 'x-amzn-requestid': 'a b' })).not.toHaveProperty('requestId');
    expect(fault(400, {}, { 'x-amzn-requestid': '' })).not.toHaveProperty('requestId');
    expect(fault(400, {}, { 'x-amzn-requestid': 'x'.repeat(500) })).not.toHaveProperty('requestId');
  });
});
