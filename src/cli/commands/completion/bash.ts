import { assertNever } from '../../../model/fault.ts';
import type { Completion } from '../../options/option-words.ts';
import { everyCommand, type CommandPath, type CommandWords, type OptionWords } from './command-words.ts';

/** The script for bash 3.2 or newer. Its words stand in it: nothing is started to complete one. */
export function bashCompletion(program: CommandWords): string {
  const commands = everyCommand(program);
  const known = commands.slice(1).map(({ path }) => quoted(path.join(' ')));
  return [
    '# oppsweep in bash. In ~/.bashrc: source <(oppsweep completion bash)',
    '_oppsweep() {',
    '  local cur=${COMP_WORDS[COMP_CWORD]} prev command= at=$COMP_CWORD',
    '  COMPREPLY=()',
    '  # The sign in --rate=1 is a word of its own, and so is that in --fault error=1%.',
    '  if [[ $cur == = ]]; then cur=; ((at--)); fi',
    '  while ((at > 2)) && [[ ${COMP_WORDS[at-1]} == = ]]; do ((at -= 2)); done',
    '  if ((at < COMP_CWORD)) && [[ ${COMP_WORDS[at]} == -* ]]; then prev=${COMP_WORDS[at]}; else prev=${COMP_WORDS[at-1]}; fi',
    '  for ((at = 1; at < COMP_CWORD; at++)); do',
    '    case "${command:+$command }${COMP_WORDS[at]}" in',
    `      ${known.join('|')}) command="\${command:+$command }\${COMP_WORDS[at]}" ;;`,
    '    esac',
    '  done',
    '  case $command in',
    ...commands.flatMap(caseOf),
    '  esac',
    '}',
    HELPERS,
  ].join('\n');
}

function caseOf({ path, command: { options, argument, commands } }: CommandPath): readonly string[] {
  const below = commands.map(({ name }) => name);
  const first: Completion | undefined = below.length > 0 ? { kind: 'word', words: below } : argument;
  if (options.length === 0 && first === undefined) return [];
  const flags = options.flatMap((option) => option.flags);
  return [
    `    ${quoted(path.join(' '))})`,
    ...valuesOf(options),
    `      if [[ $cur == -* ]]; then ${flags.length > 0 ? proposal({ kind: 'word', words: flags }) : ':'}`,
    `      else ${first === undefined ? ':' : proposal(first)}; fi ;;`,
  ];
}

/** A line for each kind of value, not for each option. */
function valuesOf(options: readonly OptionWords[]): readonly string[] {
  const flagsBy = new Map<string, readonly string[]>();
  for (const { flags, value } of options.filter((option) => option.value.kind !== 'none')) {
    const proposed = proposal(value);
    flagsBy.set(proposed, [...(flagsBy.get(proposed) ?? []), ...flags]);
  }
  const lines = [...flagsBy].map(([proposed, flags]) => `        ${flags.join('|')}) ${proposed}; return ;;`);
  return lines.length === 0 ? [] : ['      case $prev in', ...lines, '      esac'];
}

const HELPERS = `_oppsweep_words() { local IFS=$'\\n'; COMPREPLY=($(compgen -W "$*" -- "$cur")); }
_oppsweep_list() {
  local IFS=$'\\n' before= quote=
  case $cur in
    [\\"\\']*) quote=1 cur=\${cur:1} ;;
    *) cur=\${cur//\\\\/} ;;
  esac
  [[ $cur == *,* ]] && before=\${cur%,*},
  COMPREPLY=($(compgen -P "$before" -W "$*" -- "\${cur##*,}"))
  [[ -n $quote ]] || COMPREPLY=("\${COMPREPLY[@]// /\\\\ }")
  compopt -o nospace 2>/dev/null
}
_oppsweep_paths() {
  local IFS=$'\\n' kind=$1; shift
  COMPREPLY=($(compgen "$kind" -W "$*" -- "$cur"))
  compopt -o filenames 2>/dev/null
}
complete -F _oppsweep oppsweep
`;

function proposal({ kind, words }: Completion): string {
  const known = words.map(quoted).join(' ');
  switch (kind) {
    case 'file':
      return `_oppsweep_paths -f ${known}`.trimEnd();
    case 'folder':
      return '_oppsweep_paths -d';
    case 'word':
      return `_oppsweep_words ${known}`;
    case 'words':
      return `_oppsweep_list ${known}`;
    case 'none':
    case 'text':
      return ':';
    default:
      return assertNever(kind);
  }
}

/** The program's own words hold no quotes. */
function quoted(word: string): string {
  return /^[\w-]+$/.test(word) ? word : `'${word}'`;
}
