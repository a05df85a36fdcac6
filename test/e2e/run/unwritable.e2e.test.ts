import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PROGRAM, startProcess, type Ended } from '../stage/program.ts';
import { column, parseResults, type ResultLine } from '../stage/results-file.ts';
import { accountsOf, ledgerEntries, servedFor, unwarrantedRepeats } from '../stage/server-record.ts';
import { setStage, type Stage } from '../stage/stage.ts';

/** A filesystem of one's own takes root and a kernel that lets it. */
const CAN_MOUNT = canMount();

test(
  'a full filesystem under the run’s folder stops the run; with room again the same command ends it',
  { skip: !CAN_MOUNT },
  async (task) => {
    const stage = await setStage(task, 200, ['--latency', '10']);
    const small = stage.folder.at('small');
    mkdirSync(small);
    mount('-t', 'tmpfs', '-o', 'size=96k', 'tmpfs', small);
    task.onTestFinished(() => void spawnSync('umount', [small]));
    const output = ['-o', 'small/people.results.csv'];

    const full = await stage.disassociateBuilt(...output);
    expectStoppedForRoom(full);
    expect(full.stderr).toContain('ENOSPC');
    // The disk was full in the middle of a line, perhaps.
    const soFar = stage.folder.read('small/people.oppsweep/results.partial.csv');
    expectNoRowBlamed(parseResults(soFar.slice(0, soFar.lastIndexOf('\n') + 1)));
    const still = await stage.disassociate(...output);
    expectStoppedForRoom(still);

    mount('-o', 'remount,size=4m', small);
    const again = await stage.disassociate(...output);
    expect(again.code).toBe(0);
    await expectTheTruth(stage, parseResults(stage.folder.read('small/people.results.csv')));
  },
);

test('a file that may grow no further stops the run likewise', async (task) => {
  const stage = await setStage(task, 200);
  // 32 KiB: the journal meets that first.
  const limited = [`ulimit -f 32`, `exec '${process.execPath}' '${PROGRAM}' "$@"`].join('; ');
  const unlimited = ['--rate', 'unlimited', '--read-rate', 'unlimited'];
  const args = ['disassociate', 'people.csv', '--catalog', 'Sandbox', ...unlimited];
  const full = await startProcess('bash', ['-c', limited, 'bash', ...args], stage.surroundings).ended;

  expectStoppedForRoom(full);
  expectNoRowBlamed(stage.resultsSoFar());
  const again = await stage.disassociate();
  expect(again.code).toBe(0);
  await expectTheTruth(stage, stage.results());
});

test('results that can’t get their name stop the run, and the same command gives it to them later', async (task) => {
  const stage = await setStage(task, 40, ['--latency', '20']);
  const running = stage.start('--concurrency', '2');
  await running.says(/40 rows to send/);
  stage.folder.write('people.results.csv/in-the-way', '');
  expectStoppedForRoom(await running.ended);

  stage.folder.remove('people.results.csv');
  const again = await stage.disassociate();
  expect(again.code).toBe(0);
  await expectTheTruth(stage, stage.results());
});

test('results so far that can’t be written stop the run; what was settled stays so', async (task) => {
  const stage = await setStage(task, 40);
  await stage.disassociate('--limit', '10');
  stage.folder.remove('people.oppsweep/results.partial.csv');
  stage.folder.write('people.oppsweep/results.partial.csv/in-the-way', '');
  expectStoppedForRoom(await stage.disassociate());

  stage.folder.remove('people.oppsweep/results.partial.csv');
  const again = await stage.disassociate();
  expect(again.code).toBe(0);
  await expectTheTruth(stage, stage.results());
});

function expectStoppedForRoom({ code, stderr }: Ended): void {
  expect(stderr).toContain('Stopped (results_unwritable)');
  expect(stderr).toContain('Make room on the disk');
  expect(stderr).toContain('Go on:  oppsweep disassociate people.csv --catalog Sandbox');
  expect(code).toBe(3);
}

function expectNoRowBlamed(lines: readonly ResultLine[]): void {
  expect(column(lines, 'status').filter((status) => status !== 'disassociated')).toEqual([]);
}

/** Every row once and in order, as the server has it, with no call repeated blindly and none missing in the ledger. */
async function expectTheTruth(stage: Stage, lines: readonly ResultLine[]): Promise<void> {
  const calls = await stage.emulator.calls();
  expect(column(lines, 'opportunity_id')).toEqual(stage.rows.map(({ opportunityId }) => opportunityId));
  const removed = servedFor(lines, calls).map((row) => row.removed);
  expect(accountsOf(lines).map((row) => row.removed)).toEqual(removed);
  expect(await stage.emulator.held()).toEqual([]);
  expect(unwarrantedRepeats(calls)).toEqual([]);
  const { received } = (await stage.emulator.counts()).operations.DisassociateOpportunity;
  expect(ledgerEntries(stage.folder)).toBeGreaterThanOrEqual(received);
}

function mount(...args: readonly string[]): void {
  const { status, stderr } = spawnSync('mount', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`mount: ${stderr}`);
}

function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'oppsweep-mount-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]).status === 0;
  if (mounted) spawnSync('umount', [folder]);
  rmSync(folder, { recursive: true });
  return mounted;
}
