import type { RecordedOptions } from './journal-line.ts';

/** The values that stand in a run's terms for what was not given. */
export const NOT_GIVEN = { detected: 'detected', off: 'false', all: 'all' } as const;

/** Told by the command itself, or a record's own. */
const NO_OPTIONS: ReadonlySet<string> = new Set([
  'command',
  'catalog',
  'endpoint',
  'planned',
  'ownTable',
  'undoneRun',
  'partOfWhole',
]);
const UNDONE = /^undone /;

/**
 * The options that decide which rows are meant and how they are read, by the library's names, as they were given: they hold for
 * each session, since they can't be changed on going on. An undo's own table is read by columns that nobody has named.
 */
export function givenTerms(terms: Readonly<Record<string, string>>): RecordedOptions {
  const isUndo = terms['command'] === 'undo' || terms['planned'] === 'undo';
  return Object.fromEntries(
    Object.entries(terms).flatMap(([name, value]) => {
      if (NO_OPTIONS.has(name) || isNotGiven(name, value)) return [];
      if (isUndo && !UNDONE.test(name) && name !== 'only') return [];
      const given = name.replace(UNDONE, '');
      return [[OPTION_NAMES[given] ?? given, givenValue(given, value)]];
    }),
  );
}

/** One option of the user's has two names of ours. */
const OPTION_NAMES: Readonly<Record<string, string>> = { entityColumns: 'entityColumn' };

/** Whether a run of these terms changes nothing: a plan, be it of an undo. */
export function isPlan({ command, planned }: Readonly<Record<string, string>>): boolean {
  return command === 'plan' || planned !== undefined;
}

function isNotGiven(name: string, value: string): boolean {
  if (name === 'only') return value === NOT_GIVEN.all;
  return value === NOT_GIVEN.detected || (SWITCHES.has(name) && value === NOT_GIVEN.off);
}

const SWITCHES: ReadonlySet<string> = new Set(['noHeader', 'split', 'visibleOnly']);

/** Identifiers are given as one list; what else is kept as a list was given again and again, and stays so. */
function givenValue(name: string, value: string): string | boolean {
  if (SWITCHES.has(name)) return true;
  return name === 'entities' ? (JSON.parse(value) as readonly string[]).join(',') : value;
}
