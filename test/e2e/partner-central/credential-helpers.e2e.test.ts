import { expect, test } from 'vitest';
import { expectToGoOn } from '../stage/go-on.ts';
import { runProgram, startProgram, type Surroundings } from '../stage/program.ts';
import { silentServer } from '../stage/silent-server.ts';
import { setStage, type Stage } from '../stage/stage.ts';

/** Far more than a second, far less than the helper takes. */
const SOON_MS = 15_000;

const COMMAND = ['disassociate', 'people.csv', '--catalog', 'Sandbox', '--profile', 'vault'];
const PACE = ['--read-rate', 'unlimited', '--read-lag', '0'];

/** The stage's, with the profiles of its `config` in place of keys. */
function withConfig({ folder, surroundings }: Stage): Surroundings {
  const env = { ...surroundings.env, AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };
  return { path: folder.path, env: { ...env, AWS_CONFIG_FILE: folder.at('config') } };
}

test.concurrent('a helper that fails after it worked ends each session with 3 and its cause, until it works again', async (task) => {
  const stage = await setStage(task, 12);
  const { folder, emulator } = stage;
  folder.write(
    'helper.mjs',
    `import { existsSync, writeFileSync } from 'node:fs';
    if (existsSync('helped') && !existsSync('mended')) process.exit(1);
    writeFileSync('helped', '');
    console.log(JSON.stringify({
      Version: 1,
      AccessKeyId: '${emulator.env['AWS_ACCESS_KEY_ID']}',
      SecretAccessKey: '${emulator.env['AWS_SECRET_ACCESS_KEY']}',
      ...(!existsSync('mended') && { Expiration: new Date(Date.now() + 4_000).toISOString() }),
    }));`,
  );
  const config = (command: string): string =>
    folder.write('config', `[profile vault]\ncredential_process = ${command}\n`);
  const working = `${process.execPath} ${folder.at('helper.mjs')}`;
  config(working);
  const run = (rate: string): ReturnType<typeof runProgram> =>
    runProgram([...COMMAND, ...PACE, '--rate', rate], withConfig(stage));
  const first = await run('2');
  expect(first.code).toBe(3);
  expect(first.stderr).toContain('Stopped (credentials_expired)');
  expect(first.stderr).toContain('The credential_process of profile "vault" failed (exit code 1).');
  expect(first.stderr).not.toContain('sso login');
  const again = await run('2');
  expect(again.code).toBe(3);
  expect(again.stderr).toContain('oppsweep (credentials_refused): The credential_process of profile "vault"');
  config('/no/such/helper');
  const gone = await run('2');
  expect(gone.code).toBe(3);
  expect(gone.stderr).toContain(
    'oppsweep (credentials_expired): The credential_process of profile "vault" was not',
  );
  config(working);
  folder.write('mended', '');
  expect((await run('unlimited')).code).toBe(0);
});

test.concurrent('Ctrl-C ends a run whose credential helper hangs in mid-run, and leaves no doubt behind', async (task) => {
  const stage = await setStage(task, 30);
  const peer = await silentServer(task);
  const { folder, emulator } = stage;
  folder.write(
    'helper.mjs',
    `import { appendFileSync, existsSync } from 'node:fs';
    const again = existsSync('helped');
    appendFileSync('helped', 'asked\\n');
    if (again) {
      fetch('http://127.0.0.1:${peer.port}/').catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 45_000));
      appendFileSync('helped', 'answered\\n');
    }
    console.log(JSON.stringify({
      Version: 1,
      AccessKeyId: '${emulator.env['AWS_ACCESS_KEY_ID']}',
      SecretAccessKey: '${emulator.env['AWS_SECRET_ACCESS_KEY']}',
      Expiration: new Date(Date.now() + 4_000).toISOString(),
    }));`,
  );
  folder.write(
    'config',
    `[profile vault]\ncredential_process = exec ${process.execPath} ${folder.at('helper.mjs')}\n`,
  );
  const running = startProgram([...COMMAND, ...PACE, '--rate', '5'], withConfig(stage));
  await peer.asked;
  const interruptedAtMs = performance.now();
  running.send('SIGINT');
  const ended = await running.ended;
  expect(ended.code).toBe(130);
  expect(performance.now() - interruptedAtMs).toBeLessThan(SOON_MS);
  expect(folder.read('helped')).not.toContain('answered');
  expect(ended.stderr).toContain('Stopped (interrupted)');
  const journal = folder.read('people.oppsweep/journal.jsonl');
  expect((await emulator.calls()).filter(({ changed }) => changed).length).toBeGreaterThan(0);
  // Each note has its answer: nothing is left to be settled by a read.
  expect(journal.match(/"t":"try"/g)?.length).toBe(journal.match(/"t":"answer"/g)?.length);
  await expectToGoOn(stage);
});
