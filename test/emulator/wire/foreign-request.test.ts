import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import { call } from '../signed-post.ts';
import { held, SEED, startForTest } from '../start-for-test.ts';

interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Sends headers as they are, `Host` too, and resolves to the status and the body. */
async function ask(emulator: Emulator, { method, path, headers }: Asked): Promise<[number, string]> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(emulator.url);
    const asked = request({
      host: '127.0.0.1',
      port,
      method: method ?? 'GET',
      path: path ?? '/_emulator/counts',
      headers,
    });
    asked.on('error', reject).on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
      });
      response.on('end', () => resolve([response.statusCode ?? 0, text]));
    });
    asked.end();
  });
}

const LOOPBACK = { host: '127.0.0.1:1234' };

describe('a web page', () => {
  it.each([
    ['by a name that was pointed here', { host: 'rebound.example:4321' }],
    ['by an address of elsewhere', { host: '10.0.0.7' }],
    ['by a name that begins like one of ours', { host: '127.0.0.1.example.com' }],
    ['of another origin', { ...LOOPBACK, origin: 'https://example.com' }],
    ['of another port', { ...LOOPBACK, origin: 'http://127.0.0.1:3000' }],
    ['of a file or a sandboxed frame', { ...LOOPBACK, origin: 'null' }],
    ['that may not read the answer', { ...LOOPBACK, 'sec-fetch-site': 'cross-site' }],
    ['of another port that may not read the answer', { ...LOOPBACK, 'sec-fetch-site': 'same-site' }],
  ])('%s is refused', async (_, headers) => {
    const [status, text] = await ask(await startForTest(), { headers });
    expect(status).toBe(403);
    expect(text).not.toContain('received');
  });

  it('can neither ask beforehand, nor look at the state, nor script a fault', async () => {
    const emulator = await startForTest();
    const headers = { ...LOOPBACK, origin: 'https://example.com' };
    const asked = [
      { method: 'OPTIONS', path: '/_emulator/script', headers },
      { path: '/_emulator/state', headers },
      { method: 'POST', path: '/_emulator/script', headers },
      { method: 'POST', path: '/', headers },
    ];
    const statuses = [];
    for (const one of asked) statuses.push((await ask(emulator, one))[0]);
    expect(statuses).toEqual([403, 403, 403, 403]);
    expect(emulator.counts()).toMatchObject({ received: 0, faults: {} });
    expect(held(emulator)).toHaveLength(SEED.length);
  });
});

describe('a program of this machine', () => {
  it.each(['127.0.0.1', '127.0.0.1:1234', 'localhost:1234', 'LOCALHOST', '[::1]:1234'])(
    'that names the host "%s" is answered',
    async (host) => {
      expect((await ask(await startForTest(), { headers: { host } }))[0]).toBe(200);
    },
  );

  it('that names the emulator itself as its origin is answered', async () => {
    const headers = {
      host: '127.0.0.1:1234',
      origin: 'http://127.0.0.1:1234',
      'sec-fetch-site': 'same-origin',
    };
    expect((await ask(await startForTest(), { headers }))[0]).toBe(200);
  });

  it('that signs its calls is answered as before', async () => {
    const answer = await call(await startForTest(), 'GetOpportunity', {
      Catalog: 'Sandbox',
      Identifier: 'O1',
    });
    expect(answer.status).toBe(200);
  });
});
