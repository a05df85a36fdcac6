import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { InjectedFault } from '../../../src/emulator/faults/fault-kinds.ts';
import { cases } from '../../soak.ts';
import { expectToGoOn } from '../stage/go-on.ts';
import { column } from '../stage/results-file.ts';
import { isWrite, unwarrantedRepeats } from '../stage/server-record.ts';
import { setStage, type Stage } from '../stage/stage.ts';
import type { Test } from '../stage/work-folder.ts';

const ROWS = Math.max(80, cases(400));
const ROWS_BEFORE = Math.max(30, cases(150));
/** From when the program says that the service is away. */
const LASTS_MS = cases(20) * 1_000;
const MOST_WRITES = 60;
/** So that silence shows soon. */
const OPTIONS = ['--timeout', '2'];

const KINDS: readonly (readonly [string, InjectedFault])[] = [
  ['a proxy’s page with 503', 'unavailable'],
  ['a captive portal’s page with 200', 'html'],
  ['a proxy’s page with 403', 'forbidden'],
  ['InternalServerException', 'error'],
  ['silence', 'hang'],
  ['AccessDeniedException', 'denied'],
  ['connections that are reset', 'reset'],
];

/** Every call meets the fault, once so many rows are done. */
async function setOutage(task: Test, kind: InjectedFault): Promise<Stage> {
  const stage = await setStage(task, ROWS);
  const after = { calls: ROWS_BEFORE, operation: 'DisassociateOpportunity' } as const;
  await stage.emulator.script([{ kind, times: 'always', after }]);
  return stage;
}

async function expectCareful({ emulator }: Stage, kind: InjectedFault): Promise<void> {
  const calls = await emulator.calls();
  expect(unwarrantedRepeats(calls)).toEqual([]);
  const spent = calls.filter((call) => call.fault === kind);
  // Looks alone may meet it: then no write is spent at all.
  expect(spent.length).toBeGreaterThan(0);
  expect(spent.filter(isWrite).length).toBeLessThanOrEqual(MOST_WRITES);
}

describe.concurrent.each(KINDS)('an outage in mid-run: %s', (_, kind) => {
  test.concurrent('is waited for, and spoils no row', async (task) => {
    const stage = await setOutage(task, kind);
    const running = stage.start(...OPTIONS);
    await running.says(/(No usable answer from the service|is denied): .* No call leaves until it/);
    await delay(LASTS_MS);
    await stage.emulator.clearScript();

    const ended = await running.ended;

    expect(ended.stderr).toContain('The service answers again');
    expect(ended.code).toBe(0);
    const lines = stage.results();
    expect(column(lines, 'status')).toEqual(Array(ROWS).fill('disassociated'));
    await expectCareful(stage, kind);
    expect(await stage.emulator.held()).toEqual([]);
  });

  test.concurrent('stops the run once it outlasts --outage-wait; the same command finishes later', async (task) => {
    const stage = await setOutage(task, kind);

    const ended = await stage.start(...OPTIONS, '--outage-wait', '0.02').ended;

    const reason = kind === 'denied' ? 'access_denied' : 'service_unreachable';
    expect(ended.stderr).toContain(`Stopped (${reason})`);
    expect(ended.code).toBe(3);
    expect(new Set(column(stage.resultsSoFar(), 'status'))).toEqual(new Set(['disassociated']));
    await stage.emulator.clearScript();
    await expectToGoOn(stage, ...OPTIONS);
    await expectCareful(stage, kind);
  });
});
