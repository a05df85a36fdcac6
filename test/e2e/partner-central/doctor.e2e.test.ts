import { expect, test } from 'vitest';
import { startStageEmulator } from '../stage/stage-emulator.ts';
import { runProgram, startProgram, type Ended } from '../stage/program.ts';
import { makeWorkFolder } from '../stage/work-folder.ts';

/** The signs of the lines, and whatever was said must hold no secret. */
function signsOf({ stdout, stderr }: Ended, ...secrets: readonly string[]): string {
  for (const secret of secrets) expect(stdout + stderr).not.toContain(secret);
  return [...stdout.matchAll(/^([✓✗·]) /gm)].map(([, sign]) => sign).join('');
}

test.concurrent('where a run would begin every line is ✓, and the exit code 0', async (task) => {
  const folder = makeWorkFolder(task);
  const seed = folder.write(
    'seed.csv',
    'Opportunity ID,Entity Type,Related Entity\nO9,Solutions,S-0000001\n',
  );
  const emulator = await startStageEmulator(task, seed, []);
  const secret = emulator.env['AWS_SECRET_ACCESS_KEY'] ?? 'none';
  const surroundings = { path: folder.path, env: { ...folder.env, ...emulator.env } };

  const ended = await runProgram(['doctor', '--catalog', 'Sandbox'], surroundings);
  expect(signsOf(ended, secret)).toBe('✓✓✓✓✓✓✓✓✓');
  expect(ended.code).toBe(0);
  const calls = await emulator.calls();
  // The question for the time is no operation.
  expect(calls.flatMap(({ operation }) => operation ?? [])).toEqual(['GetOpportunity']);

  const told = await runProgram(['doctor', '--catalog', 'Sandbox', '--json'], surroundings);
  expect(JSON.parse(told.stdout)).toMatchObject({
    sound: true,
    checks: Array.from({ length: 9 }, () => ({ ok: true })),
  });
});

test.concurrent('what only the configuration mends ends with 2, and with what to do', async (task) => {
  const folder = makeWorkFolder(task);
  const surroundings = { path: folder.path, env: { ...folder.env, AWS_PROFILE: 'nobody' } };
  const ended = await runProgram(['doctor'], surroundings);
  expect(signsOf(ended)).toBe('✗·······✓');
  expect(ended.stdout).toContain('Profile "nobody", which AWS_PROFILE names, is neither in');
  expect(ended.code).toBe(2);
});

test.concurrent('what passes or is mended elsewhere ends with 3', async (task) => {
  const folder = makeWorkFolder(task);
  const keys = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'hunter2' };
  const env = { ...folder.env, ...keys, AWS_ENDPOINT_URL: 'http://127.0.0.1:1' };
  const ended = await runProgram(['doctor', '--json'], { path: folder.path, env });
  signsOf(ended, 'hunter2');
  const { sound, checks } = JSON.parse(ended.stdout) as {
    readonly sound: boolean;
    readonly checks: readonly {
      readonly check: string;
      readonly ok: boolean | null;
      readonly code?: string;
    }[];
  };
  expect(sound).toBe(false);
  expect(checks.filter(({ ok }) => ok === false).map(({ check, code }) => `${check} ${code ?? ''}`)).toEqual([
    'clock service_unreachable',
    'reading service_unreachable',
  ]);
  expect(ended.code).toBe(3);
});

test.concurrent.for([
  ['OPPSWEEP_YES', '1', 'OPPSWEEP_YES is set, and --yes is taken from the command line alone.'],
  ['OPPSWEEP_RATE', 'abc', 'OPPSWEEP_RATE is "abc", which --rate does not take.'],
] as const)('a variable that a run would refuse ends with 2: %s', async ([variable, value, words], task) => {
  const folder = makeWorkFolder(task);
  const seed = folder.write(
    'seed.csv',
    'Opportunity ID,Entity Type,Related Entity\nO9,Solutions,S-0000001\n',
  );
  const emulator = await startStageEmulator(task, seed, []);
  const env = { ...folder.env, ...emulator.env, [variable]: value };
  const ended = await runProgram(['doctor', '--catalog', 'Sandbox'], { path: folder.path, env });
  expect(signsOf(ended)).toBe('✗✓✓✓✓✓✓✓✓✓');
  expect(ended.stdout).toContain(words);
  expect(ended.code).toBe(2);
});

test.concurrent('a helper that hangs is told, and a doctor that is stopped promises nothing', async (task) => {
  const folder = makeWorkFolder(task);
  const helper = folder.write('helper.mjs', 'setTimeout(() => undefined, 120_000);');
  folder.write('config', `[profile my hang]\ncredential_process = exec ${process.execPath} ${helper}\n`);
  const env = { ...folder.env, AWS_CONFIG_FILE: folder.at('config'), AWS_ENDPOINT_URL: 'http://127.0.0.1:1' };
  const running = startProgram(['doctor', '--profile', 'my hang'], { path: folder.path, env });
  await running.says(/Waiting for the helper of profile "my hang"/);
  running.send('SIGTERM');
  const ended = await running.ended;
  expect(ended.code).toBe(143);
  expect(ended.stderr).toContain('Stopped (terminated)');
  expect(ended.stdout + ended.stderr).not.toContain('goes on');
});
