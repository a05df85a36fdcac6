import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { InjectedFault } from '../../../src/emulator/faults/fault-kinds.ts';
import { call, sign, type Received } from '../signed-post.ts';
import { change, held, startForTest } from '../start-for-test.ts';

const SOLUTION = change('O1', 'Solutions', 'S-0000001');

function emulatorWith(kind: InjectedFault): ReturnType<typeof startForTest> {
  return startForTest({ faults: { chances: [], script: [{ kind, times: 1 }] } });
}

async function disassociateUnder(kind: InjectedFault): Promise<Received> {
  return call(await emulatorWith(kind), 'DisassociateOpportunity', SOLUTION);
}

describe('an answer that looks like a success by its status', () => {
  it.each([
    ['empty', /^$/],
    ['blocked', /^\{"status":"blocked"\}$/],
    ['type-in-200', /^\{"__type":"[^"]*#AccessDeniedException"/],
    ['output-type-in-200', /^\{"Output":\{"__type":"[^"]*#AccessDeniedException"/],
    ['code-in-200', /^\{"code":"[^"]*#AccessDeniedException"/],
    ['errortype-in-200', /^\{\}$/],
  ] as const)('has under "%s" the body %s', async (kind, body) => {
    const answer = await disassociateUnder(kind);
    expect(answer.status).toBe(200);
    expect(answer.text).toMatch(body);
  });

  it('has a request id, but for the one that is nobody’s', async () => {
    const ids = [];
    for (const kind of ['type-in-200', 'errortype-in-200', 'empty'] as const) {
      ids.push((await disassociateUnder(kind)).headers.get('x-amzn-requestid') !== null);
    }
    expect(ids).toEqual([true, true, false]);
  });

  it('names its error in a header, where it does in none of the body', async () => {
    const answer = await disassociateUnder('errortype-in-200');
    expect(answer.headers.get('x-amzn-errortype')).toMatch(/#AccessDeniedException$/);
  });
});

describe('a throttle', () => {
  it('has no name but its status under "too-many-requests"', async () => {
    const answer = await disassociateUnder('too-many-requests');
    expect([answer.status, answer.text]).toEqual([429, '{}']);
  });

  it('says when to come back under "retry-after"', async () => {
    expect((await disassociateUnder('retry-after')).headers.get('retry-after')).toBe('1');
  });
});

describe('an answer on an unusual way', () => {
  it.each(['gzip', 'deflate', 'br'] as const)('is the same once it is decoded: %s', async (coding) => {
    const emulator = await emulatorWith(coding);
    const answer = await call(emulator, 'GetOpportunity', { Catalog: 'Sandbox', Identifier: 'O1' });
    expect(answer.headers.get('content-encoding')).toBe(coding);
    expect(JSON.parse(answer.text)).toMatchObject({ RelatedEntityIdentifiers: { Solutions: ['S-0000001'] } });
  });

  it.each([
    ['continue', /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n/],
    ['early-hints', /^HTTP\/1\.1 103 Early Hints\r\nLink: [^\r]+\r\n\r\nHTTP\/1\.1 200 OK\r\n/],
  ] as const)('has a status before its own under "%s"', async (kind, beginning) => {
    const emulator = await emulatorWith(kind);
    const body = JSON.stringify(SOLUTION);
    const headers = await sign(emulator, {
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'AWSPartnerCentralSelling.DisassociateOpportunity',
      },
      body,
    });
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    const socket = connect(Number(new URL(emulator.url).port), '127.0.0.1');
    let text = '';
    socket.setEncoding('latin1').on('data', (piece: string) => {
      text += piece;
    });
    socket.write(
      `POST / HTTP/1.1\r\n${lines.join('\r\n')}\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
    );
    await once(socket, 'close');
    expect(text).toMatch(beginning);
    expect(held(emulator)).not.toContain('O1 Solutions S-0000001');
  });
});

it('a token that is refused is refused once, and the list can be begun again', async () => {
  const emulator = await emulatorWith('bad-token');
  const list = (input: object): Promise<Received> =>
    call(emulator, 'ListOpportunities', { Catalog: 'Sandbox', MaxResults: 2, ...input });
  // The shape of ListOpportunitiesResponse.
  const { NextToken } = JSON.parse((await list({})).text) as { NextToken: string };
  const refused = await list({ NextToken });
  expect(JSON.parse(refused.text)).toMatchObject({
    Reason: 'REQUEST_VALIDATION_FAILED',
    ErrorList: [{ FieldName: 'NextToken', Code: 'INVALID_VALUE' }],
  });
  expect((await list({ NextToken })).status).toBe(200);
});
