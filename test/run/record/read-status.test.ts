import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { realDisk } from '../../../src/disk/disk.ts';
import { acquireLock } from '../../../src/store/files/lock/lock.ts';
import { thisMachine, type Machine } from '../../../src/disk/machine.ts';
import type { Clock } from '../../../src/model/clock.ts';
import { openFileLedger } from '../../../src/store/files/ledger/file-ledger.ts';
import { RESULT_COLUMNS } from '../../../src/model/result-columns.ts';
import type { EndEntry, SessionEntry } from '../../../src/store/journal-line.ts';
import { QUOTA_DAY_MS } from '../../../src/model/quota/quota-day.ts';
import { readStatus, type SoundStatus } from '../../../src/run/record/read-status.ts';
import { makeRunFolder, type RunFolder } from '../../store/files/run-folder/make-run-folder.ts';
import { doneEntry, tryEntry, validRow } from '../../results/samples.ts';

const NOW_MS = Date.UTC(2025, 0, 31, 12);
const DAY_MS = 86_400_000;
const clock: Clock = { wallMs: () => NOW_MS, monotonicMs: () => 0, sleep: async () => undefined };
const SESSION: SessionEntry = { t: 'session', at: '', callsPerSecond: 1, callsPerDay: 100 };
const END: EndEntry = {
  t: 'end',
  tally: { rows: 3, byStatus: { disassociated: 3 }, byException: {}, attempts: 3 },
  resultsSha256: 'ab',
  at: '2025-01-31T12:00:00.000Z',
};
const INPUT = [
  'Opportunity ID,Entity ID',
  ...[0, 1, 2].map((ordinal) => validRow(ordinal).cells.join(',')),
  '',
].join('\n');

async function statusOf({ record }: RunFolder, machine: Machine = thisMachine): Promise<SoundStatus> {
  const found = await readStatus(await record({ machine, clock }));
  if (found.journalFault !== undefined) throw new Error(found.journalFault);
  return found;
}

/** This process works on it. */
function holdRun({ paths }: RunFolder): Promise<unknown> {
  const request = { purpose: 'disassociate people.csv', refusal: 'run_held' } as const;
  return acquireLock(paths.lock, request, { disk: realDisk, machine: thisMachine, wallMs: () => NOW_MS });
}

