import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { seededDice } from '../../../src/emulator/faults/seeded-dice.ts';
import type { Dice } from '../../../src/model/clock.ts';
import { setFileStage, type FileStage } from '../stage/file-stage.ts';
import { people } from '../stage/people.ts';
import { column } from '../stage/results-file.ts';
import { busiestSecond, ledgerEntries, unwarrantedRepeats } from '../stage/server-record.ts';

const ROWS = people(600);
/** Of every tenth opportunity the job asks for what it does not hold: not ours to claim, whenever the process died. */
const OTHER = 'S-9999999';
const REMOVABLE = ROWS.filter((_, index) => isHeld(index)).length;
const KILLS = 60;
/** Slow enough that no session comes near the end of the job; several calls are in flight at any moment. */
const SLOW = ['job.csv', '--rate', '10', '--max-attempts', '8', '--no-progress'];
const LATENCY_MS = '300±200';
const FAULTS = 'throttle=2%,error=2%,reset=2%,reset-after=2%,garbage=1%';

test('killed at random moments, a run loses nothing, and does nothing twice without knowing', async (task) => {
  const stage = await setFileStage(
    task,
    {
      job: [
        ['Opportunity ID', 'Entity Type', 'Entity ID'],
        ...ROWS.map((row) => [row.opportunityId, 'Solutions', row.entityId]),
      ],
      held: ROWS.map(({ opportunityId, entityId }, index) => [
        opportunityId,
        'Solutions',
        isHeld(index) ? entityId : OTHER,
      ]),
    },
    ['--latency', LATENCY_MS, '--fault', FAULTS],
  );
  const dice = seededDice(20_261_123);

  const found: { readonly rowsDone: number; readonly rowsInDoubt: number }[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) found.push(await runAndKill(stage, kill, dice));
  const last = await stage.run('disassociate', 'job.csv', '--max-attempts', '8');

  expect(last.stderr).toContain('Finished: 600 rows read');
  await expectTheTruth(stage);
  expect(last.code).toBe(0);
  const rowsInDoubt = Math.max(0, ...found.map((session) => session.rowsInDoubt));
  const rowsDone = Math.max(0, ...found.map((session) => session.rowsDone));
  // Otherwise the kills would have met nothing worth losing.
  expect(rowsInDoubt).toBeGreaterThan(0);
  expect(rowsDone).toBeGreaterThan(60);
  await printFigures(stage, found);
});

function isHeld(index: number): boolean {
  return index % 10 !== 0;
}

/** How long a session lives: now and then not even until its first call, now and then long enough to settle doubts. */
async function runAndKill(
  stage: FileStage,
  kill: number,
  dice: Dice,
): Promise<{ readonly rowsDone: number; readonly rowsInDoubt: number }> {
  const running = stage.start('disassociate', ...SLOW);
  if (kill % 4 !== 0) await running.says(/rows? to send/);
  await delay(kill % 8 === 1 ? 4_000 + dice() * 1_500 : dice() * 2_000);
  running.send('SIGKILL');
  const { signal, stderr } = await running.ended;
  // Alive until then: the job never came to its end by itself.
  expect([signal, stderr]).toEqual(['SIGKILL', stderr]);
  return {
    rowsDone: numberIn(stderr, /(\d+) rows? done/),
    rowsInDoubt: numberIn(stderr, /(\d+) rows? in doubt/),
  };
}

function numberIn(text: string, pattern: RegExp): number {
  return Number(pattern.exec(text)?.[1] ?? 0);
}

/** The finished results against the input, the server's own record, and the ledger. */
async function expectTheTruth(stage: FileStage): Promise<void> {
  const lines = stage.results();
  const calls = await stage.emulator.calls();
  expect(column(lines, 'opportunity_id')).toEqual(ROWS.map(({ opportunityId }) => opportunityId));
  expect(column(lines, 'row')).toEqual(ROWS.map((_, index) => String(index + 2)));

  const removals = calls.filter(({ changed }) => changed).map(({ opportunityId }) => opportunityId);
  const removed = new Set(removals);
  expect(column(lines, 'status')).toEqual(
    ROWS.map(({ opportunityId }) => (removed.has(opportunityId) ? 'disassociated' : 'already_absent')),
  );
  expect([removed.size, removals.length]).toEqual([REMOVABLE, REMOVABLE]);
  expect((await stage.emulator.held()).filter((held) => !held.endsWith(OTHER))).toEqual([]);

  const served = new Set(calls.map(({ requestId, opportunityId }) => `${requestId} ${opportunityId}`));
  const claimed = lines.flatMap((line) =>
    (line['request_ids'] ?? '')
      .split(' ')
      .filter((id) => id !== '')
      .map((id) => `${id} ${line['opportunity_id']}`),
  );
  expect(claimed.filter((claim) => !served.has(claim))).toEqual([]);
  expect(unwarrantedRepeats(calls)).toEqual([]);
  expect(ledgerEntries(stage.folder)).toBeGreaterThanOrEqual((await stage.writes()).length);
}

async function printFigures(
  stage: FileStage,
  found: readonly { readonly rowsDone: number; readonly rowsInDoubt: number }[],
): Promise<void> {
  const { operations, faults } = await stage.emulator.counts();
  const writes = operations.DisassociateOpportunity;
  const doubts = found.reduce((sum, { rowsInDoubt }) => sum + rowsInDoubt, 0);
  process.stderr.write(
    [
      `kill loop: ${KILLS} kills through ${ROWS.length} rows, ${found.at(-1)?.rowsDone ?? 0} of them done before the last one`,
      `  found in doubt on resuming: ${doubts} rows in ${found.filter(({ rowsInDoubt }) => rowsInDoubt > 0).length} sessions`,
      `  served: ${writes.received} writes (${writes.changed} changed something), ${operations.GetOpportunity.received} reads; faults ${JSON.stringify(faults)}`,
      `  busiest second: ${busiestSecond(await stage.emulator.calls())} writes at a rate of 10; ledger: ${ledgerEntries(stage.folder)} writes`,
      '',
    ].join('\n'),
  );
}
