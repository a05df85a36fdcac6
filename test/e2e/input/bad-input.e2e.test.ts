import { expect, test, type TestContext } from 'vitest';
import {
  DEFAULT_EMULATOR_OPTIONS,
  EMULATOR_CREDENTIALS,
  startEmulator,
  type Emulator,
} from '../../../src/emulator/emulator.ts';
import { systemClock } from '../../../src/disk/system-clock.ts';
import { fileSource } from '../../../src/input/bytes/read-file.ts';
import { readSeed } from '../../../src/run/request/read-seed.ts';
import { peopleCsv } from '../stage/people.ts';
import { runHere } from '../stage/program-here.ts';
import { runProgram } from '../stage/program.ts';
import { makeWorkFolder, type WorkFolder } from '../stage/work-folder.ts';
import { MISTAKES, ROWS, SANDBOX } from './mistakes.ts';

for (const { title, args, says, next, files = {}, env = {} } of MISTAKES) {
  test.concurrent(`${title}: exit code 2 and a sentence; nothing is sent, nothing is left behind`, async (task) => {
    const { folder, emulator, credentials } = await setTable(task);
    for (const [name, content] of Object.entries(files)) folder.write(name, content);
    const before = folder.names();

    const ended = await runHere(args, {
      path: folder.path,
      env: { ...folder.env, ...credentials, ...env },
    });

    expect(ended.stderr).toContain(says);
    expect(ended.stderr).toContain(next);
    expect(ended.stderr).not.toMatch(/^ {4}at /m);
    expect(ended.code).toBe(2);
    expect(ended.stdout).toBe('');
    expect(emulator.counts().received).toBe(0);
    expect(folder.names()).toEqual(before);
  });
}

test.concurrent('without a mistake, the same command reaches the emulator', async (task) => {
  const { folder, emulator, credentials } = await setTable(task);

  const ended = await runProgram(['disassociate', 'people.csv', ...SANDBOX, '--rate', '100'], {
    path: folder.path,
    env: { ...folder.env, ...credentials },
  });

  expect(ended.code).toBe(0);
  expect(emulator.counts().operations.DisassociateOpportunity.changed).toBe(ROWS.length);
});

interface Table {
  readonly folder: WorkFolder;
  readonly emulator: Emulator;
  readonly credentials: Readonly<Record<string, string>>;
}

/** A folder with a good `people.csv`, and an emulator that would take its rows. */
async function setTable(task: TestContext): Promise<Table> {
  const folder = makeWorkFolder(task);
  const input = folder.write('people.csv', peopleCsv(ROWS));
  const emulator = await startEmulator({
    ...DEFAULT_EMULATOR_OPTIONS,
    seed: readSeed({ name: 'people.csv', read: () => fileSource(input).bytes, options: {} }),
    writesPerSecond: 'unlimited',
    clock: systemClock,
  });
  task.onTestFinished(() => emulator.close());
  const credentials = {
    AWS_ACCESS_KEY_ID: EMULATOR_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: EMULATOR_CREDENTIALS.secretAccessKey,
    AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: emulator.url,
  };
  return { folder, emulator, credentials };
}
