import { oneOf } from '../../../model/words/amounts.ts';
import { fileWord, shellWords } from './shell-words.ts';

const UNKNOWN = /^error: unknown option '(-[^-].*\.\w+)'/;

/** What commander says of a command line that it can't take, in the program's own voice. */
export function usageError(words: string): string {
  const [, file] = UNKNOWN.exec(words) ?? [];
  const hint =
    file === undefined ? '' : `A file whose name begins with - is written ${shellWords([fileWord(file)])}\n`;
  return (
    words
      .replace(/^error: /, 'oppsweep: ')
      .replace(/command-argument value ('.*') is invalid for argument '(.*)'\./, '$1 is no $2 that it knows.')
      .replace(
        /\. Allowed choices are (.*)\./,
        (_, allowed: string) => `: give ${oneOf(allowed.split(', '))}.`,
      ) + hint
  );
}
