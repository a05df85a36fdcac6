import { spawnSync } from 'node:child_process';
import { expect, test, type TestContext } from 'vitest';
import { runProgram } from '../stage/program.ts';
import { makeWorkFolder, type WorkFolder } from '../stage/work-folder.ts';

/** Lines as they are typed, and a proposal for the last word of each. */
const PROPOSALS: readonly (readonly [string, readonly string[]])[] = [
  ['oppsweep dis', ['disassociate']],
  ['oppsweep help pl', ['plan']],
  ['oppsweep completion ', ['bash', 'fish', 'zsh']],
  ['oppsweep disassociate --protect', ['--protect-last']],
  ['oppsweep disassociate --catalog ', ['AWS', 'Sandbox']],
  ['oppsweep disassociate --only invalid,fa', ['invalid,failed']],
  ['oppsweep disassociate pe', ['people.csv']],
  ['oppsweep check people.csv --fixed pe', ['people.csv']],
];

const BASH = String.raw`source "$1"; read -ra COMP_WORDS <<<"$2"; [[ $2 == *" " ]] && COMP_WORDS+=("")
COMP_CWORD=$((${'$'}{#COMP_WORDS[@]} - 1)); _oppsweep; printf '%s\n' "${'$'}{COMPREPLY[@]}"`;
const FISH = 'source $argv[1]; complete -C $argv[2]';
const SHELLS = [
  ['bash', ['-c', BASH, 'bash']],
  ['fish', ['--no-config', '-c', FISH]],
] as const;

/** A line typed into a zsh of its own, with a tab behind each beginning. */
const ZSH = String.raw`zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "autoload -Uz compinit; compinit -u -D; source $1; print rea''dy"
zpty -r shell out '*ready*'
zpty -n -w shell $'oppsweep dis\t--cat\tSan\tpeop\t--only invalid,fai\t'
zpty -r shell out '*invalid,failed*'
print -r -- "$out"`;

for (const [shell, args] of SHELLS) {
  test.concurrent(`the words of ${shell} are proposed by what stands before them`, async (task) => {
    skipWithout(shell, task);
    const folder = await folderWithScript(shell, task);
    for (const [line, proposals] of PROPOSALS) {
      const ended = run(folder, shell, [...args, `oppsweep.${shell}`, line]);
      const words = ended.stdout.split('\n').map((said) => said.split('\t')[0] ?? '');
      const proposed = words
        .filter((word) => word !== '')
        .toSorted((left, right) => left.localeCompare(right));
      expect([line, proposed]).toEqual([line, proposals]);
    }
  });
}

test.concurrent('the words of zsh are completed as they are typed', async (task) => {
  skipWithout('zsh', task);
  const folder = await folderWithScript('zsh', task);
  const ended = run(folder, 'zsh', ['-f', '-c', ZSH, 'zsh', 'oppsweep.zsh']);
  for (const word of ['disassociate', '--catalog', 'Sandbox', 'people.csv', 'invalid,failed']) {
    expect(ended.stdout.replaceAll(ESCAPES, '')).toContain(word.slice(1));
  }
});

// eslint-disable-next-line no-control-regex
const ESCAPES = /\u001b\[[0-9;?]*[a-zA-Z]|[\b\r]./g;

async function folderWithScript(shell: string, task: TestContext): Promise<WorkFolder> {
  const folder = makeWorkFolder(task);
  folder.write('people.csv', '');
  const { code, stdout } = await runProgram(['completion', shell], folder);
  expect(code).toBe(0);
  folder.write(`oppsweep.${shell}`, stdout);
  return folder;
}

function skipWithout(shell: string, task: TestContext): void {
  task.skip(spawnSync(shell, ['--version']).status !== 0, `no ${shell} on this machine`);
}

function run(folder: WorkFolder, command: string, args: readonly string[]): { stdout: string } {
  const env = { ...folder.env, PATH: process.env['PATH'] };
  return spawnSync(command, args, { cwd: folder.path, env, encoding: 'utf8', timeout: 60_000 });
}
