import type { Socket } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { connectTo, DISASSOCIATE, opportunityId } from './connection.ts';
import { json, serve, serveBytes } from './loopback.ts';

/** What stands between us and the service: proxies, gateways, middleboxes. */

const OPPORTUNITY = JSON.stringify({ Id: 'O1', RelatedEntityIdentifiers: { Solutions: ['S-1'] } });
const REQUEST_ID = 'x-amzn-requestid: a-1\r\n';
const HELD = { ok: true, opportunity: { entities: { Solutions: ['S-1'] } } };

/** Answers each request on a connection with these pieces, each a packet of its own. */
function answering(...pieces: readonly string[]): (socket: Socket) => void {
  return (socket) => {
    socket.setNoDelay(true);
    const send = ([piece, ...rest]: readonly string[]): void => {
      if (piece !== undefined) socket.write(piece, () => setImmediate(send, rest));
    };
    socket.on('data', () => send(pieces));
  };
}

describe('an interim answer before the final one is skipped', () => {
  const FINAL = `HTTP/1.1 200 OK\r\n${REQUEST_ID}Content-Length: 2\r\n\r\n{}`;

  test.each([
    ['100 Continue', ['HTTP/1.1 100 Continue\r\n\r\n', FINAL]],
    ['100 Continue of the older protocol', ['HTTP/1.0 100 Continue\r\n\r\n', FINAL]],
    ['100 Continue in one packet with it', [`HTTP/1.1 100 Continue\r\n\r\n${FINAL}`]],
    ['100 Continue twice', ['HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 \r\nA: b\r\n\r\n', FINAL]],
    ['100 Continue, cut anywhere', ['H', 'TTP/1.1 10', '0 Continue\r\n', '\r', `\n${FINAL}`]],
    ['102 Processing', ['HTTP/1.1 102 Processing\r\n\r\n', FINAL]],
    ['103 Early Hints', ['HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n', FINAL]],
    ['none, cut anywhere', ['HT', 'TP/1.1 2', FINAL.slice('HTTP/1.1 2'.length)]],
  ] as const)('%s', async (_what, pieces) => {
    const server = await serveBytes(answering(...pieces));
    const partnerCentral = connectTo(server.url, { concurrency: 1 });
    for (let call = 0; call < 2; call += 1) {
      expect(await partnerCentral.write(DISASSOCIATE)).toEqual({ ok: true, requestId: 'a-1' });
    }
    expect(server.connections()).toBe(1);
  });

  test('and nothing of the answer itself, though it reads like one', async () => {
    const body = JSON.stringify({ Id: 'O1', RelatedEntityIdentifiers: { Solutions: ['HTTP/1.1 100'] } });
    const cut = body.indexOf('HTTP');
    const head = `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n`;
    const server = await serveBytes(answering(head, body.slice(0, cut), body.slice(cut)));
    const answer = await connectTo(server.url).readOpportunity(opportunityId('O1'));
    expect(answer).toMatchObject({ opportunity: { entities: { Solutions: ['HTTP/1.1 100'] } } });
  });

  test('but one that never ends is malformed or broken, and held in bounds', async () => {
    const server = await serveBytes((socket) => {
      socket.write('HTTP/1.1 100 Continue\r\n');
      const flood = (): void => {
        while (!socket.destroyed && socket.write(`X: ${'y'.repeat(1_000)}\r\n`));
      };
      socket.on('drain', flood).on('data', flood);
    });
    const answer = await connectTo(server.url).write(DISASSOCIATE);
    expect(answer).toMatchObject({ ok: false });
    expect(['malformed', 'broken']).toContain(!answer.ok && answer.fault.kind);
  });
});

describe('an answer that was encoded on its way is decoded', () => {
  test.each([
    ['gzip', gzipSync(OPPORTUNITY)],
    ['x-gzip', gzipSync(OPPORTUNITY)],
    ['GZIP', gzipSync(OPPORTUNITY)],
    ['deflate', deflateSync(OPPORTUNITY)],
    ['br', brotliCompressSync(OPPORTUNITY)],
    ['gzip, br', brotliCompressSync(gzipSync(OPPORTUNITY))],
    ['identity', Buffer.from(OPPORTUNITY)],
  ])('%s', async (encoding, bytes) => {
    const server = await serve((_call, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(bytes),
    );
    expect(await connectTo(server.url).readOpportunity(opportunityId('O1'))).toMatchObject(HELD);
  });

  test('and an error likewise', async () => {
    const error = gzipSync('{"__type":"ThrottlingException"}');
    const server = await serve((_call, response) =>
      response.writeHead(400, { 'content-encoding': 'gzip' }).end(error),
    );
    expect(await connectTo(server.url).write(DISASSOCIATE)).toMatchObject({ fault: { kind: 'throttled' } });
  });

  test.each([
    ['gzip', Buffer.from(OPPORTUNITY)],
    ['gzip', gzipSync(OPPORTUNITY).subarray(0, -9)],
    ['snappy', Buffer.from(OPPORTUNITY)],
    ['gzip', gzipSync(Buffer.alloc(8 * 1024 * 1024, ' '))],
  ])('but one that is not what "%s" says, or grows beyond measure, is malformed', async (encoding, bytes) => {
    const server = await serve((_call, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(bytes),
    );
    expect(await connectTo(server.url).readOpportunity(opportunityId('O1'))).toMatchObject({
      fault: { kind: 'malformed', httpStatus: 200 },
    });
  });
});

test('connections that are reset on their second request cost one call, then each call has its own', async () => {
  const requests = new WeakMap<Socket, number>();
  const server = await serve(({ socket }, response) => {
    const nth = (requests.get(socket) ?? 0) + 1;
    requests.set(socket, nth);
    if (nth === 1) json(response, 200, {});
    else socket.resetAndDestroy();
  });
  const partnerCentral = connectTo(server.url, { concurrency: 2 });
  const kinds: string[] = [];
  for (let call = 0; call < 10; call += 1) {
    const answer = await partnerCentral.write(DISASSOCIATE);
    kinds.push(answer.ok ? 'ok' : answer.fault.kind);
  }
  expect(kinds.filter((kind) => kind === 'broken')).toHaveLength(1);
  expect(kinds.slice(3)).toEqual(Array.from({ length: 7 }, () => 'ok'));
});