describe('readStatus', () => {
  it('of a run that nobody works on says that it is stopped, and what is done and in doubt', async () => {
    const run = makeRunFolder(INPUT);
    run.journal(SESSION, tryEntry(0), tryEntry(1), doneEntry(0));
    expect(await statusOf(run)).toMatchObject({
      state: 'stopped',
      holder: undefined,
      end: undefined,
      input: { rows: 3, valid: 3 },
      settled: { rows: 1, byStatus: { disassociated: 1 } },
      inDoubt: 1,
      rowsInDoubt: [{ row: 3, key: 'O1 Solutions S-0000001' }],
    });
  });

  it('of a run whose lock a living process holds says that it is running, and by whom', async () => {
    const run = makeRunFolder(INPUT);
    run.journal(SESSION);
    await holdRun(run);
    expect(await statusOf(run)).toMatchObject({
      state: 'running',
      holder: { pid: process.pid, purpose: 'disassociate people.csv' },
    });
    const gone: Machine = { ...thisMachine, processState: async () => ({ alive: false }) };
    expect(await statusOf(run, gone)).toMatchObject({ state: 'stopped', holder: undefined });
  });

  it.each([
    ['usage', false],
    ['state_damaged', false],
    ['credentials_expired', true],
  ] as const)('of a run that stopped for %s proposes its command, and times it: %s', async (code, goesOn) => {
    const run = makeRunFolder(INPUT);
    const goOn = 'oppsweep disassociate people.csv';
    run.journal({ ...SESSION, goOn }, { t: 'stop', code, message: 'It is.', at: '' });
    const status = await statusOf(run);
    expect(status).toMatchObject({ state: 'stopped', stop: { code } });
    expect([status.goOn === goOn, status.expectedFinishMs !== undefined]).toEqual([goesOn, goesOn]);
  });

  it.each([
    ['sign-in', 'sign_in'],
    ['reads', 'daily_read_quota'],
  ] as const)(
    'of a run under way whose rows wait (%s) says for what, and no finish that forgets it',
    async (what, told) => {
      const run = makeRunFolder(INPUT);
      const awaited = { what, sinceMs: NOW_MS - 60_000, untilMs: NOW_MS + 60_000 } as const;
      run.journal(SESSION, tryEntry(0), doneEntry(0), { t: 'wait', at: awaited.sinceMs, awaited });
      expect(await statusOf(run)).not.toHaveProperty('waits');
      await holdRun(run);
      const { sinceMs, untilMs } = awaited;
      expect(await statusOf(run)).toMatchObject({
        state: 'running',
        waits: { for: told, sinceMs, untilMs },
        expectedFinishMs: undefined,
      });
    },
  );

  it('of a run under way tells the end at the rate of its newest session, where that has been seen for a while', async () => {
    const run = makeRunFolder(INPUT);
    const at = (ordinal: number, finishedAt: number) =>
      doneEntry(ordinal, {
        status: 'disassociated',
        confirmedBy: 'answer',
        calls: { attempts: 1, requestIds: [], finishedAt },
      });
    const leftMs = async (): Promise<number> => ((await statusOf(run)).expectedFinishMs ?? 0) - NOW_MS;
    run.journal({ ...SESSION, callsPerSecond: 20 }, at(0, 0), at(1, 40_000));
    expect(await leftMs()).toBe(0);
    await holdRun(run);
    expect(await leftMs()).toBe(39_950);
    run.journal(
      { ...SESSION, callsPerSecond: 20 },
      at(0, 0),
      { ...SESSION, callsPerSecond: 20 },
      at(1, 40_000),
    );
    expect(await leftMs()).toBe(0);
  });

  it('of a run under way needs no quota for the rows whose write is counted', async () => {
    const run = makeRunFolder(INPUT);
    const folder = `${run.paths.folder}/ledger`;
    const ledger = await openFileLedger(
      { folder, kind: 'writes', purpose: 'a test', capacity: 10 },
      { disk: realDisk, machine: thisMachine, clock: { ...clock, wallMs: () => NOW_MS } },
    );
    ledger.record();
    await ledger.close();
    run.journal({ ...SESSION, ledgerFolder: folder, callsPerDay: 3 }, tryEntry(0));
    expect(await statusOf(run)).toMatchObject({ expectedFinishMs: NOW_MS + QUOTA_DAY_MS });
    await holdRun(run);
    expect(await statusOf(run)).toMatchObject({ inDoubt: 1, expectedFinishMs: NOW_MS + 1_000 });
  });

  it('of a finished run says so', async () => {
    const run = makeRunFolder(INPUT);
    run.journal(SESSION, ...[0, 1, 2].map((ordinal) => doneEntry(ordinal)), END);
    expect(await statusOf(run)).toMatchObject({ state: 'finished', end: END, settled: { rows: 3 } });
  });

  it('reads a journal whose last line is torn, as a running process leaves it', async () => {
    const run = makeRunFolder(INPUT);
    run.journal(SESSION, doneEntry(0));
    const file = await realDisk.openForAppend(run.paths.journal);
    await file.append(Buffer.from('0000'));
    await file.close();
    expect((await statusOf(run)).settled.rows).toBe(1);
  });

  it('tells of the quota and the end: what the ledger has of the last 24 hours, and when it frees', async () => {
    const run = makeRunFolder(INPUT);
    const folder = `${run.paths.folder}/ledger`;
    let at = NOW_MS - DAY_MS + 60_000;
    const ledger = await openFileLedger(
      { folder, kind: 'writes', purpose: 'a test', capacity: 10 },
      { disk: realDisk, machine: thisMachine, clock: { ...clock, wallMs: () => at } },
    );
    ledger.record();
    at = NOW_MS - 1_000;
    ledger.record();
    await ledger.close();

    run.journal({ ...SESSION, ledgerFolder: folder });
    expect(await statusOf(run)).toMatchObject({
      quota: { usedInDay: 2, leftInDay: 98 },
      expectedFinishMs: NOW_MS + 2_000,
    });
    run.journal({ ...SESSION, ledgerFolder: folder, callsPerDay: 2 });
    expect((await statusOf(run)).quota).toEqual({
      usedInDay: 2,
      leftInDay: 0,
      freesAtMs: NOW_MS + 60_000 + QUOTA_DAY_MS - DAY_MS,
    });
    run.journal({ ...SESSION, ledgerFolder: folder, callsPerDay: 'unlimited' });
    expect((await statusOf(run)).quota).toEqual({ usedInDay: 2, leftInDay: 'unlimited' });
  });

  it('counts the quota of a rehearsal while it goes: its process alone has another count', async () => {
    const run = makeRunFolder(INPUT);
    run.journal(
      { ...SESSION, callsPerDay: 5, at: new Date(NOW_MS).toISOString() },
      tryEntry(0, { at: NOW_MS }),
    );
    expect(await statusOf(run)).toMatchObject({ quota: { usedInDay: 0 } });
    await holdRun(run);
    expect(await statusOf(run)).toMatchObject({ quota: { usedInDay: 1, leftInDay: 4 } });
  });

  it('tells of the exceptions met lately, and of how fast rows are settled', async () => {
    const run = makeRunFolder(INPUT);
    const at = (ordinal: number, finishedAt: number) =>
      doneEntry(ordinal, {
        status: 'disassociated',
        confirmedBy: 'answer',
        calls: { attempts: 1, requestIds: [], finishedAt },
      });
    const fault = { kind: 'throttled', exception: 'ThrottlingException' } as const;
    run.journal(
      SESSION,
      tryEntry(0),
      { t: 'answer', ordinal: 0, n: 1, at: 5, fault },
      at(0, 1_000),
      at(1, 1_500),
      at(2, 3_000),
    );
    expect(await statusOf(run)).toMatchObject({
      lastFaults: [{ atMs: 5, exception: 'ThrottlingException' }],
      rowsPerSecond: 1,
    });
  });

  it('counts only the rows that --only takes, and tells no end of a plan, which spends no quota', async () => {
    const run = makeRunFolder(INPUT, { terms: { command: 'plan' } });
    run.journal(SESSION);
    expect(await statusOf(run)).toMatchObject({
      rowsToRun: 3,
      quota: undefined,
      expectedFinishMs: undefined,
    });
    const header = ['Opportunity ID', 'Entity ID', ...RESULT_COLUMNS].join(',');
    const line = (ordinal: number, status: string): string => {
      const { opportunityId, entity } = validRow(ordinal).target;
      const cells = ['', status, '', '', '', opportunityId, entity.type, entity.id];
      return [opportunityId, entity.id, ...RESULT_COLUMNS.map((_, index) => cells[index] ?? '')].join(',');
    };
    const again = makeRunFolder([header, line(0, 'disassociated'), line(1, 'failed'), ''].join('\n'), {
      terms: { command: 'disassociate', only: 'failed' },
    });
    again.journal(SESSION);
    expect(await statusOf(again)).toMatchObject({
      input: { valid: 2 },
      rowsToRun: 1,
      expectedFinishMs: NOW_MS,
    });
  });

  it('refuses what is no run', async () => {
    const run = makeRunFolder(INPUT);
    rmSync(run.paths.journal);
    await expect(statusOf(run)).rejects.toMatchObject({ code: 'input_unreadable' });
  });
});
