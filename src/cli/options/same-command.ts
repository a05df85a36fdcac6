import type { ProcessContext } from '../process/process-context.ts';
import { shellWords } from '../words/hints/shell-words.ts';

/** The command that goes on: this one, but for what would begin again. */
export function sameCommand({ args, program }: Pick<ProcessContext, 'args' | 'program'>): string {
  return `${program} ${shellWords(args.filter((word) => word !== '--restart'))}`;
}
