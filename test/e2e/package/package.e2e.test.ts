import { afterAll, beforeAll, expect, test } from 'vitest';
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

/** What somebody writes who reads a file with the library. */
const READER = `
import { fileSource, openInput, type OpenInput } from 'oppsweep';

const input: OpenInput = await openInput(fileSource('samples/clean-up.csv'), {});
let valid = 0;
for await (const batch of input.batches) valid += batch.filter(({ kind }) => kind === 'valid').length;
console.log(valid, input.tally().rows);
`;

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
    ({ path }) => !/^(dist|samples)\/|^[A-Z]+(\.md)?$|^package\.json$/.test(path),
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

test('a strict program that uses the library is type-checked with all declarations, and runs', async () => {
  const { folder, run, typeCheck } = installed;
  folder.write('reader.mts', READER);
  folder.write('reader.mjs', READER.replace(', type OpenInput', '').replace(': OpenInput', ''));
  folder.write('tsconfig.json', JSON.stringify({ compilerOptions: STRICT, files: ['reader.mts'] }));

  const checked = await typeCheck();
  const ended = await run('node', 'reader.mjs');

  expect([checked.stdout, checked.code]).toEqual(['', 0]);
  const lines = parseResults(folder.read('samples/clean-up.expected.csv'));
  const valid = lines.filter(({ status = '' }) => !['invalid', 'duplicate'].includes(status));
  expect([ended.stderr, ended.stdout]).toEqual(['', `${valid.length} ${lines.length}\n`]);
});
