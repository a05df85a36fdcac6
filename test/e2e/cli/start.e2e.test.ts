import { expect, test } from 'vitest';
import { people, peopleCsv } from '../stage/people.ts';
import { PROGRAM, startProcess } from '../stage/program.ts';
import { makeWorkFolder } from '../stage/work-folder.ts';

const REHEARSAL = ['--emulator', '--rate', 'unlimited', '--read-rate', 'unlimited'];

test('a run of one row does not wait, as it ends, for V8 to optimize the parser of answers', async (task) => {
  const folder = makeWorkFolder(task);
  folder.write('people.csv', peopleCsv(people(1)));
  const traced = ['--trace-wasm-compilation-times', PROGRAM, 'disassociate', 'people.csv', ...REHEARSAL];
  const { code, stdout } = await startProcess(process.execPath, traced, folder).ended;
  expect([code, stdout]).toEqual([0, expect.not.stringContaining('TurboFan')]);
});
