import { expect, test } from 'vitest';
import { silentServer } from '../stage/silent-server.ts';
import { startProgram } from '../stage/program.ts';
import { setStage } from '../stage/stage.ts';
import { expectToGoOn } from '../stage/go-on.ts';

/** Far more than a second, far less than the helper takes. */
const SOON_MS = 15_000;

test.concurrent('Ctrl-C ends a run whose credential helper hangs in mid-run, and leaves no doubt behind', async (task) => {
  const stage = await setStage(task, 30);
  const peer = await silentServer(task);
  const { folder, emulator, surroundings } = stage;
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
  const running = startProgram(
    ['disassociate', 'people.csv', '--catalog', 'Sandbox', '--rate', '5', '--profile', 'vault'],
    {
      path: folder.path,
      env: {
        ...surroundings.env,
        AWS_ACCESS_KEY_ID: undefined,
        AWS_SECRET_ACCESS_KEY: undefined,
        AWS_CONFIG_FILE: folder.at('config'),
      },
    },
  );
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
