import { expect, test } from 'vitest';
import { column } from '../stage/results-file.ts';
import { isWrite } from '../stage/server-record.ts';
import { setStage, type Stage } from '../stage/stage.ts';
import type { Test } from '../stage/work-folder.ts';

const ROWS = 40;
const DENIED = 7;

/** The last rows are another account's: whatever is asked of their opportunities is denied. */
async function setDeniedTail(task: Test, rows: number = ROWS): Promise<Stage> {
  const stage = await setStage(task, rows);
  await stage.emulator.script(
    stage.rows
      .slice(-DENIED)
      .map(({ opportunityId }) => ({ kind: 'denied', times: 'always', opportunityId }) as const),
  );
  return stage;
}

function expectOwnFaults(stage: Stage): void {
  const lines = stage.results();
  const statuses = lines.map((_, index) => (index < ROWS - DENIED ? 'disassociated' : 'failed'));
  expect(column(lines, 'status')).toEqual(statuses);
  const tail = lines.slice(-DENIED);
  expect(new Set(column(tail, 'exception'))).toEqual(new Set(['AccessDeniedException']));
  expect(new Set(column(tail, 'attempts'))).toEqual(new Set(['1']));
}

test.concurrent('last rows that are denied are to blame themselves: the run ends, and nobody speaks of an outage', async (task) => {
  const stage = await setDeniedTail(task);

  const ended = await stage.disassociateBuilt();

  expect(ended.code).toBe(1);
  expectOwnFaults(stage);
  expect(ended.stderr).not.toContain('No usable answer');
});

for (const options of [[], ['--no-preflight'], ['--protect-last']]) {
  const how = options.join(' ') || 'a look beforehand';
  test.concurrent(`so are those that a session of their own begins with (${how})`, async (task) => {
    const stage = await setDeniedTail(task);
    const first = await stage.disassociate(...options, '--limit', String(ROWS - DENIED));
    expect(first.code).toBe(3);

    const ended = await stage.disassociate(...options);

    expect(ended.code).toBe(1);
    const lines = stage.results();
    expect(column(lines, 'status').slice(-DENIED)).toEqual(Array(DENIED).fill('failed'));
    expect(new Set(column(lines.slice(-DENIED), 'exception'))).toEqual(new Set(['AccessDeniedException']));
  });
}

test.concurrent('a permission to write that is gone when the run goes on stops it after a streak', async (task) => {
  const stage = await setStage(task, 300);
  await stage.disassociate('--limit', '20');
  await stage.emulator.script([{ kind: 'denied', times: 'always', operation: 'DisassociateOpportunity' }]);

  const ended = await stage.disassociate();

  expect(ended.code).toBe(3);
  expect(ended.stderr).toContain('Stopped (access_denied)');
  const failed = column(stage.resultsSoFar(), 'status').filter((status) => status === 'failed');
  expect(failed.length).toBeLessThan(50);
  const denied = (await stage.emulator.calls()).filter((call) => isWrite(call) && call.fault === 'denied');
  expect(denied.length).toBeLessThan(100);
});

test.concurrent('rows that get no usable answer while others do fail after their attempts', async (task) => {
  const stage = await setStage(task, ROWS);
  const tail = stage.rows.slice(-3);
  await stage.emulator.script(
    tail.map(
      ({ opportunityId }) =>
        ({ kind: 'error', times: 'always', operation: 'DisassociateOpportunity', opportunityId }) as const,
    ),
  );

  const ended = await stage.disassociate('--max-attempts', '3');

  expect(ended.code).toBe(1);
  const lines = stage.results().slice(-3);
  expect(column(lines, 'status')).toEqual(['failed', 'failed', 'failed']);
  expect(column(lines, 'attempts')).toEqual(['3', '3', '3']);
});

test.concurrent('Ctrl-C ends the wait for a service that is away', async (task) => {
  const stage = await setStage(task, ROWS);
  await stage.emulator.script([
    { kind: 'unavailable', times: 'always', after: { calls: 10, operation: 'DisassociateOpportunity' } },
  ]);
  const running = stage.start();
  await running.says(/No usable answer from the service/);
  running.send('SIGINT');

  const ended = await running.ended;

  expect(ended.code).toBe(130);
  expect(new Set(column(stage.resultsSoFar(), 'status'))).toEqual(new Set(['disassociated']));
});
