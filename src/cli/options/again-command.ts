import { Command } from 'commander';
import { addRunFlags, type RunFlags } from './run-flags.ts';
import { shellWords } from '../words/shell-words.ts';

/** Options of the run that ended, or of its terminal, which the one that follows doesn't take over. */
const NOT_REPEATED: ReadonlySet<string> = new Set([
  'output',
  'only',
  'limit',
  'restart',
  'useCopy',
  'maxFailures',
  'json',
  'quiet',
  'progress',
]);

/** The command that runs the failed rows of these results again: the same service, pace and precautions. */
export function againCommand(command: string, results: string, flags: RunFlags): string {
  return shellWords(['oppsweep', command, results, '--only', 'failed,unknown', ...repeatedWords(flags)]);
}

/** Each option that is not at its default, as it would be typed. */
function repeatedWords(flags: RunFlags): string[] {
  const given = new Map<string, RunFlags[keyof RunFlags]>(Object.entries(flags));
  return addRunFlags(new Command()).options.flatMap((option) => {
    const name = option.attributeName();
    const value = given.get(name);
    if (NOT_REPEATED.has(name) || value === option.defaultValue) return [];
    const word = option.long ?? '';
    // `--no-wait` and `--yes` take no value.
    if (typeof value === 'boolean') return value === option.negate ? [] : [word];
    return typeof value === 'string' || typeof value === 'number' ? [word, String(value)] : [];
  });
}
