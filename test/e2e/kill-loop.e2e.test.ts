import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { ServedCall } from '../../src/emulator/call-log.ts';
import { seededDice } from '../../src/emulator/seeded-dice.ts';
import { startProcess, PROGRAM } from './program.ts';
import { column } from './results-file.ts';
import { removalsByAssociation } from './server-record.ts';
import { setStage, type Stage } from './stage.ts';

const ROWS = 600;
const KILLS = 60;
/** How many of them befall a run that has begun to call. */
const CALLING = 0.8;
/** Slow enough that no session comes near the end of the job. */
const SLOW = ['--concurrency', '2', '--max-attempts', '8'];
const TROUBLE = ['--latency', '50±40', '--fault', 'throttle=2%,error=2%,reset=2%,reset-after=2%,garbage=1%'];

test('killed at random moments, a run loses nothing, and does nothing twice without knowing', async (task) => {
  const stage = await setStage(task, ROWS, TROUBLE);
  const dice = seededDice(20_261_123);

  let kills = 0;
  while (kills < KILLS) {
    const running = stage.start(...SLOW);
    // Most are killed among their calls, however slow the machine; some while they still begin.
    if (dice() < CALLING) await running.says(/rows? to send/).catch(() => undefined);
    const ended = await Promise.race([running.ended, delay(Math.floor(dice() * 700))]);
    // A session that came to its end leaves nothing to kill.
    if (ended !== undefined) break;
    running.send('SIGKILL');
    await running.ended;
    kills += 1;
  }
  const last = await stage.disassociate('--max-attempts', '8');

  expect(kills).toBe(KILLS);
  expect(last.stderr).toMatch(/Going on with the run begun .*: \d+ rows? done/);
  expect(last.code).toBe(0);
  await expectTheTruth(stage);
  const calls = await stage.emulator.calls();
  const writes = calls.filter(({ operation }) => operation === 'DisassociateOpportunity');
  process.stderr.write(
    `kill loop: ${KILLS} kills through ${ROWS} rows; ${writes.length} writes and ${calls.length - writes.length} reads served, ` +
      `${writes.filter(({ fault }) => fault !== undefined).length} of the writes with a fault; ledger ${ledgerEntries(stage)}\n`,
  );
});

test('a full disk stops the run with its reason, and with room again the same command ends it', async (task) => {
  const stage = await setStage(task, 200);
  const options = [
    'disassociate',
    'people.csv',
    '--catalog',
    'Sandbox',
    '--rate',
    'unlimited',
    '--read-rate',
    'unlimited',
  ];
  const command = [process.execPath, PROGRAM, ...options].map((word) => `'${word}'`).join(' ');
  // No file may grow past 32 KiB: the journal meets that first.
  const full = await startProcess(
    'bash',
    ['-c', `trap '' XFSZ; ulimit -f 32; exec ${command}`],
    stage.surroundings,
  ).ended;

  expect(full.stderr).toContain('Stopped (results_unwritable)');
  expect(full.stderr).toContain('Make room on the disk');
  expect(full.code).toBe(3);
  expect(column(stage.resultsSoFar(), 'status').every((status) => status === 'disassociated')).toBe(true);

  const again = await stage.disassociate();
  expect(again.code).toBe(0);
  await expectTheTruth(stage);
});

test('results that can’t get their name stop the run, and the same command gives it to them later', async (task) => {
  const stage = await setStage(task, 40, ['--latency', '20']);
  const running = stage.start('--concurrency', '2');
  await running.says(/40 rows to send/);
  stage.folder.write('people.results.csv/in-the-way', '');
  const stopped = await running.ended;

  expect(stopped.stderr).toContain('Stopped (results_unwritable)');
  expect(stopped.code).toBe(3);

  stage.folder.remove('people.results.csv');
  const again = await stage.disassociate();
  expect(again.code).toBe(0);
  await expectTheTruth(stage);
});

/** The finished results against the input, the server's own record, and the ledger. */
async function expectTheTruth(stage: Stage): Promise<void> {
  const lines = stage.results();
  const calls = await stage.emulator.calls();
  expect(column(lines, 'opportunity_id')).toEqual(stage.rows.map(({ opportunityId }) => opportunityId));
  expect(column(lines, 'row')).toEqual(stage.rows.map((_, index) => String(index + 2)));
  const removals = removalsByAssociation(calls);
  for (const line of lines) {
    const own = removals.get(`${line['opportunity_id']} ${line['entity_type']} ${line['entity_id']}`) ?? [];
    expect([line['row'], line['status']]).toEqual([
      line['row'],
      own.some(({ changed }) => changed) ? 'disassociated' : 'other',
    ]);
    expect(own.filter((call, index) => !mayFollow(own[index - 1], call, calls))).toEqual([]);
  }
  expect(await stage.emulator.held()).toEqual([]);
  const admitted = calls.filter((call) => call.operation === 'DisassociateOpportunity' && call.admitted);
  expect(ledgerEntries(stage)).toBeGreaterThanOrEqual(admitted.length);
}

/**
 * A second call for an association is in order where the first was answered by a throttle or a 500 that changed
 * nothing (an answer tells the client so), or where a read lies between the two; never after one that changed it.
 */
function mayFollow(before: ServedCall | undefined, call: ServedCall, calls: readonly ServedCall[]): boolean {
  if (before === undefined) return true;
  if (before.changed) return false;
  if (before.fault === 'throttle' || before.fault === 'error') return true;
  return calls.some(
    ({ operation, opportunityId, sequence }) =>
      operation === 'GetOpportunity' &&
      opportunityId === call.opportunityId &&
      sequence > before.sequence &&
      sequence < call.sequence,
  );
}

/** Eight bytes a call, in the one ledger of the stage's own home. */
function ledgerEntries({ folder }: Stage): number {
  const ledgers = folder.at('home/state/oppsweep/ledger');
  return readdirSync(ledgers)
    .map((owner) => statSync(join(ledgers, owner, 'writes.ledger')).size / 8)
    .reduce((sum, entries) => sum + entries, 0);
}
