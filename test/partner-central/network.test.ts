import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { describe, expect, test, vi } from 'vitest';
import type { WriteAnswer } from '../../src/model/call.ts';
import type { CredentialSource } from '../../src/partner-central/access/credentials.ts';
import { connectTo, DISASSOCIATE } from './connection.ts';
import { deadUrl, json, serve, serveBytes } from './loopback.ts';

function fault(answer: WriteAnswer): { kind: string; exception: string; message: string } {
  if (answer.ok) throw new Error('The call succeeded.');
  return answer.fault;
}

function https(url: URL): URL {
  return new URL(`https://${url.host}`);
}

describe('a request that never left is unreachable', () => {
  test('where nobody listens', async () => {
    const answer = await connectTo(await deadUrl()).write(DISASSOCIATE);
    expect(fault(answer)).toMatchObject({ kind: 'unreachable', exception: 'NetworkError' });
    expect(fault(answer).message).toContain('ECONNREFUSED');
  });

  test('where the host has no address', async () => {
    const answer = await connectTo(new URL('http://no-such-host.invalid'), { timeoutMs: 3000 }).write(
      DISASSOCIATE,
    );
    expect(fault(answer)).toMatchObject({ kind: 'unreachable', exception: 'NetworkError' });
  });

  test('where TLS is not agreed', async () => {
    const server = await serve((_call, response) => response.end());
    const answer = await connectTo(https(server.url)).write(DISASSOCIATE);
    expect(fault(answer)).toMatchObject({ kind: 'unreachable', exception: 'NetworkError' });
  });

  test('where connecting takes longer than the timeout', async () => {
    const server = await serveBytes(() => {});
    const answer = await connectTo(https(server.url), { timeoutMs: 80 }).write(DISASSOCIATE);
    expect(fault(answer)).toMatchObject({ kind: 'unreachable', exception: 'NetworkError' });
    expect(fault(answer).message).toMatch(/within 0.08 s/);
  });
});

describe('a request that left and was not answered', () => {
  test('is broken when the connection is reset', async () => {
    const server = await serve((call) => call.socket.resetAndDestroy());
    const answer = await connectTo(server.url).write(DISASSOCIATE);
    expect(fault(answer)).toMatchObject({ kind: 'broken', exception: 'NetworkError' });
    expect(server.received).toHaveLength(1);
  });

  test('is broken when the answer is cut short', async () => {
    const server = await serve((call) => {
      call.socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"half":');
      call.socket.end();
    });
    expect(fault(await connectTo(server.url).write(DISASSOCIATE)).kind).toBe('broken');
  });

  test('is broken when a chunked answer is cut short', async () => {
    const server = await serve((call) => {
      call.socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"a":\r\n');
      call.socket.end();
    });
    expect(fault(await connectTo(server.url).write(DISASSOCIATE)).kind).toBe('broken');
  });

  test('is broken when a connection in use before is reset, and is not sent again behind our back', async () => {
    const server = await serve((call, response) => {
      if (server.received.length === 1) json(response, 200, {});
      else call.socket.resetAndDestroy();
    });
    const partnerCentral = connectTo(server.url, { concurrency: 1 });
    await partnerCentral.write(DISASSOCIATE);
    expect(fault(await partnerCentral.write(DISASSOCIATE)).kind).toBe('broken');
    expect(server.received).toHaveLength(2);
  });

  test('is a timeout, and its socket is closed', async () => {
    const server = await serve(() => {});
    const answer = await connectTo(server.url, { timeoutMs: 2_000 }).write(DISASSOCIATE);
    expect(fault(answer)).toEqual({
      kind: 'timeout',
      exception: 'TimeoutError',
      message: `No answer from ${server.url.host} within 2 s.`,
    });
    const socket = server.received[0]?.socket;
    if (socket?.closed === false) await once(socket, 'close');
    expect(socket?.closed).toBe(true);
  });

  test('is a timeout too when the answer begins and never ends', async () => {
    const server = await serve((call) => {
      call.socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"half":');
    });
    expect(fault(await connectTo(server.url, { timeoutMs: 2_000 }).write(DISASSOCIATE)).kind).toBe('timeout');
  });

  test('is malformed when the answer is no HTTP', async () => {
    const server = await serveBytes((socket: Socket) => {
      socket.once('data', () => socket.end('SSH-2.0-OpenSSH_9.9\r\n\r\n'));
    });
    expect(fault(await connectTo(server.url).write(DISASSOCIATE))).toMatchObject({
      kind: 'malformed',
      exception: 'MalformedResponse',
    });
  });

  test.each([
    ['headers beyond all measure', `X: ${'y'.repeat(40_000)}\r\n\r\n`],
    ['two lengths', 'Content-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    [
      'chunks that end too soon, on a connection to be closed',
      'Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"a"',
    ],
  ])('is malformed when the answer has %s', async (_what, rest) => {
    const server = await serve((call) => call.socket.end(`HTTP/1.1 200 OK\r\n${rest}`));
    expect(fault(await connectTo(server.url).write(DISASSOCIATE)).kind).toBe('malformed');
  });

  test('is malformed when the answer is larger than any of the service’s', async () => {
    const server = await serve((_call, response) =>
      json(response, 200, { filler: 'x'.repeat(3 * 1024 * 1024) }),
    );
    expect(fault(await connectTo(server.url).write(DISASSOCIATE))).toMatchObject({
      kind: 'malformed',
      exception: 'MalformedResponse',
      httpStatus: 200,
    });
  });
});

