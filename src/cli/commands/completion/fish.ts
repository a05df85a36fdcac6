import { assertNever } from '../../../model/fault.ts';
import type { Completion } from '../../options/option-words.ts';
import { everyCommand, type CommandPath, type CommandWords, type OptionWords } from './command-words.ts';

/** The script for fish: to be sourced, or kept as `oppsweep.fish` in its folder of completions. */
export function fishCompletion(program: CommandWords): string {
  const commands = everyCommand(program);
  const known = commands.slice(1).map(({ path }) => quoted(path.join(' ')));
  return [
    '# oppsweep in fish. In ~/.config/fish/config.fish: oppsweep completion fish | source',
    'function __oppsweep_at',
    '  set -l command',
    '  for word in (commandline -opc)[2..-1]',
    `    contains -- (string join -- ' ' $command $word) ${known.join(' ')}; and set -a command $word`,
    '  end',
    '  test "$command" = "$argv"',
    'end',
    'complete -c oppsweep -f',
    ...commands.flatMap(linesOf),
    '',
  ].join('\n');
}

function linesOf({ path, command: { options, argument, commands } }: CommandPath): readonly string[] {
  const here = `complete -c oppsweep -n ${quoted(['__oppsweep_at', ...path].join(' '))}`;
  return [
    ...commands.map(({ name, summary }) => `${here} -a ${name} -d ${quoted(summary)}`),
    ...(argument === undefined ? [] : [`${here}${takes(argument, '')}`]),
    ...options.map((option) => `${here}${spelled(option)}`),
  ];
}

function spelled({ flags, summary, value }: OptionWords): string {
  const names = flags.map((flag) =>
    flag.startsWith('--') ? ` -l ${flag.slice(2)}` : ` -s ${flag.slice(1)}`,
  );
  return `${names.join('')}${value.kind === 'none' ? '' : takes(value, ' -r')} -d ${quoted(summary)}`;
}

function takes({ kind, words }: Completion, required: string): string {
  switch (kind) {
    case 'file':
      return `${required} -F${words.length > 0 ? ` -a ${quoted(listed(words))}` : ''}`;
    case 'folder':
      return `${required} -f -a '(__fish_complete_directories)'`;
    case 'word':
      return `${required} -f -a ${quoted(listed(words))}`;
    case 'words':
      return `${required} -f -a ${quoted(`(__fish_append , ${listed(words)})`)}`;
    case 'none':
    case 'text':
      return `${required} -f`;
    default:
      return assertNever(kind);
  }
}

/** Read by fish once more. Behind the tab stands a word's own description: without it fish would show that of the option. */
function listed(words: readonly string[]): string {
  return words.map((word) => `${word.includes(' ') ? quoted(word) : word}\\t`).join(' ');
}

function quoted(text: string): string {
  return `'${text.replaceAll(/[\\']/g, '\\$&')}'`;
}
