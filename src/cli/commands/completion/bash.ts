import { assertNever } from '../../../model/fault.ts';
import type { Completion } from '../../options/option-words.ts';
import { optionsOfAll, type CommandWords } from './command-words.ts';

/** The script for bash 3.2 or newer. Its words stand in it: nothing is started to complete one. */
export function bashCompletion(commands: readonly CommandWords[]): string {
  const values = optionsOfAll(commands)
    .filter(({ value }) => value.kind !== 'none')
    .map(({ flags, value }) => `    ${flags.join('|')}) ${proposal(value)}; return ;;`);
  const options = commands.map(
    ({ name, options: taken }) =>
      `      ${name}) words='${taken.flatMap(({ flags }) => flags).join(' ')}' ;;`,
  );
  const args = commands
    .filter(({ argument }) => argument !== undefined)
    .map(({ name, argument }) => `    ${name}) ${proposal(argument ?? NOTHING)} ;;`);
  return [
    '# oppsweep in bash. In ~/.bashrc: source <(oppsweep completion bash)',
    '_oppsweep() {',
    '  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command= words= at',
    '  COMPREPLY=()',
    '  # The sign in --rate=1 is a word of its own.',
    '  if [[ $cur == = ]]; then cur=; elif [[ $prev == = ]]; then prev=${COMP_WORDS[COMP_CWORD-2]}; fi',
    '  for ((at = 1; at < COMP_CWORD; at++)); do',
    '    if [[ ${COMP_WORDS[at]} != -* ]]; then command=${COMP_WORDS[at]}; break; fi',
    '  done',
    '  case $prev in',
    ...values,
    '  esac',
    '  if [[ -z $command ]]; then',
    `    _oppsweep_words '${commands.map(({ name }) => name).join(' ')} --help --version'; return`,
    '  fi',
    '  if [[ $cur == -* ]]; then',
    '    case $command in',
    ...options,
    '    esac',
    '    _oppsweep_words "$words"; return',
    '  fi',
    '  case $command in',
    ...args,
    '  esac',
    '}',
    HELPERS,
  ].join('\n');
}

const NOTHING: Completion = { kind: 'none', words: [] };

const HELPERS = `_oppsweep_words() { COMPREPLY=($(compgen -W "$1" -- "$cur")); }
_oppsweep_list() {
  local before=
  [[ $cur == *,* ]] && before=\${cur%,*},
  COMPREPLY=($(compgen -P "$before" -W "$1" -- "\${cur##*,}"))
  compopt -o nospace 2>/dev/null
}
_oppsweep_paths() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen "$1" -- "$cur"))
  compopt -o filenames 2>/dev/null
}
complete -F _oppsweep oppsweep
`;

function proposal({ kind, words }: Completion): string {
  switch (kind) {
    case 'file':
      return '_oppsweep_paths -f';
    case 'folder':
      return '_oppsweep_paths -d';
    case 'word':
      return `_oppsweep_words '${words.join(' ')}'`;
    case 'words':
      return `_oppsweep_list '${words.join(' ')}'`;
    case 'none':
    case 'text':
      return ':';
    default:
      return assertNever(kind);
  }
}