describe('an abort', () => {
  test('before the call leaves rejects with its reason, and nothing is sent', async () => {
    const server = await serve((_call, response) => json(response, 200, {}));
    const reason = new Error('stopped');
    await expect(connectTo(server.url).write(DISASSOCIATE, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(server.connections()).toBe(0);
  });

  test('while credentials are renewed rejects at once', async () => {
    const server = await serve((_call, response) => json(response, 200, {}));
    const abort = new AbortController();
    const credentials: CredentialSource = {
      current: () => new Promise(() => {}),
      refused: () => {},
      refresh: () => Promise.resolve(false),
    };
    const call = connectTo(server.url, { credentials }).write(DISASSOCIATE, abort.signal);
    abort.abort(new Error('stopped'));
    await expect(call).rejects.toThrow('stopped');
  });

  test('while connecting rejects at once', async () => {
    const abort = new AbortController();
    const server = await serveBytes(() => abort.abort(new Error('stopped')));
    await expect(connectTo(https(server.url)).write(DISASSOCIATE, abort.signal)).rejects.toThrow('stopped');
  });

  test('while waiting for a connection leaves the call unsent for good', async () => {
    const abort = new AbortController();
    const server = await serve((_call, response) => {
      abort.abort(new Error('stopped'));
      json(response, 200, {});
    });
    const partnerCentral = connectTo(server.url, { concurrency: 1 });
    const first = partnerCentral.write(DISASSOCIATE);
    const second = partnerCentral.readOpportunity(DISASSOCIATE.association.opportunityId, abort.signal);
    await expect(second).rejects.toThrow('stopped');
    expect(await first).toMatchObject({ ok: true });
    expect(await partnerCentral.write(DISASSOCIATE)).toMatchObject({ ok: true });
    const targets = server.received.map((call) => call.headers['x-amz-target']);
    expect(targets).not.toContain('AWSPartnerCentralSelling.GetOpportunity');
  });

  test('after a read left rejects at once, and its socket is closed', async () => {
    const abort = new AbortController();
    const server = await serve(() => abort.abort(new Error('stopped')));
    const read = connectTo(server.url).readOpportunity(DISASSOCIATE.association.opportunityId, abort.signal);
    await expect(read).rejects.toThrow('stopped');
    const socket = server.received[0]?.socket;
    if (socket?.closed === false) await once(socket, 'close');
    expect(socket?.closed).toBe(true);
  });

  test('after a write left changes nothing: its answer is waited for', async () => {
    const abort = new AbortController();
    const server = await serve((_call, response) => {
      abort.abort(new Error('stopped'));
      json(response, 200, {});
    });
    expect(await connectTo(server.url).write(DISASSOCIATE, abort.signal)).toMatchObject({ ok: true });
  });

  test('signal may serve any number of calls at a time without a warning', async () => {
    const warn = vi.fn<(warning: Error) => void>();
    process.on('warning', warn);
    const server = await serve((_call, response) => json(response, 200, {}));
    const partnerCentral = connectTo(server.url);
    const { signal } = new AbortController();
    await Promise.all(Array.from({ length: 40 }, () => partnerCentral.write(DISASSOCIATE, signal)));
    process.off('warning', warn);
    expect(warn).not.toHaveBeenCalled();
  });
});

describe('a proxy', () => {
  test('named in HTTP_PROXY carries calls to other machines, not to this one', async () => {
    const server = await serve((_call, response) => json(response, 200, {}));
    const asked: string[] = [];
    const proxy = await serveBytes((socket) => {
      socket.once('data', (head: Buffer) => {
        asked.push(head.toString().split('\r\n', 1)[0] ?? '');
        const onward = connectTcp(Number(server.url.port), '127.0.0.1');
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        socket.pipe(onward).pipe(socket);
      });
    });
    vi.stubEnv('HTTP_PROXY', proxy.url.href);
    const far = connectTo(new URL('http://partner-central.example'));
    const near = connectTo(server.url);
    vi.unstubAllEnvs();
    expect(await far.write(DISASSOCIATE)).toMatchObject({ ok: true });
    expect(await near.write(DISASSOCIATE)).toMatchObject({ ok: true });
    expect(asked).toEqual(['CONNECT partner-central.example:80 HTTP/1.1']);
    expect(server.received[0]?.headers.host).toBe('partner-central.example');
  });

  test('that refuses makes the call unreachable', async () => {
    const proxy = await serveBytes((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'));
    });
    vi.stubEnv('HTTP_PROXY', proxy.url.href);
    const partnerCentral = connectTo(new URL('http://partner-central.example'));
    vi.unstubAllEnvs();
    expect(fault(await partnerCentral.write(DISASSOCIATE)).kind).toBe('unreachable');
  });
});
