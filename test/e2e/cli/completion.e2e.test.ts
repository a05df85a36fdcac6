import { spawnSync } from 'node:child_process';
import { expect, test, type TestContext } from 'vitest';
import { runProgram } from '../stage/program.ts';
import { makeWorkFolder, type WorkFolder } from '../stage/work-folder.ts';

/** Lines as they are typed, and a proposal for the last word of each. */
const PROPOSALS: readonly (readonly [string, readonly string[]])[] = [
  ['oppsweep dis', ['disassociate']],
  ['oppsweep help pl', ['plan']],
  ['oppsweep fleet st', ['status', 'stop']],
  ['oppsweep help fleet st', ['status', 'stop']],
  ['oppsweep fleet submit --account', ['--account-column']],
  ['oppsweep fleet stop --account', []],
  ['oppsweep completion ', ['bash', 'fish', 'zsh']],
  ['oppsweep disassociate --protect', ['--protect-last']],
  ['oppsweep disassociate --catalog ', ['AWS', 'Sandbox']],
  ['oppsweep disassociate --only invalid,fa', ['invalid,failed']],
  ['oppsweep export --stage Prospect,Tech', ['Prospect,Technical Validation']],
  ['oppsweep export --review-status Sub', ['Submitted']],
  ['oppsweep emulator --lock-review In', ['In review']],
  ['oppsweep emulator --fault thr', ['throttle=']],
  ['oppsweep check --delimiter ta', ['tab']],
  ['oppsweep disassociate --replace-map market', ['marketplace']],
  ['oppsweep disassociate --replace-map pe', ['people.csv']],
  ['oppsweep disassociate pe', ['people.csv']],
  ['oppsweep check people.csv --fixed pe', ['people.csv']],
];

/** Behind the proposals for a line. */
const END = '---';

const BASH = String.raw`source "$1"; shift; for line; do read -ra COMP_WORDS <<<"$line"
[[ $line == *" " ]] && COMP_WORDS+=(""); COMP_CWORD=$((${'$'}{#COMP_WORDS[@]} - 1))
_oppsweep; printf '%s\n' "${'$'}{COMPREPLY[@]}" ${END}; done`;
const FISH = `source $argv[1]; for line in $argv[2..-1]; complete -C $line; echo ${END}; end`;
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
print -r -- "$out"
zpty -n -w shell $'\C-uoppsweep help fle\tsubm\t\C-uoppsweep fleet resul\t--out\t\C-uoppsweep export --stage Prospect,Tech\t'
zpty -r shell out '*Validation*'
print -r -- "$out"
zpty -n -w shell $'\C-uoppsweep emulator --fault thr\t5%,garb\t1%'
zpty -r shell out '*bage=*1%*'
print -r -- "$out"`;

for (const [shell, args] of SHELLS) {
  test.concurrent(`the words of ${shell} are proposed by what stands before them`, async (task) => {
    skipWithout(shell, task);
    const folder = await folderWithScript(shell, task);
    const lines = PROPOSALS.map(([line]) => line);
    const ended = run(folder, shell, [...args, `oppsweep.${shell}`, ...lines]);
    const shown = ended.stdout.replaceAll('\\', '').split(`${END}\n`);
    const proposed = lines.map((line, n) => [line, proposalsIn(shown[n] ?? '')]);
    expect(proposed).toEqual(PROPOSALS);
    // A value is not what its option's summary describes.
    expect(shown[lines.indexOf('oppsweep disassociate --catalog ')]).not.toMatch(/\t./);
    // Words of the shell's own would stand across what is typed.
    expect(ended.stderr).toBe('');
  });
}

/** Each on a line, with its summary behind a tab where the shell shows one. */
function proposalsIn(shown: string): readonly string[] {
  const words = shown.split('\n').map((line) => line.split('\t')[0] ?? '');
  return words.filter((word) => word !== '').toSorted((left, right) => left.localeCompare(right));
}

test.concurrent('the words of zsh are completed as they are typed', async (task) => {
  skipWithout('zsh', task);
  const folder = await folderWithScript('zsh', task);
  const ended = run(folder, 'zsh', ['-f', '-c', ZSH, 'zsh', 'oppsweep.zsh']);
  const completed = ['disassociate', '--catalog', 'Sandbox', 'people.csv', 'invalid,failed'];
  for (const word of [
    ...completed,
    'submit',
    'results',
    '--output',
    'Technical\\ Validation',
    'throttle=5%,garbage=1%',
  ]) {
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

function run(
  folder: WorkFolder,
  command: string,
  args: readonly string[],
): { stdout: string; stderr: string } {
  const env = { ...folder.env, PATH: process.env['PATH'] };
  return spawnSync(command, args, { cwd: folder.path, env, encoding: 'utf8', timeout: 60_000 });
}
