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
      },
      { sequence: 2, atMs: 1500, admitted: true, changed: false, exception: 'ResourceNotFoundException' },
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

describe('/_emulator/script', () => {
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
