import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PROGRAM, runProgram, startProcess, type Running, type Surroundings } from '../stage/program.ts';
import { setStage, type Stage } from '../stage/stage.ts';

const HIDE_CURSOR = '\u001B[?25l';
const SHOW_CURSOR = '\u001B[?25h';
const CLEAR_BELOW = '\u001B[0J';
const CTRL_C = '\u0003';
const CTRL_Z = '\u001A';
const BAR = /[█▓▒░]+.{0,9}   \d+ of \d+/;
const SANDBOX = ['disassociate', 'people.csv', '--catalog', 'Sandbox'];

/** The util-linux one, which gives a command a terminal of its own. */
const HAS_SCRIPT =
  spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') ?? false;
const IN_TERMINAL = { concurrent: true, skip: !HAS_SCRIPT };

test('in a terminal a bar is drawn, and the cursor comes back at the end', IN_TERMINAL, async (task) => {
  const stage = await setStage(task, 30);

  const { code, stdout } = await inTerminal([...SANDBOX, '--rate', '20'], stage.surroundings).ended;

  expect(stdout).toMatch(BAR);
  expect(stdout).toContain(HIDE_CURSOR);
  expect(modesLeftOff(stdout)).toEqual([]);
  expect(stdout).toContain(`${CLEAR_BELOW}Finished: 30 rows read`);
  expect(code).toBe(0);
});

test.for([
  ['Ctrl-C', CTRL_C, 130, 'Stopped (interrupted)'],
  ['Ctrl-\\', '\u001C', 131, ''],
] as const)('after %s the cursor is back', IN_TERMINAL, async ([, key, exitCode, below], task) => {
  const stage = await setStage(task, 200);
  const running = inTerminal([...SANDBOX, '--rate', '10'], stage.surroundings);
  await running.says(BAR);
  running.type(key);
  const { code, stdout } = await running.ended;
  expect(stdout).toContain(HIDE_CURSOR);
  expect(modesLeftOff(stdout)).toEqual([]);
  expect(stdout.slice(stdout.lastIndexOf(SHOW_CURSOR))).toContain(below);
  expect(code).toBe(exitCode);
});

test('after a second Ctrl-C, with calls that hang, the cursor is back too', IN_TERMINAL, async (task) => {
  const stage = await setStage(task, 3, ['--fault', 'hang=100%']);
  // The first one alone would wait an hour for the call under way.
  const args = `--no-preflight --timeout 3600 --log-file run.log --on-event 'cat >>events'`;
  const running = inTerminal([...SANDBOX, args], stage.surroundings);
  await running.says(BAR);
  while ((await writesReceived(stage)) === 0);

  running.type(CTRL_C);
  await running.says(/SIGINT: no new calls[^]*Stopping, [1-3] calls? in flight/);
  // One that comes at once is taken for the first once more.
  const pressed = setInterval(() => running.type(CTRL_C), 50);
  const { code, stdout } = await running.ended;
  clearInterval(pressed);

  expect(stage.folder.read('run.log')).toMatch(/Ended at once.* 0 of 3 rows[^]*Go on: /);
  await expect.poll(() => stage.folder.read('events')).toContain('"reason":"interrupted"');
  expect(stdout).toContain(HIDE_CURSOR);
  expect(modesLeftOff(stdout)).toEqual([]);
  expect(code).toBe(130);
});

test('behind Ctrl-Z, and in the background, the terminal is the shell’s', IN_TERMINAL, async (task) => {
  const stage = await setStage(task, 2_000);
  const running = inShell(stage.surroundings);
  running.type(`${commandOf([...SANDBOX, '--rate', '20'])}\n`);
  await running.says(BAR);

  running.type(CTRL_Z);
  await running.says(/Stopped/);
  expect(running.shown()).toContain(HIDE_CURSOR);
  expect(modesLeftOff(running.shown())).toEqual([]);

  running.type('fg\n');
  await running.says(new RegExp(`Stopped[^]*${BAR.source}`));
  running.type(CTRL_Z);
  await running.says(/Stopped[^]*Stopped/);
  const stopped = running.shown().length;

  const sent = await writesReceived(stage);
  running.type('bg\n');
  while ((await writesReceived(stage)) < sent + 15);
  running.type('kill %1\n');
  await running.says(/Stopped \(terminated\)/);
  expect(running.shown().slice(stopped)).not.toContain(HIDE_CURSOR);
  running.type('exit\n');
  expect(modesLeftOff((await running.ended).stdout)).toEqual([]);
});

test('a terminal that is closed stops the run in good order', IN_TERMINAL, async (task) => {
  const stage = await setStage(task, 200);
  const running = inTerminal([...SANDBOX, '--rate', '10', '--log-file', 'run.log'], stage.surroundings);
  await running.says(BAR);

  running.send('SIGKILL');
  await running.ended;

  while (!stage.folder.read('run.log').includes('Go on:'));
  expect(stage.folder.read('run.log')).toContain('Stopped (terminated): It was stopped by SIGHUP');
});

test(
  'in a terminal a run on catalog AWS asks, and without a yes sends nothing',
  IN_TERMINAL,
  async (task) => {
    const stage = await setStage(task, 3);
    const before = stage.folder.names();
    const running = inTerminal(['disassociate', 'people.csv', '--catalog', 'AWS'], stage.surroundings);
    await running.says(/Remove up to 3 associations from \d opportunit(y|ies) of .+\? \[y\/N\] /);

    running.type('\r');
    const { code, stdout } = await running.ended;

    expect(stdout).toContain('The answer was not yes: nothing was sent.');
    expect(code).toBe(2);
    expect(await writesReceived(stage)).toBe(0);
    expect(stage.folder.names().filter((name) => !name.startsWith('home'))).toEqual(
      before.filter((name) => !name.startsWith('home')),
    );
  },
);

