import { afterAll, beforeAll, expect, test } from 'vitest';
import { firstBlock } from '../cli/readme.ts';
import { undated } from '../stage/program.ts';
import { people, peopleCsv } from '../stage/people.ts';
import { parseResults } from '../stage/results-file.ts';
import { installPackage, layIn, type InstalledPackage } from './installed-package.ts';

const STRICT = {
  target: 'es2023',
  module: 'nodenext',
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  noEmit: true,
};

let installed: InstalledPackage;
const ends: (() => void)[] = [];

beforeAll(async () => {
  installed = await installPackage({ onTestFinished: (end) => ends.push(end as () => void) });
  layIn(installed, 'samples');
});

afterAll(() => {
  for (const end of ends) end();
});

test('the tarball has what is needed and nothing else, in under 1.5 MB', () => {
  const { size, files } = installed.tarball;
  expect(size).toBeLessThan(1_500_000);
  const elsewhere = files.filter(
    ({ path }) =>
      !/^(deploy|dist|docs|samples|schemas|src\/report\/assets)\/|^[A-Z]+(\.md)?$|^package\.json$/.test(path),
  );
  expect(elsewhere).toEqual([]);
});

test('installed into an empty folder, the command runs the sample', async () => {
  const { folder, run } = installed;
  const state = ['--emulator-state', 'samples/clean-up.state.csv', '-o', 'done.csv'];
  const ended = await run('oppsweep', 'disassociate', 'samples/clean-up.csv', ...state, '--rate', '100');
  expect(ended.code).toBe(1);
  expect(parseResults(folder.read('done.csv')).map(({ status }) => status)).toEqual(
    parseResults(folder.read('samples/clean-up.expected.csv')).map(({ status }) => status),
  );
});

test('the demo runs from the package, and proposes the command that is installed', async () => {
  const demo = 'node_modules/oppsweep/samples/demo.mjs';
  const ended = await installed.run('node', demo, '--rate', '100');
  expect(ended.code).toBe(0);
  expect(undated(ended.stderr)).toContain(
    '\nOnce that is done: oppsweep disassociate demo/clean-up.results.csv ',
  );
});

test('the package has no sample that needs the tests', () => {
  const samples = installed.tarball.files.filter(({ path }) => /^samples\/.*\.mjs$/.test(path));
  const texts = samples.map(({ path }) => installed.folder.read(`node_modules/oppsweep/${path}`));
  expect(texts).not.toEqual([]);
  expect(texts.filter((text) => text.includes('../test/'))).toEqual([]);
});

test('the program of the library’s page is type-checked strictly, with all declarations, and runs', async () => {
  const { folder, run, typeCheck } = installed;
  const program = firstBlock('# The library', 'js');
  folder.write('people.csv', peopleCsv(people(3)));
  folder.write('program.mjs', program);
  folder.write('program.mts', program);
  folder.write('tsconfig.json', JSON.stringify({ compilerOptions: STRICT, files: ['program.mts'] }));

  const checked = await typeCheck();
  const ended = await run('node', 'program.mjs');

  expect([checked.stdout, checked.code]).toEqual(['', 0]);
  expect([ended.stderr, ended.stdout]).toEqual(['', expect.stringContaining('disassociated: 3')]);
  expect(parseResults(folder.read('people.results.csv'))).toHaveLength(3);
});
