import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test, type TestContext } from 'vitest';
import { runProgram, undated, type Ended, type Surroundings } from '../stage/program.ts';
import { parseResults, type ResultLine } from '../stage/results-file.ts';
import { makeWorkFolder, type WorkFolder } from '../stage/work-folder.ts';
import { consoleBlock } from './readme.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const execute = promisify(execFile);
const FAST = ['--rate', '50', '--read-rate', '500'];
const DIFFERENT_EACH_TIME = new Set(['request_ids', 'started_at', 'finished_at']);

test.concurrent('the sample run gives the expected results', async (task) => {
  const folder = withSamples(task);

  const state = ['--emulator', '--emulator-state', 'samples/clean-up.state.csv'];
  const ended = await runProgram(
    ['disassociate', 'samples/clean-up.csv', ...state, '-o', 'done.csv', ...FAST],
    folder,
  );

  expect(ended.code).toBe(1);
  expect(repeatable(folder.read('done.csv'))).toEqual(
    repeatable(folder.read('samples/clean-up.expected.csv')),
  );
});

for (const [heading, fast] of [
  ['## A run', FAST],
  ['# The input', []],
] as const) {
  test.concurrent(`the command below "${heading}" says what its page shows`, async (task) => {
    const [command = '', ...shown] = consoleBlock(heading);

    const ended = await runAsShown(command, fast, withSamples(task));

    const said = undated(ended.stderr).split('\n');
    const promised = shown.filter((line) => !line.includes('…'));
    expect(promised.filter((line) => !said.includes(line))).toEqual([]);
    // In that order, too.
    expect(said.filter((line) => promised.includes(line))).toEqual(promised);
    expect(ended.code).toBe(1);
  });
}

test.concurrent('the library’s sample runs row by row from any folder, and leaves all in it alone', async (task) => {
  const folder = withSamples(task);
  // The package by its own name, as whoever installs it has it.
  mkdirSync(folder.at('node_modules'));
  symlinkSync(ROOT, folder.at('node_modules/oppsweep'));
  mkdirSync(folder.at('tmp'));
  folder.write('elsewhere/demo/mine.txt', 'mine');

  const { stdout } = await execute(process.execPath, [folder.at('samples/library.mjs')], {
    cwd: folder.at('elsewhere'),
    env: { ...folder.env, TMPDIR: folder.at('tmp') },
  });

  expect(stdout).toContain('ResourceNotFoundException\n{');
  expect(stdout).toContain('disassociated: 32');
  const [, results = ''] = /^Results: (.*)$/m.exec(stdout) ?? [];
  expect(parseResults(readFileSync(results, 'utf8'))).toHaveLength(41);
  expect(results.startsWith(folder.at('tmp'))).toBe(true);
  expect(folder.names().filter((name) => name.startsWith('elsewhere/'))).toEqual(['elsewhere/demo/mine.txt']);
});

/** Samples in a folder of the test's own, so that the paths shown are those of the README and nothing else is touched. */
function withSamples(task: TestContext): WorkFolder {
  const folder = makeWorkFolder(task);
  cpSync(resolve(ROOT, 'samples'), folder.at('samples'), { recursive: true });
  return folder;
}

function repeatable(csv: string): readonly ResultLine[] {
  return parseResults(csv).map((line) =>
    Object.fromEntries(Object.entries(line).filter(([name]) => !DIFFERENT_EACH_TIME.has(name))),
  );
}

/** A line such as `$ oppsweep disassociate …`, as it stands; a run faster. */
function runAsShown(line: string, fast: readonly string[], surroundings: Surroundings): Promise<Ended> {
  const [prompt, program, ...args] = line.split(' ');
  expect([prompt, program]).toEqual(['$', 'oppsweep']);
  return runProgram([...args, ...fast], surroundings);
}
