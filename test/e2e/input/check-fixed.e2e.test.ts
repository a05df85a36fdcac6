import { expect, test } from 'vitest';
import { runHere } from '../stage/program-here.ts';
import { runProgram } from '../stage/program.ts';
import { parseResults } from '../stage/results-file.ts';
import { makeWorkFolder, type Test, type WorkFolder } from '../stage/work-folder.ts';

const HEADER = 'Opportunity ID,Entity Type,Entity ID\n';

function folderWith(task: Test, input: string): WorkFolder {
  const folder = makeWorkFolder(task);
  folder.write('people.csv', HEADER + input);
  return folder;
}

test.concurrent('--fixed writes what it corrected, and leaves what is wrong as it was', async (task) => {
  const folder = folderWith(
    task,
    "o1,solution, S-0000001\n'=HYPERLINK(1),Solutions,S-0000002\nO3,AwsProducts,S-0000003\n",
  );
  const ended = await runProgram(['check', 'people.csv', '--fixed', 'fixed.csv'], folder);
  expect(ended.code).toBe(1);
  expect(folder.read('fixed.csv')).toBe(
    `${HEADER}O1,Solutions,S-0000001\n'=HYPERLINK(1),Solutions,S-0000002\nO3,AwsProducts,S-0000003\n`,
  );
  expect(ended.stderr).toContain('Cleaned: fixed.csv (1 row corrected, 2 rows left to correct by hand)');
});

test.concurrent('--fixed touches no file but the one it makes', async (task) => {
  const folder = folderWith(task, 'O1,Solutions,S-0000001\n');
  folder.write('fixed.csv.part', 'mine');
  const ended = await runHere(['check', 'people.csv', '--fixed', 'fixed.csv'], folder);
  expect(ended.code).toBe(0);
  expect(folder.read('fixed.csv.part')).toBe('mine');
  expect(folder.names()).toEqual(['fixed.csv', 'fixed.csv.part', 'home', 'people.csv']);
});

test.concurrent('--fixed leaves nothing of a file that can not be read to its end', async (task) => {
  const folder = folderWith(task, 'O1,Solutions,S-0000001\n"x\n');
  const ended = await runHere(['check', 'people.csv', '--fixed', 'fixed.csv'], folder);
  expect(ended.code).toBe(2);
  expect(folder.names()).toEqual(['home', 'people.csv']);
});

test.concurrent('--problems lists every problem of every row, as harmless cells', async (task) => {
  const rows = Array.from({ length: 6 }, (_, index) => `o${index + 1},Solutions,x${index}\n`);
  const folder = folderWith(task, `${rows.join('')}O9,Solutions,S-0000001\nO9,Solutions,S-0000001\n`);
  const ended = await runHere(['check', 'people.csv', '--problems', 'problems.csv'], folder);
  expect(ended.code).toBe(1);
  const lines = parseResults(folder.read('problems.csv'));
  expect(lines.map((line) => `${line['row']} ${line['problem']} ${line['did_you_mean']}`.trim())).toEqual([
    ...[2, 3, 4, 5, 6, 7].flatMap((row) => [
      `${row} opportunity_pattern O${row - 1}`,
      `${row} type_entity_mismatch`,
    ]),
    '9 duplicate',
  ]);
  expect(ended.stderr).toContain('Problems: problems.csv (13 lines)');
});

test.concurrent('where one of two files can not be written, neither is, and nothing is left', async (task) => {
  const folder = folderWith(task, 'O1,Solutions,S-0000001\n');
  const existing = ['check', 'people.csv', '--fixed', 'fixed.csv', '--problems', 'people.csv'];
  const same = ['check', 'people.csv', '--fixed', 'fixed.csv', '--problems', 'fixed.csv'];
  for (const args of [existing, same]) expect((await runHere(args, folder)).code).toBe(2);
  expect(folder.names()).toEqual(['home', 'people.csv']);
});

test.concurrent('a folder that is not there is named, and not made', async (task) => {
  const folder = folderWith(task, 'O1,Solutions,S-0000001\n');
  const ended = await runHere(['check', 'people.csv', '--fixed', 'gone/fixed.csv'], folder);
  expect(ended.code).toBe(2);
  expect(ended.stderr).toContain('gone/fixed.csv could not be written: there is no folder gone.');
  expect(ended.stderr).toContain('Make the folder');
  expect(folder.names()).toEqual(['home', 'people.csv']);
});

for (const name of ['', '-', 'folder/', 'fixed.csv.gz']) {
  test.concurrent(`--fixed refuses the name ${JSON.stringify(name)}`, async (task) => {
    const folder = folderWith(task, 'O1,Solutions,S-0000001\n');
    const ended = await runHere(['check', 'people.csv', '--fixed', name], folder);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain(
      name === '' ? '--fixed is given an empty value' : `argument '${name}' is invalid`,
    );
    expect(folder.names()).toEqual(['home', 'people.csv']);
  });
}
