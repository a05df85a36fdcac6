import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { PROGRAM, runProgram, startProcess, type Ended, type Running } from '../stage/program.ts';
import { column } from '../stage/results-file.ts';
import { setFileStage, type FileStage, type FileStageFiles } from '../stage/file-stage.ts';

const LIVE = [
  'disassociate',
  'job.csv',
  '--catalog',
  'AWS',
  '--rate',
  'unlimited',
  '--read-rate',
  'unlimited',
];

const FILES = {
  job: [
    ['Opportunity ID', 'Entity Type', 'Entity ID'],
    ['O1', 'Solutions', 'S-0000001'],
    ['O1', 'Solutions', 'S-0000002'],
    ['O2', 'Solutions', 'S-0000003'],
    ['O2', 'Solutions', 'S-0000003'],
    ['O3', 'Solutions', 'no solution'],
  ],
  held: [
    ['O1', 'Solutions', 'S-0000001'],
    ['O1', 'Solutions', 'S-0000002'],
    ['O2', 'Solutions', 'S-0000003'],
  ],
} as const satisfies FileStageFiles;

/** The util-linux one, which gives a command a terminal of its own. */
const IN_TERMINAL = {
  skip: !spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux'),
};

test.concurrent('catalog AWS without a terminal and without --yes is refused before anything is asked', async (task) => {
  const stage = await setFileStage(task, FILES);

  const ended = await runProgram(LIVE, stage.surroundings);

  expect(ended.stderr).toContain(
    'A run on catalog AWS changes live data, and there is no terminal to ask in.',
  );
  expect(ended.code).toBe(2);
  expect((await stage.emulator.counts()).received).toBe(0);
  expect(stage.folder.names()).not.toContain('job.oppsweep/journal.jsonl');
});

test.concurrent('with --yes it runs, and the summary says as whom', async (task) => {
  const stage = await setFileStage(task, FILES);

  const logged = ['--log-file', 'run.jsonl', '--log-format', 'json'];
  const ended = await runProgram([...LIVE, '--yes', '--json', ...logged], withSts(stage));

  expect(ended.code).toBe(1);
  expect(ended.stderr).toMatch(
    /To do: remove up to 3 associations from 2 opportunities of account (\d{12}), as arn:aws:\S+:\1:/,
  );
  const records = stage.folder.read('run.jsonl').trim().split('\n');
  expect(JSON.parse(records.at(-1) ?? '')).toMatchObject({
    event: 'finished',
    catalog: 'AWS',
    endpoint: stage.emulator.url,
    caller: { account: /\d{12}/.exec(ended.stderr)?.[0] },
  });
  expect(column(stage.results(), 'status')).toEqual([
    'disassociated',
    'disassociated',
    'disassociated',
    'duplicate',
    'invalid',
  ]);
  const summary = JSON.parse(ended.stdout) as { catalog: string; caller: { account: string; arn: string } };
  expect(summary.catalog).toBe('AWS');
  expect(summary.caller.account).toMatch(/^\d{12}$/);
  expect(summary.caller.arn).toContain(summary.caller.account);
});

test('the question shows account, caller and counts; a no sends nothing', IN_TERMINAL, async (task) => {
  const stage = await setFileStage(task, FILES);
  const running = inTerminal(stage, LIVE);
  await running.says(/Remove up to 3 associations from 2 opportunities of account \d{12}\? \[y\/N\] /);

  running.type('n\r');
  const { code, stdout } = await running.ended;

  expect(stdout).toMatch(/Account {2}(\d{12}), as arn:aws:\S+:\1:/);
  expect(stdout).toContain(`Catalog  AWS: live data, at ${stage.emulator.url}`);
  expect(stdout).toContain('Rows     3 to send, 1 invalid, 1 duplicate');
  expect(stdout).toMatch(/Quota {4}10,000 writes left of the last 24 hours \(0 used\)/);
  expect(stdout).toContain('The answer was not yes: nothing was sent.');
  expect(code).toBe(2);
  expect(await stage.writes()).toEqual([]);
});

test('a yes runs', IN_TERMINAL, async (task) => {
  const stage = await setFileStage(task, FILES);
  const running = inTerminal(stage, LIVE);
  await running.says(/\[y\/N\] /);

  running.type('y\r');
  const { code, stdout } = await running.ended;

  expect(stdout).toContain('Finished: 5 rows read');
  expect(code).toBe(1);
  expect(await stage.emulator.held()).toEqual([]);
});

