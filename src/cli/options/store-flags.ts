import { Option, type Command } from 'commander';
import { isFile } from '../../run/record/find-record.ts';
import { shellWords } from '../words/hints/shell-words.ts';
import { shownStore } from '../words/hints/shown-store.ts';
import { minutesOrNone } from './values/amounts.ts';

/** Where journal, quota and results are kept, where that is not in files. */
export interface StoreFlags {
  /** The URL of a PostgreSQL database; it may hold a password. */
  readonly store?: string | undefined;
  /** How long it is waited for, minutes. */
  readonly storeTimeout?: number;
  /** The name of the run there. */
  readonly run?: string | undefined;
}

const DEFAULT_TIMEOUT_MINUTES = 15;

export function addStoreFlags(command: Command): Command {
  return command
    .optionsGroup('A store in place of files:')
    .option(
      '--store <url>',
      'keep journal, quota and results in PostgreSQL: postgres://user@host/database; OPPSWEEP_STORE keeps a password out of the process list',
    )
    .addOption(
      new Option(
        '--store-timeout <minutes>',
        'how long a store that is away is waited for (default: 15)',
      ).argParser(minutesOrNone),
    );
}

/** For commands that begin a run, go on with one, or look at one. */
export function addRunNameFlag(command: Command): Command {
  return command.option(
    '--run <name>',
    'the run’s name in the store (default: that of its results, such as people); ACCOUNT/NAME where several accounts have one',
  );
}

/** The file that somebody means where a store has the run: one that is named beside the run, or that is there. */
export function fileMeant(named: string, { store, run }: StoreFlags): string | undefined {
  if (store === undefined || named === run) return undefined;
  return run !== undefined || isFile(named) ? named : undefined;
}

export function storeTimeoutMs({ storeTimeout = DEFAULT_TIMEOUT_MINUTES }: StoreFlags): number {
  return storeTimeout * 60_000;
}

/**
 * What a command that is printed has behind it, to find a run where it is kept: nothing, of files. A variable is named by itself: it may
 * hold a password. `named`: the run, as it was meant here.
 */
export function storeWords(named: string, { store, run }: StoreFlags, args: readonly string[]): string {
  if (store === undefined) return '';
  const name = run ?? (/\.(csv|tsv|txt)$/i.test(named) ? undefined : named);
  return `${whereStored({ store }, args)}${name === undefined ? '' : ` ${shellWords(['--run', name])}`}`;
}

/** The same behind a command that has the run's name itself, as `undo`. */
export function whereStored({ store }: StoreFlags, args: readonly string[]): string {
  if (store === undefined) return '';
  const isTyped = args.some((word) => /^--store(=|$)/.test(word));
  return ` ${isTyped ? shellWords(['--store', shownStore(store)]) : '--store "$OPPSWEEP_STORE"'}`;
}
