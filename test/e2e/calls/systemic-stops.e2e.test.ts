import { createServer } from 'node:http';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { expectToGoOn, withSoundService } from '../stage/go-on.ts';
import { runProgram } from '../stage/program.ts';
import { runHere } from '../stage/program-here.ts';
import { column } from '../stage/results-file.ts';
import { setStage } from '../stage/stage.ts';
import type { Test } from '../stage/work-folder.ts';

const COMMAND = ['disassociate', 'people.csv', '--catalog', 'Sandbox'];

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
    const ended = await stage.disassociateBuilt(...options);
    expect(ended.stderr).toContain(`Stopped (${reason})`);
    expect(ended.stderr).toContain(says);
    expect(ended.code).toBe(3);
    expect(stage.resultsSoFar()).toEqual([]);
    expect((await stage.emulator.counts()).received).toBeLessThan(60);
    await expectToGoOn(await withSoundService(task, stage), ...options);
  });
}

test.concurrent('an unknown key stops with credentials_refused within the first calls', async (task) => {
  const stage = await setStage(task, 30);
  const env = {
    ...stage.surroundings.env,
    AWS_ACCESS_KEY_ID: 'AKIAOTHER',
    AWS_SECRET_ACCESS_KEY: 'of-somebody-else',
  };
  const ended = await runHere(COMMAND, { path: stage.folder.path, env });
  expect(ended.stderr).toContain('Stopped (credentials_refused)');
  expect(ended.code).toBe(3);
  expect(stage.resultsSoFar()).toEqual([]);
  await expectToGoOn(stage);
});

test.concurrent('a session that expires half-way stops the run; the row whose call was refused is not blamed', async (task) => {
  const stage = await setStage(task, 20);
  const opportunityId = stage.rows[10]?.opportunityId ?? '';
  await stage.emulator.script([
    { kind: 'expired', times: 1, operation: 'DisassociateOpportunity', opportunityId },
  ]);
  const ended = await stage.disassociate();
  expect(ended.stderr).toContain('Stopped (credentials_expired)');
  expect(ended.code).toBe(3);
  const lines = stage.resultsSoFar();
  expect(column(lines, 'opportunity_id')).not.toContain(opportunityId);
  expect(column(lines, 'status').filter((status) => status !== 'disassociated')).toEqual([]);
  await expectToGoOn(stage);
});

test.concurrent('a clock that stays off is told apart, with how far', async (task) => {
  const stage = await setStage(task, 5);
  await stage.emulator.stop();
  const closeSkewed = await startSkewedServer(stage.emulator.port, task);
  const ended = await stage.disassociate();
  expect(ended.stderr).toMatch(
    /Stopped \(clock_skewed\): This machine's clock is (59|60|61)(\.\d)? minutes behind/,
  );
  expect(ended.code).toBe(3);
  expect(stage.resultsSoFar()).toEqual([]);
  await closeSkewed();
  await expectToGoOn(await withSoundService(task, stage));
});

test.concurrent('a clock that is off by a constant is made good from the Date header before the first call', async (task) => {
  const stage = await setStage(task, 5);
  const tenMinutesSlow = 'const now = Date.now; Date.now = () => now() - 600_000;';
  const preload = `--import=data:text/javascript,${encodeURIComponent(tenMinutesSlow)}`;
  const env = { ...stage.surroundings.env, NODE_OPTIONS: preload };
  // The clock of a process of its own.
  const ended = await runProgram([...COMMAND, '--rate', '50'], { path: stage.folder.path, env });
  expect(ended.stderr).toContain('Finished: 5 rows read');
  expect(ended.code).toBe(0);
  const { exceptions } = await stage.emulator.counts();
  expect(exceptions['InvalidSignatureException']).toBeUndefined();
  expect(await stage.emulator.held()).toEqual([]);
});

test.concurrent('a dead server stops with service_unreachable, and no row is blamed', async (task) => {
  const stage = await setStage(task, 20);
  await stage.emulator.stop();
  const ended = await stage.disassociate();
  expect(ended.stderr).toContain('Stopped (service_unreachable)');
  expect(ended.code).toBe(3);
  expect(stage.resultsSoFar()).toEqual([]);
  await expectToGoOn(await withSoundService(task, stage));
});

/** Answers every call as the service answers one that is signed an hour before its own time; gives what ends it. */
async function startSkewedServer(port: number, { onTestFinished }: Test): Promise<() => Promise<void>> {
  const server = createServer((request, response) => {
    request.resume();
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    response.writeHead(403, { date, 'content-type': 'application/x-amz-json-1.0' });
    response.end(
      JSON.stringify({ __type: 'InvalidSignatureException', message: 'Signature expired: it is now later' }),
    );
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const close = async (): Promise<void> => {
    server.close();
    server.closeAllConnections();
    if (server.listening) await once(server, 'close');
  };
  onTestFinished(close);
  return close;
}
