import { assertNever } from '../../../model/fault.ts';
import type { Completion } from '../../options/option-words.ts';
import type { CommandWords, OptionWords } from './command-words.ts';

/** The script for zsh: to be sourced, or kept as `_oppsweep` in a folder of `$fpath`. */
export function zshCompletion(commands: readonly CommandWords[]): string {
  return [
    '#compdef oppsweep',
    '# oppsweep in zsh. In ~/.zshrc, after compinit: source <(oppsweep completion zsh)',
    '_oppsweep() {',
    '  local curcontext="$curcontext" state line',
    "  _arguments -C '(- *)'{-h,--help}'[tell what there is]' '(- *)'{-v,--version}'[print the version]' '1: :->command' '*:: :->rest'",
    '  case $state in',
    '    command)',
    '      local -a commands=(',
    ...commands.map(({ name, summary }) => `        ${quoted(`${name}:${summary}`)}`),
    '      )',
    '      _describe command commands ;;',
    '    rest)',
    '      case $words[1] in',
    ...commands.flatMap(caseOf),
    '      esac ;;',
    '  esac',
    '}',
    'if [[ $funcstack[1] == _oppsweep ]]; then _oppsweep "$@"; else compdef _oppsweep oppsweep; fi',
    '',
  ].join('\n');
}

function caseOf({ name, options, argument }: CommandWords): readonly string[] {
  const positional = argument === undefined ? [] : [quoted(`*:${name}:${action(argument)}`)];
  const specs = [...options.map(optionSpec), ...positional];
  return [`        ${name}) _arguments ${specs.join(' ')} ;;`];
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
      return '_files';
    case 'folder':
      return '_files -/';
    case 'word':
      return `(${words.join(' ')})`;
    case 'words':
      return `_sequence compadd - ${words.join(' ')}`;
    case 'none':
    case 'text':
      return ' ';
    default:
      return assertNever(kind);
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
