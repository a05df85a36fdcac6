import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { call } from './signed-post.ts';
import { startForTest } from './start-for-test.ts';

const INPUT = { Catalog: 'Sandbox', Identifier: 'O1' };

/** A connection on which a test writes what it likes, and all that came back on it. */
async function open(emulator: Emulator): Promise<{ socket: Socket; received: () => string }> {
  const socket = connect(Number(new URL(emulator.url).port), '127.0.0.1');
  let text = '';
  socket.setEncoding('latin1').on('data', (piece: string) => {
    text += piece;
  });
  socket.on('error', () => undefined);
  onTestFinished(() => {
    socket.destroy();
  });
  await once(socket, 'connect');
  return { socket, received: () => text };
}

function head(bodyBytes: number): string {
  return `POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: ${bodyBytes}\r\n\r\n`;
}

describe('a request that does not arrive whole', () => {
  it.each([
    ['in its body', head(100)],
    ['in its headers', 'POST / HTTP/1.1\r\nhost: loc'],
  ])('and stops %s is given up', async (_, bytes) => {
    const emulator = await startForTest({ requestTimeoutMs: 50 });
    const { socket, received } = await open(emulator);
    const closed = once(socket, 'close');
    socket.write(bytes);
    await closed;
    expect(received()).toMatch(/^HTTP\/1\.1 408 /);
    // A slow machine may need more than the 50 ms for this one, too.
    await expect.poll(async () => (await call(emulator, 'GetOpportunity', INPUT)).status).toBe(200);
  });
});

describe('requests that are open', () => {
  it('are so many at most, and the next is told so', async () => {
    const emulator = await startForTest({ mostOpenRequests: 3 });
    const waiting = await Promise.all(Array.from({ length: 3 }, () => open(emulator)));
    for (const { socket } of waiting) socket.write(head(2));
    await expect.poll(() => statusOfCounts(emulator)).toBe(503);
    const last = await open(emulator);
    const closed = once(last.socket, 'close');
    last.socket.write(head(2));
    await closed;
    expect(last.received()).toMatch(/^HTTP\/1\.1 503 [^]*ServiceUnavailableException/);
    expect(waiting.map(({ received }) => received())).toEqual(['', '', '']);
  });

  it('make room once they end', async () => {
    const emulator = await startForTest({ mostOpenRequests: 1 });
    const { socket } = await open(emulator);
    socket.write(head(2));
    await expect.poll(() => statusOfCounts(emulator)).toBe(503);
    socket.destroy();
    await expect.poll(() => statusOfCounts(emulator)).toBe(200);
  });

  it('hold together no more than a bounded memory, however slowly their bodies come', async () => {
    const emulator = await startForTest();
    const almostWhole = 'x'.repeat(1024 * 1024 - 1);
    const connections = await Promise.all(Array.from({ length: 40 }, () => open(emulator)));
    for (const { socket } of connections) socket.write(head(1024 * 1024) + almostWhole);
    const refused = (): number =>
      connections.filter(({ received }) => received().startsWith('HTTP/1.1 503 ')).length;
    await expect.poll(refused, { timeout: 20_000 }).toBeGreaterThanOrEqual(8);
    for (const { socket } of connections) socket.destroy();
    await expect.poll(async () => (await call(emulator, 'GetOpportunity', INPUT)).status).toBe(200);
  });
});

describe('what was asked of it', () => {
  it('fills no memory with scripted faults', async () => {
    const emulator = await startForTest();
    const script = JSON.stringify(Array.from({ length: 4000 }, () => ({ kind: 'reset', times: 1 })));
    const statuses = [];
    for (let index = 0; index < 3; index += 1) {
      statuses.push(
        (await fetch(`${emulator.url}/_emulator/script`, { method: 'POST', body: script })).status,
      );
    }
    expect(statuses).toEqual([204, 204, 413]);
  });

  it('fills no memory with identifiers that are none', async () => {
    const emulator = await startForTest();
    await call(emulator, 'GetOpportunity', { Catalog: 'Sandbox', Identifier: 'O'.repeat(1000) });
    expect(emulator.calls()).toMatchObject([{ exception: 'ValidationException' }]);
    expect(emulator.calls()[0]).not.toHaveProperty('opportunityId');
  });
});

async function statusOfCounts(emulator: Emulator): Promise<number> {
  const answer = await fetch(`${emulator.url}/_emulator/counts`);
  await answer.text();
  return answer.status;
}
