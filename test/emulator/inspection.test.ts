import { describe, expect, it } from 'vitest';
import { association } from './associations.ts';
import { manualClock } from './manual-clock.ts';
import { call, exceptionName } from './signed-post.ts';
import { change, startForTest } from './start-for-test.ts';

const SOLUTION = change('O1', 'Solutions', 'S-0000001');

async function linesOf(url: string): Promise<unknown[]> {
  const text = await (await fetch(url)).text();
  return text
    .split('\n')
    .slice(0, -1)
    .map((line): unknown => JSON.parse(line));
}

describe('/_emulator/calls', () => {
  it('tells each call: when, of what, and what became of it', async () => {
    const clock = manualClock(Date.UTC(2025, 0, 31, 12));
    const emulator = await startForTest({ clock });
    const signing = { signedAtMs: clock.wallMs() };
    const answer = await call(emulator, 'DisassociateOpportunity', SOLUTION, signing);
    clock.advance(1500);
    await call(emulator, 'DisassociateOpportunity', SOLUTION, signing);
    expect(await linesOf(`${emulator.url}/_emulator/calls`)).toMatchObject([
      {
        sequence: 1,
        atMs: 0,
        at: '2025-01-31T12:00:00.000Z',
        operation: 'DisassociateOpportunity',
        opportunityId: 'O1',
        entityType: 'Solutions',
        entityId: 'S-0000001',
        requestId: answer.headers.get('x-amzn-requestid'),
        admitted: true,
        changed: true,
        answeredAtMs: 0,
        status: 200,
      },
      {
        sequence: 2,
        atMs: 1500,
        admitted: true,
        changed: false,
        exception: 'ResourceNotFoundException',
        answeredAtMs: 1500,
        status: 400,
      },
    ]);
  });
});

describe('/_emulator/state', () => {
  it('tells every association, however many', async () => {
    const seed = Array.from({ length: 5000 }, (_, index) =>
      association(`O${index}`, 'Solutions', 'S-0000001'),
    );
    const emulator = await startForTest({ seed });
    const lines = await linesOf(`${emulator.url}/_emulator/state`);
    expect(lines).toEqual(
      seed.map(({ opportunityId, entity }) => ({
        opportunityId,
        entityType: entity.type,
        entityId: entity.id,
      })),
    );
  });
});

describe('/_emulator/counts', () => {
  it('counts by operation, exception and fault, itself left out', async () => {
    const emulator = await startForTest();
    emulator.script([{ kind: 'throttle', times: 1 }]);
    await call(emulator, 'DisassociateOpportunity', SOLUTION);
    await call(emulator, 'DisassociateOpportunity', SOLUTION);
    const counts: unknown = await (await fetch(`${emulator.url}/_emulator/counts`)).json();
    expect(counts).toMatchObject({
      received: 2,
      operations: { DisassociateOpportunity: { received: 2, admitted: 1, changed: 1 } },
      exceptions: { ThrottlingException: 1 },
      faults: { throttle: 1 },
      unrecorded: 0,
    });
  });
});

describe('/_emulator/counts, of each operation,', () => {
  it('tells when the first and the last call arrived that were admitted', async () => {
    const clock = manualClock();
    const emulator = await startForTest({ clock });
    const signing = { signedAtMs: clock.wallMs() };
    for (const waitMs of [100, 1000, 1000]) {
      clock.advance(waitMs);
      await call(emulator, 'DisassociateOpportunity', SOLUTION, signing);
    }
    emulator.script([{ kind: 'throttle', times: 1 }]);
    clock.advance(1000);
    await call(emulator, 'DisassociateOpportunity', SOLUTION, signing);
    expect(emulator.counts()).toMatchObject({
      operations: { DisassociateOpportunity: { received: 4, admitted: 3 } },
      stretches: { DisassociateOpportunity: { firstAtMs: 100, lastAtMs: 2100 } },
    });
  });
});

describe('/_emulator/script', () => {
  it('begins an outage by a count of calls, and ends it when told to', async () => {
    const emulator = await startForTest();
    const url = `${emulator.url}/_emulator/script`;
    const outage = { kind: 'denied', times: 'always', after: { calls: 2, operation: 'GetOpportunity' } };
    await fetch(url, { method: 'POST', body: JSON.stringify([outage]) });
    const names: (string | undefined)[] = [];
    const ask = async (): Promise<void> => {
      const answer = await call(emulator, 'GetOpportunity', { Catalog: 'Sandbox', Identifier: 'O1' });
      names.push(exceptionName(answer));
    };
    for (let index = 0; index < 4; index += 1) await ask();
    const { status } = await fetch(url, { method: 'DELETE' });
    await ask();
    expect([...names, status]).toEqual([
      undefined,
      undefined,
      'AccessDeniedException',
      'AccessDeniedException',
      undefined,
      204,
    ]);
  });

  it('adds headers to the answer', async () => {
    const emulator = await startForTest();
    const script = [{ kind: 'unavailable', times: 1, headers: { 'retry-after': '30' } }];
    await fetch(`${emulator.url}/_emulator/script`, { method: 'POST', body: JSON.stringify(script) });
    const answer = await call(emulator, 'DisassociateOpportunity', SOLUTION);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30']);
  });

  it('adds faults for the calls to come', async () => {
    const emulator = await startForTest();
    const script = [{ kind: 'denied', operation: 'GetOpportunity', opportunityId: 'O1', times: 1 }];
    const { status } = await fetch(`${emulator.url}/_emulator/script`, {
      method: 'POST',
      body: JSON.stringify(script),
    });
    const answer = await call(emulator, 'GetOpportunity', { Catalog: 'Sandbox', Identifier: 'O1' });
    expect([status, exceptionName(answer)]).toEqual([204, 'AccessDeniedException']);
  });

  it.each([
    '',
    '{}',
    '[{"kind":"nonsense","times":1}]',
    '[{"kind":"reset"}]',
    '[{"kind":"reset","times":0}]',
    '[{"kind":"reset","times":"often"}]',
    '[{"kind":"reset","times":1,"after":{"calls":0}}]',
    '[{"kind":"reset","times":1,"after":{"calls":1,"operation":"Nothing"}}]',
    '[{"kind":"reset","times":1,"headers":{"retry-after":"1\\r\\nx: y"}}]',
    '[{"kind":"reset","times":1,"opportunity":"O1"}]',
    '[null]',
  ])('refuses %j whole', async (body) => {
    const emulator = await startForTest();
    expect((await fetch(`${emulator.url}/_emulator/script`, { method: 'POST', body })).status).toBe(400);
  });
});

it('answers 404 where there is nothing to inspect', async () => {
  const emulator = await startForTest();
  expect((await fetch(`${emulator.url}/_emulator/elsewhere`)).status).toBe(404);
});
