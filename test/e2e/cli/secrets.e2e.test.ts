import { expect, test } from 'vitest';
import { EMULATOR_CREDENTIALS, EMULATOR_SESSION_TOKEN } from '../../../src/emulator/emulator.ts';
import { startProgram, runProgram } from '../stage/program.ts';
import { setStage, type Stage } from '../stage/stage.ts';

const COMMAND = ['disassociate', 'people.csv', '--catalog', 'Sandbox', '--json'];
const PACE = ['--rate', '40', '--read-rate', 'unlimited', '--daily-quota', 'unlimited'];
const SIGNING = ['Signature=', 'Authorization', 'AWS4-HMAC', 'X-Amz-Security-Token'];
/** Each befalls the write of a row of its own. */
const FAULTS = ['throttle', 'error', 'reset', 'reset-after', 'garbage', 'denied', 'validation'] as const;

test.concurrent('a run full of faults writes neither key, token nor signature anywhere', async (task) => {
  const stage = await setStage(task, 12);
  await stage.emulator.script(
    FAULTS.map((kind, index) => ({
      kind,
      times: 1,
      operation: 'DisassociateOpportunity',
      opportunityId: stage.rows[index + 2]?.opportunityId ?? '',
    })),
  );
  const surroundings = withToken(stage, EMULATOR_CREDENTIALS.secretAccessKey);

  const running = startProgram([...COMMAND, ...PACE], surroundings);
  await running.says(/Catalog Sandbox/);
  // Stopped in the middle, so that what is there only while it runs (locks) can be read.
  running.send('SIGSTOP');
  const midway = everythingWritten(stage);
  running.send('SIGCONT');
  const ended = await running.ended;
  const written = [...midway, ...everythingWritten(stage), ended.stdout, ended.stderr];

  expect(ended.code).toBe(1);
  expect(namesAmong(written)).toEqual(
    expect.arrayContaining([
      'people.results.csv',
      'people.results.summary.json',
      'people.oppsweep/journal.jsonl',
      'people.oppsweep/lock',
      expect.stringMatching(/^home\/state\/oppsweep\/ledger\/.*writes\.ledger$/),
    ]),
  );
  const faults = await stage.emulator.counts();
  expect(Object.keys(faults.exceptions)).toEqual(
    expect.arrayContaining(['ThrottlingException', 'AccessDeniedException', 'ValidationException']),
  );
  expect(leaks(written, [EMULATOR_CREDENTIALS.secretAccessKey, EMULATOR_SESSION_TOKEN])).toEqual([]);
});

for (const [what, secretKey, token] of [
  ['secret key', 'wrong-secret-key-of-somebody', EMULATOR_SESSION_TOKEN],
  ['session token', EMULATOR_CREDENTIALS.secretAccessKey, 'wrong-token-of-somebody'],
] as const) {
  test.concurrent(`a wrong ${what} is refused, and the refusal gives nothing away`, async (task) => {
    const stage = await setStage(task, 10);
    const { path, env } = withToken(stage, secretKey, token);

    const ended = await runProgram([...COMMAND, ...PACE], { path, env: { ...env, OPPSWEEP_DEBUG: '1' } });
    const written = [...everythingWritten(stage), ended.stdout, ended.stderr];

    expect(ended.code).toBe(3);
    expect(ended.stderr).toMatch(/^\S+Z {2}Stopped \(credentials_(refused|expired)\): /m);
    expect(leaks(written, [secretKey, token])).toEqual([]);
    expect(await stage.emulator.held()).toHaveLength(10);
  });
}

function withToken(
  { surroundings }: Stage,
  secretKey: string,
  token: string = EMULATOR_SESSION_TOKEN,
): Stage['surroundings'] {
  const env = { ...surroundings.env, AWS_SECRET_ACCESS_KEY: secretKey, AWS_SESSION_TOKEN: token };
  return { ...surroundings, env };
}

/** Every file that is there now, each as its name, a line end, and its content. */
function everythingWritten({ folder }: Stage): readonly string[] {
  return folder
    .names()
    .filter((name) => name !== 'home')
    .map((name) => `${name}\n${folder.read(name)}`);
}

function namesAmong(written: readonly string[]): readonly string[] {
  return written.map((text) => text.slice(0, text.indexOf('\n')));
}

/** `WORD in FILE` for each that must be nowhere. */
function leaks(written: readonly string[], secrets: readonly string[]): readonly string[] {
  return [...secrets, ...SIGNING].flatMap((word) =>
    written
      .filter((text) => text.toLowerCase().includes(word.toLowerCase()))
      .map((text) => `${word} in ${text.slice(0, text.indexOf('\n'))}`),
  );
}
