import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { runProgram } from './program.ts';
import { column } from './results-file.ts';
import { accountsOf, servedFor } from './server-record.ts';
import { setStage, type Stage } from './stage.ts';
import type { Test } from './work-folder.ts';

/** What is left goes on with the same command, and ends well: every row once, and as the server has it. */
async function expectToGoOn(stage: Stage, ...options: readonly string[]): Promise<void> {
  const again = await stage.disassociate(...options);
  expect(again.stderr).toContain('Finished');
  expect(again.code).toBe(0);
  const lines = stage.results();
  expect(column(lines, 'opportunity_id')).toEqual(stage.rows.map(({ opportunityId }) => opportunityId));
  expect(new Set(column(lines, 'status'))).toEqual(new Set(['disassociated']));
  expect(await stage.emulator.held()).toEqual([]);
}

for (const [signal, code, reason] of [
  ['SIGINT', 130, 'interrupted'],
  ['SIGTERM', 143, 'terminated'],
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
    expect(ended.stderr).toMatch(/\d+ of 60 rows done so far/);
    expect(ended.stderr).toContain('Go on:  oppsweep disassociate people.csv --catalog Sandbox');
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
  running.send('SIGINT');
  const ended = await running.ended;
  expect(ended.code).toBe(130);

  await stage.emulator.stop();
  const other = await setStage(task, 30, ['--port', String(stage.emulator.port)]);
  const again = await runProgram(
    ['disassociate', 'people.csv', '--catalog', 'Sandbox', '--rate', 'unlimited', '--read-rate', 'unlimited'],
    { path: stage.folder.path, env: { ...stage.surroundings.env, ...other.emulator.env } },
  );
  expect(again.stderr).toMatch(/Going on .* in doubt/);
  expect(again.code).toBe(0);
  expect(new Set(column(stage.results(), 'status'))).toEqual(new Set(['disassociated']));
});

test.concurrent('--limit settles so many rows and stops; again, as many more', async (task) => {
  const stage = await setStage(task, 12);
  const first = await stage.disassociate('--limit', '5');
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

for (const { what, fault, options, reason, says } of [
  {
    what: 'an expired session that can’t be refreshed',
    fault: 'expired=100%',
    options: [],
    reason: 'credentials_expired',
    says: 'aws sso login',
  },
  {
    what: 'access denied from the start',
    fault: 'denied=100%',
    options: [],
    reason: 'access_denied',
    says: 'IAM policy',
  },
  {
    what: 'access denied from the start, to writes alone',
    fault: 'denied=100%',
    options: ['--no-preflight'],
    reason: 'access_denied',
    says: 'IAM policy',
  },
] as const) {
  test.concurrent(`${what} stops with ${reason}, and no row is blamed`, async (task) => {
    const stage = await setStage(task, 30, ['--fault', fault]);
    const ended = await stage.disassociate(...options);
    expect(ended.stderr).toContain(`Stopped (${reason})`);
    expect(ended.stderr).toContain(says);
    expect(ended.code).toBe(3);
    expect(stage.resultsSoFar()).toEqual([]);
    expect((await stage.emulator.counts()).received).toBeLessThan(60);
  });
}

test.concurrent('an unknown key stops with credentials_refused within the first calls', async (task) => {
  const stage = await setStage(task, 30);
  const env = {
    ...stage.surroundings.env,
    AWS_ACCESS_KEY_ID: 'AKIAOTHER',
    AWS_SECRET_ACCESS_KEY: 'of-somebody-else',
  };
  const args = ['disassociate', 'people.csv', '--catalog', 'Sandbox'];
  const ended = await runProgram(args, { path: stage.folder.path, env });
  expect(ended.stderr).toContain('Stopped (credentials_refused)');
  expect(ended.code).toBe(3);
  expect(stage.resultsSoFar()).toEqual([]);
  await expectToGoOn(stage);
});

test.concurrent('a clock that stays off is told apart, with how far', async (task) => {
  const stage = await setStage(task, 5);
  const url = await skewedServer(task);
  const env = { ...stage.surroundings.env, AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: url };
  const ended = await runProgram(['disassociate', 'people.csv', '--catalog', 'Sandbox'], {
    path: stage.folder.path,
    env,
  });
  expect(ended.stderr).toMatch(
    /Stopped \(clock_skewed\): This machine's clock is (59|60|61)(\.\d)? minutes behind/,
  );
  expect(ended.code).toBe(3);
  expect(stage.resultsSoFar()).toEqual([]);
});

test.concurrent('a dead server stops with service_unreachable, and no row is blamed', async (task) => {
  const stage = await setStage(task, 20);
  await stage.emulator.stop();
  const ended = await stage.disassociate();
  expect(ended.stderr).toContain('Stopped (service_unreachable)');
  expect(ended.code).toBe(3);
  expect(stage.resultsSoFar()).toEqual([]);
});

test.concurrent('a second process on the same results is refused, and told who has them', async (task) => {
  const stage = await setStage(task, 40, ['--latency', '100']);
  const running = stage.start('--concurrency', '1');
  await running.says(/40 rows to send/);
  const second = await stage.disassociate();
  expect(second.code).toBe(2);
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

/** Answers every call as the service answers one that is signed an hour before its own time. */
async function skewedServer({ onTestFinished }: Test): Promise<string> {
  const server = createServer((request, response) => {
    request.resume();
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    response.writeHead(403, { date, 'content-type': 'application/x-amz-json-1.0' });
    response.end(
      JSON.stringify({ __type: 'InvalidSignatureException', message: 'Signature expired: it is now later' }),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  // A server that listens on TCP has an address with a port.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function untilRemoved(stage: Stage, rows: number): Promise<void> {
  while ((await stage.emulator.held()).length > stage.rows.length - rows);
}

async function untilReceived(stage: Stage, calls: number): Promise<void> {
  while ((await stage.emulator.counts()).received < calls);
}