test('a question is still open behind Ctrl-Z and fg', IN_TERMINAL, async (task) => {
  const stage = await setStage(task, 3);
  const running = inShell(stage.surroundings);
  running.type(`${commandOf(['disassociate', 'people.csv', '--catalog', 'AWS'])}\n`);
  await running.says(/\[y\/N\] /);

  running.type(CTRL_Z);
  await running.says(/Stopped/);
  running.type('fg\n');
  await running.says(/Stopped[^]*\[y\/N\] /);
  running.type('n\n');
  // Of the program, or of the shell, where the program is gone.
  await running.says(/nothing was sent\.|not found/);
  running.type('exit\n');
  expect((await running.ended).stdout).toContain('The answer was not yes: nothing was sent.');
});

test('in a terminal the column is asked for where two may be meant', IN_TERMINAL, async (task) => {
  const stage = await setStage(task, 0);
  const text = 'Opportunity ID,ACE Opportunity ID,Entity ID\nO1,O8,S-0000001\n';
  writeFileSync(join(stage.surroundings.path, 'two.csv'), text);
  const args = ['disassociate', 'two.csv', '--emulator'];
  const left = inTerminal(args, stage.surroundings);
  await left.says(/ 2 {2}"ACE Opportunity ID" {2}"O8"[^]*leave it: /);

  left.type('\r');
  const ended = await left.ended;

  expect(ended.code).toBe(2);
  expect(ended.stdout).toContain('Say which, for instance: --opportunity-column "Opportunity ID"');
  expect(stage.folder.names()).not.toContain('two.oppsweep/journal.jsonl');

  const answered = inTerminal(args, stage.surroundings);
  await answered.says(/leave it: /);
  answered.type('2\r');
  expect(await answered.ended).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("As an option: --opportunity-column 'ACE Opportunity ID'") as string,
  });
});

test(
  'at 40 columns the bar gives way to the time left, and words are not broken',
  IN_TERMINAL,
  async (task) => {
    const stage = await setStage(task, 200);
    const running = inTerminal([...SANDBOX, '--rate', '10'], stage.surroundings, { COLUMNS_HERE: '40' });
    await running.says(/\d+\/200 rows · (\d+ s|1 min) left/);

    running.type(CTRL_C);
    const { stdout } = await running.ended;

    expect(stdout).not.toMatch(/[█▓▒░]/);
    expect(stdout).toContain('SIGINT: no new calls; those in flight\r\n  finish.');

    const status = inTerminal(['status', 'people.results.csv'], stage.surroundings, { COLUMNS_HERE: '40' });
    expect((await status.ended).stdout).toContain('the run of\r\n  people.csv: stopped;');
  },
);

test('a dumb terminal and a terminal of a CI get no escape codes', IN_TERMINAL, async (task) => {
  for (const env of [{ TERM: 'dumb' }, { CI: 'true' }]) {
    const stage = await setStage(task, 3);

    const { stdout } = await inTerminal([...SANDBOX, '--rate', '20'], stage.surroundings, env).ended;

    expect(stdout).toContain('Finished: 3 rows read');
    expect(stdout).not.toContain('\u001B');
  }
});

test.concurrent('without a terminal there are no escape codes at all', async (task) => {
  const stage = await setStage(task, 10);
  await stage.emulator.script([{ kind: 'throttle', times: 2, operation: 'DisassociateOpportunity' }]);
  const { path, env } = stage.surroundings;

  const { stdout, stderr, code } = await runProgram([...SANDBOX, '--rate', '20', '--json'], {
    path,
    env: { ...env, TERM: 'xterm-256color', CI: undefined },
  });

  expect(code).toBe(0);
  expect(stdout + stderr).not.toContain('\u001B');
});

/** Runs the program as the only one in a terminal of 120 columns, or of `COLUMNS_HERE`; what it shows comes as standard output. */
function inTerminal(
  args: readonly string[],
  surroundings: Surroundings,
  own: Surroundings['env'] = {},
): Running {
  return startInTerminal(`exec ${commandOf(args)}`, surroundings, own);
}

/** A shell with jobs, to be typed at. */
function inShell(surroundings: Surroundings): Running {
  return startInTerminal('exec sh -i', surroundings, { ENV: undefined, PS1: '> ' });
}

/** None of the words needs quoting: they are this file's own, but for two paths that hold no quote. */
function commandOf(args: readonly string[]): string {
  return `'${process.execPath}' '${PROGRAM}' ${args.join(' ')}`;
}

function startInTerminal(command: string, { path, env }: Surroundings, own: Surroundings['env']): Running {
  const sized = `stty cols ${own['COLUMNS_HERE'] ?? '120'} rows 40; ${command}`;
  return startProcess('script', ['-qfec', sized, '/dev/null'], {
    path,
    env: { ...env, TERM: 'xterm-256color', CI: undefined, SHELL: '/bin/sh', ...own },
  });
}

/** The modes (25: the cursor, 7: long lines wrap) that the terminal is left without. */
function modesLeftOff(shown: string): readonly string[] {
  const last = new Map([...shown.matchAll(/\[\?(\d+)([hl])/g)].map(([, mode = '', state]) => [mode, state]));
  return [...last].filter(([, state]) => state === 'l').map(([mode]) => mode);
}

async function writesReceived({ emulator }: Stage): Promise<number> {
  return (await emulator.counts()).operations.DisassociateOpportunity.received;
}