for (const [key, typed, expected] of [
  ['Ctrl-D', '\u0004', { code: 2, words: /The answer was not yes: nothing was sent\./ }],
  [
    'Ctrl-C',
    '\u0003',
    { code: 130, words: /stopped by Ctrl-C at the question\.\s+The same command\s+asks again\./ },
  ],
] as const) {
  test(`${key} at the question is no yes`, IN_TERMINAL, async (task) => {
    const stage = await setFileStage(task, FILES);
    const running = inTerminal(stage, LIVE);
    await running.says(/\[y\/N\] /);

    running.type(typed);
    const { code, stdout } = await running.ended;

    expect(stdout).toContain('\r\noppsweep: ');
    expect(stdout).toMatch(expected.words);
    expect(code).toBe(expected.code);
    expect(await stage.writes()).toEqual([]);
    expect(stage.folder.names()).not.toContain('job.oppsweep/journal.jsonl');
  });
}

test(
  'where STS refuses to say whose credentials they are, the question says so',
  IN_TERMINAL,
  async (task) => {
    const stage = await setFileStage(task, FILES);
    await stage.emulator.script([{ kind: 'denied', times: 1, operation: 'GetCallerIdentity' }]);
    const running = inTerminal(stage, LIVE);
    await running.says(/\[y\/N\] /);

    running.type('n\r');

    expect((await running.ended).stdout).toContain(
      'Account  not known: STS refused to tell (AccessDeniedException)',
    );
  },
);

test.concurrent('--protect-last keeps an opportunity’s last of its type, and only that', async (task) => {
  const stage = await setFileStage(task, FILES);

  const ended = await stage.run('disassociate', 'job.csv', '--protect-last');

  expect(ended.code).toBe(1);
  expect(column(stage.results(), 'status').slice(0, 3)).toEqual(['disassociated', 'failed', 'failed']);
  expect(column(stage.results(), 'exception').slice(0, 3)).toEqual([
    '',
    'LastRemainingEntity',
    'LastRemainingEntity',
  ]);
  expect(await stage.emulator.held()).toEqual(['O1 Solutions S-0000002', 'O2 Solutions S-0000003']);
  expect(await stage.writes()).toHaveLength(1);
});

test.concurrent('without permission to read, one warning is given and the run goes on', async (task) => {
  const stage = await setFileStage(task, FILES);
  await denyReads(stage);

  const ended = await stage.run('disassociate', 'job.csv');

  expect(warningsOf(ended)).toHaveLength(1);
  expect(column(stage.results(), 'status').slice(0, 3)).toEqual(
    Array.from({ length: 3 }, () => 'disassociated'),
  );
  expect(await stage.emulator.held()).toEqual([]);
});

test.concurrent('without permission to read, --protect-last protects by stopping', async (task) => {
  const stage = await setFileStage(task, FILES);
  await denyReads(stage);

  const ended = await stage.run('disassociate', 'job.csv', '--protect-last');

  expect(ended.stderr).toContain('Stopped (access_denied)');
  expect(ended.code).toBe(3);
  expect(await stage.writes()).toEqual([]);
});

function denyReads({ emulator }: FileStage): Promise<void> {
  return emulator.script([{ kind: 'denied', times: 1_000, operation: 'GetOpportunity' }]);
}

function warningsOf({ stderr }: Ended): readonly string[] {
  return stderr.split('\n').filter((line) => line.includes('Reading opportunities is not permitted'));
}

/** The emulator answers for STS too. */
function withSts({ surroundings: { path, env }, emulator }: FileStage): FileStage['surroundings'] {
  return { path, env: { ...env, AWS_ENDPOINT_URL_STS: emulator.url } };
}

/** Runs the program as the only one in a terminal; what it shows comes as standard output. */
function inTerminal(stage: FileStage, args: readonly string[]): Running {
  const { path, env } = withSts(stage);
  // None of the words needs quoting: they are this file's own, but for two paths that hold no quote.
  const command = `stty cols 120 rows 40; exec '${process.execPath}' '${PROGRAM}' ${args.join(' ')}`;
  return startProcess('script', ['-qfec', command, '/dev/null'], {
    path,
    env: { ...env, TERM: 'xterm-256color', CI: undefined, SHELL: '/bin/sh' },
  });
}
