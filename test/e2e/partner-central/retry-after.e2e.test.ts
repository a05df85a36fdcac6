import { expect, test } from 'vitest';
import type { ServedCall } from '../../../src/emulator/call-log.ts';
import type { InjectedFault } from '../../../src/emulator/faults/fault-kinds.ts';
import { column } from '../stage/results-file.ts';
import { isWrite } from '../stage/server-record.ts';
import { setStage } from '../stage/stage.ts';
import type { Test } from '../stage/work-folder.ts';

const ASKED_SECONDS = 2;
/** A timer may ring a few milliseconds early. */
const LEAST_MS = ASKED_SECONDS * 1_000 - 10;

/** The writes, after the one that the third of six rows was told to come back with. */
async function writesAfter(
  task: Test,
  kind: InjectedFault,
): Promise<{ told: ServedCall; after: ServedCall[] }> {
  const stage = await setStage(task, 6);
  const opportunityId = stage.rows[2]?.opportunityId ?? '';
  const headers = { 'retry-after': String(ASKED_SECONDS) };
  await stage.emulator.script([
    { kind, times: 1, operation: 'DisassociateOpportunity', opportunityId, headers },
  ]);

  // One call at a time: none is on its way when the answer comes.
  const ended = await stage.disassociate('--concurrency', '1');

  expect(ended.code).toBe(0);
  expect(new Set(column(stage.results(), 'status'))).toEqual(new Set(['disassociated']));
  const writes = (await stage.emulator.calls()).filter(isWrite);
  const told = writes.find(({ fault }) => fault === kind);
  if (told === undefined) throw new Error('Nobody was told to come back.');
  return { told, after: writes.filter(({ sequence }) => sequence > told.sequence) };
}

function waitedMs({ answeredAtMs = Number.NaN }: ServedCall, next: ServedCall | undefined): number {
  return (next?.atMs ?? Number.NaN) - answeredAtMs;
}

test.concurrent('a throttle’s Retry-After is the least wait of every call', async (task) => {
  const { told, after } = await writesAfter(task, 'throttle');
  expect(after).toHaveLength(4);
  expect(waitedMs(told, after[0])).toBeGreaterThanOrEqual(LEAST_MS);
});

test.concurrent('a 503’s Retry-After is the least wait of the one row, and others go on', async (task) => {
  const { told, after } = await writesAfter(task, 'unavailable');
  const again = after.find(({ opportunityId }) => opportunityId === told.opportunityId);
  expect(waitedMs(told, again)).toBeGreaterThanOrEqual(LEAST_MS);
  expect(after.indexOf(again ?? told)).toBeGreaterThan(0);
});
