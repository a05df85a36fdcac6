import type { IncomingHttpHeaders } from 'node:http';
import { describe, expect, test } from 'vitest';
import { readNothing, type Reply } from '../../../src/partner-central/wire/read-answer.ts';

const TIMES = { signedAtMs: 0, answeredAtMs: 0 };
const WITH_ID: IncomingHttpHeaders = { 'x-amzn-requestid': 'a-1' };
const MALFORMED = { ok: false, fault: { kind: 'malformed', exception: 'MalformedResponse' } };

function read(body: string, headers = WITH_ID, status = 200): Reply<null> {
  return readNothing({ status, headers, body }, TIMES);
}

describe('an operation that returns nothing', () => {
  test.each(['', ' \n', '{}', ' { } ', 'null'])('succeeds with 200, a request id and %j', (body) => {
    expect(read(body)).toEqual({ ok: true, value: null, requestId: 'a-1' });
  });

  test.each(['', '{}', 'null'])('is not believed with %j and no request id', (body) => {
    expect(read(body, {})).toMatchObject(MALFORMED);
    expect(read(body, { 'x-amz-request-id': 'b-2' })).toMatchObject(MALFORMED);
  });

  test.each([
    '{"__type":"com.amazonaws.partnercentralselling#ThrottlingException"}',
    '{"code":"AccessDeniedException"}',
    '{"Output":{"__type":"com.amazon.coral.service#InternalFailure"},"Version":"1.0"}',
  ])('is not believed with 200 and the error %s', (body) => {
    const reply = read(body);
    expect(reply).toMatchObject({ ...MALFORMED, fault: { requestId: 'a-1', httpStatus: 200 } });
    expect(!reply.ok && reply.fault.message).toMatch(/names an error: \w+/);
  });

  test('is not believed with 200 and an error in the header', () => {
    expect(read('{}', { ...WITH_ID, 'x-amzn-errortype': 'ValidationException' })).toMatchObject(MALFORMED);
  });

  test.each(['{"status":"blocked"}', '[]', '"done"', 'OK', '{"cut":', '<html></html>'])(
    'is not believed with 200 and %j',
    (body) => {
      expect(read(body)).toMatchObject(MALFORMED);
    },
  );

  test.each([201, 202, 204, 302])('is not believed with %i', (status) => {
    expect(read('', WITH_ID, status)).toMatchObject(MALFORMED);
  });

  test('is refused, denied and throttled as any other', () => {
    const denied = JSON.stringify({
      __type: 'AccessDeniedException',
      Message: '',
      Reason: 'INCOMPATIBLE_BENEFIT_AWS_PARTNER_STATE',
    });
    expect(read(denied, WITH_ID, 400)).toMatchObject({
      fault: { kind: 'denied', message: 'INCOMPATIBLE_BENEFIT_AWS_PARTNER_STATE' },
    });
    expect(read('<html></html>', {}, 429)).toMatchObject({ fault: { kind: 'throttled', httpStatus: 429 } });
  });
});

describe('the least wait', () => {
  const NOON = 'Sun, 01 Mar 2026 12:00:00 GMT';
  const LATER = 'Sun, 01 Mar 2026 12:00:45 GMT';

  test.each<[IncomingHttpHeaders, number | undefined]>([
    [{ 'retry-after': '30' }, 30_000],
    [{ 'retry-after': LATER, date: NOON }, 45_000],
    [{ 'x-amz-retry-after': '1500' }, 1_500],
    [{ 'x-amz-retry-after': '1500', 'retry-after': '1' }, 1_500],
    [{ 'retry-after': '0' }, undefined],
    [{ 'retry-after': NOON, date: LATER }, undefined],
    [{ 'retry-after': 'soon', 'x-amz-retry-after': '-5' }, undefined],
    [{ 'retry-after': '99999999999' }, undefined],
    [{}, undefined],
  ])('of %j is %s ms', (headers, retryAfterMs) => {
    const reply = read('{"__type":"ThrottlingException"}', headers, 400);
    expect(!reply.ok && reply.fault.retryAfterMs).toBe(retryAfterMs);
  });

  test('is counted from our own clock where the server tells no time of its own', () => {
    const answer = { status: 503, headers: { 'retry-after': LATER }, body: '' };
    const reply = readNothing(answer, { signedAtMs: 0, answeredAtMs: Date.parse(NOON) });
    expect(reply).toMatchObject({ fault: { kind: 'server', retryAfterMs: 45_000 } });
  });
});
