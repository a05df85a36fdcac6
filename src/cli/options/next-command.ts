import { isDeepStrictEqual } from 'node:util';
import { Command } from 'commander';
import type { Operation } from '../../model/operation.ts';
import type { RowStatus } from '../../model/outcome.ts';
import { asRecorded } from '../../run/request/run-options.ts';
import { addRunFlags, type RunFlags } from './run-flags.ts';
import { commandLine } from '../words/hints/shell-words.ts';
import { shownStore } from '../words/hints/shown-store.ts';

/**
 * All options are repeated but these: which of its rows the run that ended was for, under which name, with whose consent; and
 * what it showed on the screen while it went. Whoever keeps a log, or is called, is so of what follows, too.
 */
const NOT_REPEATED: ReadonlySet<string> = new Set([
  'output',
  'only',
  'limit',
  'restart',
  'useCopy',
  'run',
  'yes',
  'report',
  'json',
  'quiet',
  'progress',
  'progressEvery',
]);

/** A command that takes what a run has left as its input. */
export interface NextJob {
  /** Whatever calls the program: `oppsweep`, unless it is called otherwise. */
  readonly program: string;
  readonly command: Operation | 'plan' | 'undo';
  readonly input: string;
  /** Further options that are its own. */
  readonly words?: readonly string[];
  /** Of results: the statuses whose rows are meant; all, where none is named. */
  readonly only: readonly RowStatus[];
}

/** A command to follow a run: on the same service, at its pace and with its precautions. Whoever pastes it is asked again. */
export function nextCommand({ program, command, input, only, words = [] }: NextJob, flags: RunFlags): string {
  const statuses = only.length === 0 ? [] : ['--only', only.join(',')];
  return commandLine({
    program,
    command,
    file: input,
    words: [...statuses, ...words, ...repeatedWords(flags)],
  });
}

/** Each option that is not at its default, as it would be typed. */
function repeatedWords(flags: RunFlags): string[] {
  const given = new Map<string, RunFlags[keyof RunFlags]>(Object.entries(flags));
  return addRunFlags(new Command()).options.flatMap((option) => {
    const name = option.attributeName();
    const value = given.get(name);
    if (NOT_REPEATED.has(name) || isDeepStrictEqual(value, option.defaultValue)) return [];
    const word = option.long ?? '';
    // `--no-wait` and `--yes` take no value.
    if (typeof value === 'boolean') return value === option.negate ? [] : [word];
    if (name === 'store' && typeof value === 'string') return [word, shownStore(value)];
    return value === undefined ? [] : [word, String(asRecorded(value))];
  });
}
