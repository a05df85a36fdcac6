import { describe, expect, it, vi } from 'vitest';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { FAULT_KINDS, isInjectedFault, type InjectedFault } from '../../src/emulator/faults/fault-kinds.ts';
import { call, exceptionName, sign, type Received } from './signed-post.ts';
import { change, held, startForTest } from './start-for-test.ts';

const SOLUTION = change('O1', 'Solutions', 'S-0000001');
/** Those that can befall a change. */
const KINDS = Object.keys(FAULT_KINDS)
  .filter(isInjectedFault)
  .filter((kind) => kind !== 'bad-token');

function script(kind: InjectedFault): { chances: []; script: [{ kind: InjectedFault; times: number }] } {
  return { chances: [], script: [{ kind, times: 1 }] };
}

/** Resolves even if the connection breaks; a call that hangs is given up once the emulator has noted it. */
async function disassociateUnder(kind: InjectedFault): Promise<{ emulator: Emulator; answer?: Received }> {
  const emulator = await startForTest({ faults: script(kind) });
  const answered = call(emulator, 'DisassociateOpportunity', SOLUTION).catch(() => undefined);
  if (kind.startsWith('hang')) {
    await vi.waitUntil(() => emulator.counts().faults[kind] === 1, { timeout: 60_000 });
    return { emulator };
  }
  const answer = await answered;
  return { emulator, ...(answer && { answer }) };
}

describe('a fault', () => {
  it.each(KINDS)('%s changes the state only if it falls after the change', async (kind) => {
    const { emulator } = await disassociateUnder(kind);
    const removed = !held(emulator).includes('O1 Solutions S-0000001');
    expect(removed).toBe(FAULT_KINDS[kind].moment === 'after');
    expect(emulator.calls()).toMatchObject([{ fault: kind, changed: removed }]);
  });

  it.each(KINDS)('%s befalls one call where it is scripted once', async (kind) => {
    const { emulator } = await disassociateUnder(kind);
    const next = await call(emulator, 'GetOpportunity', { Catalog: 'Sandbox', Identifier: 'O1' });
    expect(next.status).toBe(200);
  });

  it.each([
    ['throttle', 'ThrottlingException', 400],
    ['retry-after', 'ThrottlingException', 400],
    ['error', 'InternalServerException', 500],
    ['error-after', 'InternalServerException', 500],
    ['denied', 'AccessDeniedException', 400],
    ['expired', 'ExpiredTokenException', 400],
    ['validation', 'ValidationException', 400],
    ['unknown-exception', 'BrandNewException', 400],
  ] as const)('%s is answered with %s, status %i', async (kind, name, status) => {
    const { answer } = await disassociateUnder(kind);
    expect(answer && [exceptionName(answer), answer.status]).toEqual([name, status]);
    expect(answer?.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each([
    ['unavailable', 503],
    ['html', 200],
    ['forbidden', 403],
  ] as const)('%s is a page of HTML without a request id, status %i', async (kind, status) => {
    const { answer } = await disassociateUnder(kind);
    expect(answer?.status).toBe(status);
    expect(answer?.headers.get('content-type')).toBe('text/html');
    expect(answer?.headers.get('x-amzn-requestid')).toBeNull();
  });

  it('garbage is a 200 that is not JSON', async () => {
    const { answer } = await disassociateUnder('garbage');
    expect(answer?.status).toBe(200);
    expect((): unknown => JSON.parse(answer?.text ?? '{}')).toThrow(SyntaxError);
  });

  it('no-request-id is the answer without its request id', async () => {
    const { answer } = await disassociateUnder('no-request-id');
    expect([answer?.status, answer?.text]).toEqual([200, '{}']);
    expect(answer?.headers.get('x-amzn-requestid')).toBeNull();
  });

  it('validation carries what breaks a CSV: commas, quotes, line ends, a formula', async () => {
    const { answer } = await disassociateUnder('validation');
    // The shape of ValidationException.
    const { ErrorList } = JSON.parse(answer?.text ?? '') as { ErrorList: { Message: string }[] };
    expect(ErrorList[0]?.Message).toMatch(/^=cmd.*,.*".*"[^]*\r\n/);
  });

  it.each(['reset', 'reset-after'] as const)('%s breaks the connection', async (kind) => {
    const emulator = await startForTest({ faults: script(kind) });
    await expect(call(emulator, 'DisassociateOpportunity', SOLUTION)).rejects.toMatchObject({
      cause: { code: 'ECONNRESET' },
    });
  });

  it('hang answers nothing, for as long as the client waits', async () => {
    const emulator = await startForTest({ faults: script('hang') });
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'AWSPartnerCentralSelling.DisassociateOpportunity',
    };
    const body = JSON.stringify(SOLUTION);
    const signed = await sign(emulator, { headers, body });
    const waiting = new AbortController();
    const { signal } = waiting;
    const answered = fetch(emulator.url, { method: 'POST', headers: { ...signed }, body, signal });
    await expect.poll(() => emulator.counts().faults.hang).toBe(1);
    waiting.abort();
    await expect(answered).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('that throttles takes nothing from the quota; every other does', async () => {
    const admitted = [];
    for (const kind of KINDS) {
      const { emulator } = await disassociateUnder(kind);
      if (emulator.counts().operations.DisassociateOpportunity.admitted === 1) admitted.push(kind);
    }
    expect(admitted).toEqual(
      KINDS.filter((kind) => !['throttle', 'retry-after', 'too-many-requests'].includes(kind)),
    );
  });
});

describe('the emulator', () => {
  it('closes while calls hang', async () => {
    const { emulator } = await disassociateUnder('hang');
    await emulator.close();
    await expect(fetch(emulator.url)).rejects.toThrow('fetch failed');
  });

  it('repeats its faults for the same seed, and others for another', async () => {
    const faultsOf = async (randomSeed: number): Promise<(InjectedFault | undefined)[]> => {
      const chances = [{ kind: 'throttle', probability: 0.5 }] as const;
      const emulator = await startForTest({ randomSeed, faults: { chances, script: [] } });
      for (let index = 0; index < 24; index += 1) {
        await call(emulator, 'GetOpportunity', { Catalog: 'Sandbox', Identifier: 'O1' });
      }
      return emulator.calls().map(({ fault }) => fault);
    };
    const first = await faultsOf(1);
    expect(await faultsOf(1)).toEqual(first);
    expect(await faultsOf(2)).not.toEqual(first);
  });
});
