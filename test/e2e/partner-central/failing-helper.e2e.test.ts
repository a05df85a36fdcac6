import { expect, test } from 'vitest';
import { runProgram } from '../stage/program.ts';
import { setStage } from '../stage/stage.ts';

test.concurrent('a helper that fails after it worked ends each session with 3 and its cause, until it works again', async (task) => {
  const { folder, emulator, surroundings } = await setStage(task, 12);
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
    runProgram(['disassociate', 'people.csv', '--catalog', 'Sandbox', '--rate', rate, '--profile', 'vault'], {
      path: folder.path,
      env: {
        ...surroundings.env,
        AWS_ACCESS_KEY_ID: undefined,
        AWS_SECRET_ACCESS_KEY: undefined,
        AWS_CONFIG_FILE: folder.at('config'),
      },
    });
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
