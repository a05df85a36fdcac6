import { didYouMean } from '../input/values/closest.ts';
import { ROW_STATUSES } from '../model/outcome.ts';
import { RunError } from '../model/run-error.ts';

/** Kinds of values; a `share` is judged where it is read. */
export type OptionKind =
  | 'text'
  | 'texts'
  | 'boolean'
  | 'rate'
  | 'quota'
  | 'positive'
  | 'count'
  | 'number'
  | 'minutes'
  | 'statuses'
  | 'signal'
  | 'share'
  | 'part';

/** A misspelt `protectLast` must not be passed over: what it forbids would be done. */
export function assertKnown(options: object, known: Readonly<Record<string, OptionKind>>): void {
  for (const [name, value] of Object.entries(options)) {
    const kind = Object.hasOwn(known, name) ? known[name] : undefined;
    if (kind === undefined) throw new RunError('usage', `There is no option "${name}".${meant(name, known)}`);
    if (value !== undefined && !TAKES[kind](value)) {
      throw new RunError('usage', `The option "${name}" takes ${WORDS[kind]}.`);
    }
  }
}

function meant(name: string, known: Readonly<Record<string, OptionKind>>): string {
  const switched = name.replace(/^no([A-Z])/, (_, letter: string) => letter.toLowerCase());
  return switched !== name && known[switched] === 'boolean'
    ? ` Write ${switched}: false.`
    : didYouMean(name, Object.keys(known));
}

const STATUSES: ReadonlySet<unknown> = new Set(ROW_STATUSES);

export const TAKES: Readonly<Record<OptionKind, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string' && value !== '',
  texts: (value) => (Array.isArray(value) ? value.length > 0 && value.every(TAKES.text) : TAKES.text(value)),
  boolean: (value) => typeof value === 'boolean',
  rate: (value) => value === 'unlimited' || TAKES.positive(value),
  quota: (value) => value === 'unlimited' || TAKES.count(value),
  positive: (value) => Number.isFinite(value) && Number(value) > 0,
  count: (value) => Number.isSafeInteger(value) && Number(value) >= 1,
  number: (value) => Number.isSafeInteger(value) && Number(value) >= 0,
  minutes: (value) => value === 0 || TAKES.positive(value),
  statuses: (value) => {
    const all: readonly unknown[] = Array.isArray(value) ? value : [value];
    return all.length > 0 && all.every((one) => STATUSES.has(one));
  },
  signal: (value) => value instanceof AbortSignal,
  share: () => true,
  part: (value) => (typeof value === 'object' && value !== null) || typeof value === 'function',
};

const WORDS: Readonly<Record<OptionKind, string>> = {
  text: 'text that is not empty',
  texts: 'texts that are not empty, one at least',
  boolean: 'true or false',
  rate: 'calls a second, a number above 0, or "unlimited"',
  quota: 'a whole number from 1 up, or "unlimited"',
  positive: 'a number above 0',
  count: 'a whole number from 1 up',
  number: 'a whole number from 0 up',
  minutes: 'minutes, a number from 0 up',
  statuses: 'statuses of rows, such as "failed"',
  signal: 'an AbortSignal',
  share: 'what its type says',
  part: 'an object, or a function, as its type says',
};
