import { expect, test } from 'vitest';
import { runProgram } from './program.ts';
import { makeWorkFolder, type Test, type WorkFolder } from './work-folder.ts';

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
  const ended = await runProgram(['check', 'people.csv', '--fixed', 'fixed.csv'], folder);
  expect(ended.code).toBe(0);
  expect(folder.read('fixed.csv.part')).toBe('mine');
  expect(folder.names()).toEqual(['fixed.csv', 'fixed.csv.part', 'home', 'people.csv']);
});

test.concurrent('--fixed leaves nothing of a file that can not be read to its end', async (task) => {
  const folder = folderWith(task, 'O1,Solutions,S-0000001\n"x\n');
  const ended = await runProgram(['check', 'people.csv', '--fixed', 'fixed.csv'], folder);
  expect(ended.code).toBe(2);
  expect(folder.names()).toEqual(['home', 'people.csv']);
});

for (const name of ['', '-', 'folder/', 'fixed.csv.gz']) {
  test.concurrent(`--fixed refuses the name ${JSON.stringify(name)}`, async (task) => {
    const folder = folderWith(task, 'O1,Solutions,S-0000001\n');
    const ended = await runProgram(['check', 'people.csv', '--fixed', name], folder);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain(`argument '${name}' is invalid`);
    expect(folder.names()).toEqual(['home', 'people.csv']);
  });
}
