import type { ProcessContext } from '../process/process-context.ts';
import { withShownStore } from '../words/hints/shown-store.ts';
import { shellWords } from '../words/hints/shell-words.ts';

/** The command that goes on: this one, but for what would begin again; another shell may lack the variables of this one. */
export function sameCommand({
  args,
  program,
  inherited = () => '',
}: Pick<ProcessContext, 'args' | 'program' | 'inherited'>): string {
  const [command = '', ...others] = withShownStore(args.filter((word) => word !== '--restart'));
  return [program, command, inherited(), shellWords(others)].filter((word) => word !== '').join(' ');
}

/** A command line with further options: behind `--` no word is one. */
export function withOptions(args: readonly string[], words: readonly string[]): readonly string[] {
  const end = args.indexOf('--');
  return end < 0 ? [...args, ...words] : [...args.slice(0, end), ...words, ...args.slice(end)];
}
