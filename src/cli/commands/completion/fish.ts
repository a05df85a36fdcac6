import { assertNever } from '../../../model/fault.ts';
import type { Completion } from '../../options/option-words.ts';
import type { CommandWords, OptionWords } from './command-words.ts';

/** The script for fish: to be sourced, or kept as `oppsweep.fish` in its folder of completions. */
export function fishCompletion(commands: readonly CommandWords[]): string {
  return [
    '# oppsweep in fish. In ~/.config/fish/config.fish: oppsweep completion fish | source',
    'complete -c oppsweep -f',
    "complete -c oppsweep -n __fish_use_subcommand -s h -l help -d 'tell what there is'",
    "complete -c oppsweep -n __fish_use_subcommand -s v -l version -d 'print the version'",
    ...commands.flatMap(linesOf),
    '',
  ].join('\n');
}

function linesOf({ name, summary, options, argument }: CommandWords): readonly string[] {
  const within = `complete -c oppsweep -n '__fish_seen_subcommand_from ${name}'`;
  return [
    `complete -c oppsweep -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`,
    ...(argument === undefined ? [] : [`${within}${takes(argument, '')}`]),
    ...options.map((option) => `${within}${spelled(option)}`),
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
      return `${required} -F`;
    case 'folder':
      return `${required} -f -a '(__fish_complete_directories)'`;
    case 'word':
      return `${required} -f -a ${quoted(words.join(' '))}`;
    case 'words':
      return `${required} -f -a ${quoted(`(__fish_append , ${words.join(' ')})`)}`;
    case 'none':
    case 'text':
      return `${required} -f`;
    default:
      return assertNever(kind);
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll(/[\\']/g, '\\$&')}'`;
}
