import { assertNever } from '../../../model/fault.ts';
import type { Completion } from '../../options/option-words.ts';
import { everyCommand, type CommandPath, type CommandWords, type OptionWords } from './command-words.ts';

/** The script for zsh: to be sourced, or kept as `_oppsweep` in a folder of `$fpath`. */
export function zshCompletion(program: CommandWords): string {
  return [
    '#compdef oppsweep',
    '# oppsweep in zsh. In ~/.zshrc, after compinit: source <(oppsweep completion zsh)',
    ...everyCommand(program)
      .filter(({ command }) => command.commands.length > 0)
      .flatMap(functionOf),
    'if [[ $funcstack[1] == _oppsweep ]]; then _oppsweep "$@"; else compdef _oppsweep oppsweep; fi',
    '',
  ].join('\n');
}

/** Of a command of commands. */
function functionOf({ path, command: { options, commands } }: CommandPath): readonly string[] {
  return [
    `${functionName(path)}() {`,
    '  local curcontext="$curcontext" state line',
    `  _arguments -C ${[...options.map(optionSpec), "'1: :->command'", "'*:: :->rest'"].join(' ')}`,
    '  case $state in',
    '    command)',
    '      local -a commands=(',
    ...commands.map(({ name, summary }) => `        ${quoted(`${name}:${summary}`)}`),
    '      )',
    '      _describe command commands ;;',
    '    rest)',
    '      case $words[1] in',
    ...commands.map((command) => caseOf([...path, command.name], command)),
    '      esac ;;',
    '  esac',
    '}',
  ];
}

function functionName(path: readonly string[]): string {
  return ['_oppsweep', ...path].join('_');
}

function caseOf(path: readonly string[], { name, options, argument, commands }: CommandWords): string {
  if (commands.length > 0) return `        ${name}) ${functionName(path)} ;;`;
  const positional = argument === undefined ? [] : [quoted(`*:${name}:${action(argument)}`)];
  return `        ${name}) _arguments ${[...options.map(optionSpec), ...positional].join(' ')} ;;`;
}

function optionSpec({ flags, summary, value }: OptionWords): string {
  const told = `[${summary.replaceAll(/[[\]\\]/g, '\\$&')}]`;
  const takes = value.kind === 'none' ? '' : `: :${action(value)}`;
  const [first = '', second] = flags;
  if (second === undefined) return quoted(`*${spelled(first, value)}${told}${takes}`);
  return `'*'{${spelled(first, value)},${spelled(second, value)}}${quoted(told + takes)}`;
}

/** A long option's value may stand behind `=`. */
function spelled(flag: string, value: Completion): string {
  return value.kind !== 'none' && flag.startsWith('--') ? `${flag}=` : flag;
}

function action({ kind, words }: Completion): string {
  switch (kind) {
    case 'file':
      return words.length > 0 ? `{compadd - ${listed(words)}; _files}` : '_files';
    case 'folder':
      return '_files -/';
    case 'word':
      return `(${listed(words)})`;
    case 'words':
      // Behind `throttle=` comes its value, and no comma.
      return words.some((word) => word.endsWith('='))
        ? `{compset -P "*,"; compadd -S "" - ${listed(words)}}`
        : `_sequence compadd - ${listed(words)}`;
    case 'none':
    case 'text':
      return ' ';
    default:
      return assertNever(kind);
  }
}

function listed(words: readonly string[]): string {
  return words.map((word) => word.replaceAll(' ', String.raw`\ `)).join(' ');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
