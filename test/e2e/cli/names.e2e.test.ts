import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PROGRAM, runProgram, startProcess } from '../stage/program.ts';
import { makeWorkFolder } from '../stage/work-folder.ts';

const CSV = 'Opportunity ID,Entity Type,Entity ID\nO1,Solutions,S-0000001\n';
const REHEARSAL = ['--emulator', '--rate', 'unlimited', '--read-rate', 'unlimited'];

test.concurrent('what is not a word in a name never reaches the terminal as it is', async (task) => {
  const folder = makeWorkFolder(task);
  const name = 'a\u001b[31m\u202eb.csv';
  folder.write(name, CSV);
  const checked = await runProgram(['check', name, '--json'], folder);
  const absent = await runProgram(['check', `no-${name}`], folder);
  const run = await runProgram(['disassociate', name, ...REHEARSAL], folder);
  const unknown = await runProgram(['check', name, '--encoding', '\u001b[2J'], folder);
  expect([checked.code, absent.code, run.code, unknown.code]).toEqual([0, 2, 0, 2]);
  for (const { stdout, stderr } of [checked, absent, run, unknown]) {
    expect(['\u001b', '\u202e'].filter((mark) => (stdout + stderr).includes(mark))).toEqual([]);
  }
  expect(run.stderr).toContain(String.raw`Results: a\u001b[31m\u202eb.results.csv`);
});

test.concurrent('a run with as long a name as the results can have comes to its end', async (task) => {
  const folder = makeWorkFolder(task);
  folder.write('people.csv', CSV);
  // Its summary’s name is the longest that a folder can hold.
  const name = `${'y'.repeat(255 - '.summary.json'.length)}.csv`;
  const ended = await runProgram(['disassociate', 'people.csv', ...REHEARSAL, '-o', name], folder);
  expect([ended.code, ended.stderr]).toEqual([0, ended.stderr]);
  expect(folder.read(name)).toContain('disassociated');
});

const HAS_FULL = existsSync('/dev/full') && spawnSync('sh', ['-c', 'echo >/dev/full']).status !== 0;

for (const [where, code] of [
  ['check people.csv --json >/dev/full', 0],
  ['check people.csv 2>/dev/full', 0],
  ['check absent.csv 2>/dev/full', 2],
  [`disassociate people.csv ${REHEARSAL.join(' ')} --json >/dev/full`, 0],
  [`disassociate people.csv ${REHEARSAL.join(' ')} 2>/dev/full`, 0],
] as const) {
  test(
    `an output that can not be written changes no exit code: ${where}`,
    { concurrent: true, skip: !HAS_FULL },
    async (task) => {
      const folder = makeWorkFolder(task);
      folder.write('people.csv', CSV);
      const ended = await startProcess(
        'sh',
        ['-c', `exec '${process.execPath}' '${PROGRAM}' ${where}`],
        folder,
      ).ended;
      expect([ended.code, ended.stderr]).toEqual([code, ended.stderr]);
      expect(ended.stderr).not.toMatch(/^\s+at /m);
      expect(folder.names().includes('people.results.csv')).toBe(where.startsWith('disassociate'));
    },
  );
}
