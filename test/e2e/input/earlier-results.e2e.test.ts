import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runHere } from '../stage/program-here.ts';
import { startProcess, type Ended } from '../stage/program.ts';
import { column, parseResults } from '../stage/results-file.ts';
import { makeWorkFolder, type Test, type WorkFolder } from '../stage/work-folder.ts';

const REPOSITORY = resolve(import.meta.dirname, '../../..');
/** A run and a plan of seven rows, made by the program as it was released. */
const OF_0_1_0 = join(REPOSITORY, 'test/fixtures/0.1.0/results');

const AFTER = 'Opportunity ID,Solution ID\nO1000001,S-0000010\nO1000002,S-0000009\nO1000003,S-0000011\n';
const SETTLED = ['disassociated', 'replaced', 'disassociated', 'duplicate', 'invalid', 'failed'] as const;

/** One way to run the program: as it is, or with one column more in its results. */
type Program = (folder: WorkFolder, ...args: readonly string[]) => Promise<Ended>;

const asItIs: Program = (folder, ...args) => runHere(args, folder);

const withOneColumnMore: Program = (folder, ...args) =>
  startProcess(process.execPath, [common.at('changed/build/main.js'), ...args], folder).ended;

/** What the tests start from: the build with one column more, and what the program of today makes. */
const common = makeWorkFolder({ onTestFinished: afterAll });

beforeAll(async () => {
  const changed = common.at('changed');
  cpSync(join(REPOSITORY, 'build'), join(changed, 'build'), { recursive: true });
  cpSync(join(REPOSITORY, 'package.json'), join(changed, 'package.json'));
  symlinkSync(join(REPOSITORY, 'node_modules'), join(changed, 'node_modules'), 'dir');
  replaceIn(join(changed, 'build/model/result-columns.js'), "'tip',", "'tip', 'weather',");
  replaceIn(
    join(changed, 'build/results/result-cells.js'),
    'tip: spell(words.tip),',
    "tip: spell(words.tip), weather: 'fair',",
  );
  const today = { ...common, path: common.at('today') };
  for (const name of ['people.csv', 'state.csv']) cpSync(join(OF_0_1_0, name), join(today.path, name));
  await asItIs(today, 'disassociate', 'people.csv', ...REHEARSED, 'state.csv');
  await asItIs(today, 'plan', 'people.csv', ...REHEARSED, 'state.csv');
});

function replaceIn(path: string, from: string, to: string): void {
  const text = readFileSync(path, 'utf8');
  if (!text.includes(from)) throw new Error(`${path} holds no ${from}`);
  writeFileSync(path, text.replace(from, to));
}

const REHEARSED = ['--emulator', '--rate', 'unlimited', '--emulator-state'];

function folderWithResultsOf(task: Test, maker: '0.1.0' | 'today'): WorkFolder {
  const folder = makeWorkFolder(task);
  cpSync(maker === '0.1.0' ? OF_0_1_0 : common.at('today'), folder.path, { recursive: true });
  folder.write('after.csv', AFTER);
  return folder;
}

const CASES = (['0.1.0', 'today'] as const).flatMap((maker) => [
  { maker, reader: 'the program as it is', program: asItIs },
  { maker, reader: 'a program with one column more', program: withOneColumnMore },
]);

describe.each(CASES)('results of $maker', ({ maker, reader, program }) => {
  it(`are checked by ${reader}`, async (task) => {
    const folder = folderWithResultsOf(task, maker);
    const { stdout } = await program(folder, 'check', 'people.results.csv', '--json');
    // The program's own report.
    expect((JSON.parse(stdout) as { counts: unknown }).counts).toMatchObject({
      rows: 7,
      valid: 5,
      duplicate: 1,
      invalid: 1,
    });
  });

  it(`are run again by ${reader}: what was settled keeps its line`, async (task) => {
    const folder = folderWithResultsOf(task, maker);
    const before = parseResults(folder.read('people.results.csv'));
    const corrected = folder.read('people.results.csv').replace('\n1000004,', '\nO1000004,');
    folder.write('people.results.csv', corrected);
    folder.write('after.csv', `${AFTER}O1000004,S-0000004\n`);
    const args = ['--only', 'invalid', '-o', 'again.csv', ...REHEARSED, 'after.csv'];
    await program(folder, 'disassociate', 'people.results.csv', ...args);
    const again = parseResults(folder.read('again.csv'));
    expect(column(again, 'result_status')).toEqual([...SETTLED.with(4, 'disassociated'), 'disassociated']);
    expect(column(again, 'request_ids').with(4, '')).toEqual(column(before, 'request_ids'));
    expect(column(again, 'Owner')).toEqual(column(before, 'Owner'));
    const weather = reader === 'the program as it is' ? '(no such column)' : 'fair';
    expect(column(again, 'weather')[4]).toBe(weather);
  });

  it(`are undone by ${reader}`, async (task) => {
    const folder = folderWithResultsOf(task, maker);
    const ended = await program(folder, 'undo', 'people.results.csv', ...REHEARSED, 'after.csv');
    expect(ended.code).toBe(1);
    const undone = parseResults(folder.read('people.undo.csv'));
    expect(column(undone, 'Undone row').toSorted()).toEqual(['2', '3', '4', '8']);
  });
});

describe.each(CASES)('a plan of $maker', ({ maker, reader, program }) => {
  it(`is carried out by ${reader}`, async (task) => {
    const folder = folderWithResultsOf(task, maker);
    await program(folder, 'disassociate', 'people.plan.csv', '-o', 'done.csv', ...REHEARSED, 'state.csv');
    expect(column(parseResults(folder.read('done.csv')), 'result_status')).toEqual([
      ...SETTLED,
      'disassociated',
    ]);
  });
});
