import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { expectToGoOn, withSoundService } from '../stage/go-on.ts';
import { accountsOf, servedFor } from '../stage/server-record.ts';
import { setStage, type Stage } from '../stage/stage.ts';

for (const [signal, code, reason] of [
  ['SIGINT', 130, 'interrupted'],
  ['SIGTERM', 143, 'terminated'],
  ['SIGHUP', 143, 'terminated'],
] as const) {
  test.concurrent(`${signal}: calls in flight finish, totals and the command to go on are printed, exit ${code}`, async (task) => {
    const stage = await setStage(task, 60, ['--latency', '150']);
    const running = stage.start('--concurrency', '4');
    await running.says(/60 rows to send/);
    await untilRemoved(stage, 4);
    running.send(signal);
    const ended = await running.ended;

    expect(ended.code).toBe(code);
    expect(ended.stderr).toContain(`Stopped (${reason})`);
    expect(ended.stderr).toMatch(/\d+ of 60 valid rows done/);
    expect(ended.stderr).toMatch(
      /Go on: {2}oppsweep disassociate people\.csv --catalog Sandbox .*--endpoint-url http:/,
    );
    // What the server changed is what the results say: nothing was left in flight.
    const lines = stage.resultsSoFar();
    const calls = await stage.emulator.calls();
    expect(accountsOf(lines)).toEqual(servedFor(lines, calls));
    expect(lines).toHaveLength(calls.filter(({ changed }) => changed).length);
    await expectToGoOn(stage);
  });
}

test.concurrent('a second SIGINT ends at once, and the run goes on all the same', async (task) => {
  const stage = await setStage(task, 30, ['--fault', 'hang=100%']);
  const running = stage.start('--no-preflight');
  await running.says(/30 rows to send/);
  await untilReceived(stage, 1);
  running.send('SIGINT');
  await running.says(/Once more ends at once/);
  // At once it is the first again, as `timeout` sends its own twice.
  running.send('SIGINT');
  const again = setInterval(() => running.send('SIGINT'), 300);
  const ended = await running.ended;
  clearInterval(again);
  // One more may meet it as it leaves: a shell sees the same code.
  expect([130, 'SIGINT']).toContain(ended.code ?? ended.signal);

  await expectToGoOn(await withSoundService(task, stage));
});

test.concurrent('--limit settles so many rows and stops; again, as many more', async (task) => {
  const stage = await setStage(task, 12);
  const first = await stage.disassociateBuilt('--limit', '5');
  expect(first.code).toBe(3);
  expect(first.stderr).toContain('Stopped (limit_reached)');
  expect(stage.resultsSoFar()).toHaveLength(5);
  await stage.disassociate('--limit', '5');
  expect(stage.resultsSoFar()).toHaveLength(10);
  await expectToGoOn(stage);
});

test.concurrent('--max-failures stops past it; what failed has failed, and the rest goes on', async (task) => {
  const stage = await setStage(task, 60);
  await stage.emulator.script([
    { kind: 'unknown-exception', times: 8, operation: 'DisassociateOpportunity' },
  ]);
  const ended = await stage.disassociate('--max-failures', '5', '--concurrency', '1');
  expect(ended.code).toBe(3);
  expect(ended.stderr).toContain('Stopped (too_many_failures): 6 of 6 rows failed');
  expect(ended.stderr).toContain('--max-failures 5');
  const again = await stage.disassociate();
  expect(again.code).toBe(1);
  expect(stage.results()).toHaveLength(60);
});

test.concurrent('--no-wait ends when the daily quota is used up, and never asks for more than it', async (task) => {
  const stage = await setStage(task, 20);
  const ended = await stage.disassociate('--daily-quota', '7', '--no-wait');
  expect(ended.code).toBe(3);
  expect(ended.stderr).toContain('Stopped (quota_reached)');
  expect((await stage.emulator.counts()).operations.DisassociateOpportunity.received).toBe(7);
  const still = await stage.disassociate('--daily-quota', '7', '--no-wait');
  expect(still.code).toBe(3);
  expect((await stage.emulator.counts()).operations.DisassociateOpportunity.received).toBe(7);
  await expectToGoOn(stage, '--daily-quota', 'unlimited');
});

test.concurrent('a run whose words nobody reads any more goes on to its end', async (task) => {
  const stage = await setStage(task, 20, ['--latency', '100']);
  const running = stage.start('--concurrency', '2');
  await running.says(/20 rows to send/);
  running.stopListening();
  expect((await running.ended).code).toBe(0);
  expect(stage.results()).toHaveLength(20);
});

test.concurrent('a second process on the same results is refused, and told who has them', async (task) => {
  const stage = await setStage(task, 40, ['--latency', '100']);
  const running = stage.start('--concurrency', '1');
  await running.says(/40 rows to send/);
  const second = await stage.disassociate();
  expect(second.code).toBe(3);
  expect(second.stderr).toContain(`This run is held by process ${running.pid}`);
  running.send('SIGINT');
  await running.ended;
  await expectToGoOn(stage);
});

test.concurrent('a finished run, run again, says so and sends nothing', async (task) => {
  const stage = await setStage(task, 3);
  await stage.disassociate();
  const before = (await stage.emulator.counts()).received;
  const again = await stage.disassociate();
  expect(again.code).toBe(0);
  expect(again.stderr).toContain('This run is finished since');
  expect((await stage.emulator.counts()).received).toBe(before);
});

test.concurrent('an input that has changed is refused with both ways out', async (task) => {
  const stage = await setStage(task, 6);
  await stage.disassociate('--limit', '2');
  const original = stage.folder.read('people.csv');
  stage.folder.write('people.csv', `${original}O1,Solutions,S-1\n`);
  const refused = await stage.disassociate();
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('--use-copy');
  expect(refused.stderr).toContain('--restart');
  await expectToGoOn(stage, '--use-copy');
  const restarted = await stage.disassociate('--restart');
  expect(restarted.stderr).toContain('Set aside as');
  expect(stage.results()).toHaveLength(7);
});

async function untilRemoved(stage: Stage, rows: number): Promise<void> {
  while ((await stage.emulator.held()).length > stage.rows.length - rows) await delay(10);
}

async function untilReceived(stage: Stage, calls: number): Promise<void> {
  const received = async (): Promise<number> =>
    (await stage.emulator.counts()).operations.DisassociateOpportunity.received;
  while ((await received()) < calls) await delay(10);
}

test.concurrent('a ledger that is gone is restored from the journal of the run that goes on, and the day’s quota holds', async (task) => {
  const stage = await setStage(task, 8);
  const first = await stage.disassociate('--no-wait', '--daily-quota', '5', '--limit', '3');
  expect(first.code).toBe(3);
  expect(first.stderr).not.toContain('restored');
  stage.folder.remove('home/state/oppsweep');

  const second = await stage.disassociateBuilt('--no-wait', '--daily-quota', '5');
  expect(second.stderr).toContain(
    'The account’s ledger of writes was lost or damaged: 3 writes of the last 24 hours restored to it from this run’s journal.',
  );
  expect(second.stderr).toContain('Stopped (quota_reached)');
  expect((await stage.emulator.counts()).operations.DisassociateOpportunity.received).toBe(5);
});
