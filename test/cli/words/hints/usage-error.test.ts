import { expect, it } from 'vitest';
import { usageError } from '../../../../src/cli/words/hints/usage-error.ts';

it('tells how a file is written that was taken for an option', () => {
  expect(usageError("error: unknown option '-dash.csv'\n")).toBe(
    "oppsweep: unknown option '-dash.csv'\nA file whose name begins with - is written ./-dash.csv\n",
  );
});

it('says nothing of files where no file can be meant', () => {
  expect(usageError("error: unknown option '--limt'\n(Did you mean --limit?)\n")).toBe(
    "oppsweep: unknown option '--limt'\n(Did you mean --limit?)\n",
  );
});

it.each([
  [
    "error: command-argument value 'tcsh' is invalid for argument 'shell'. Allowed choices are bash, zsh, fish.\n",
    "oppsweep: 'tcsh' is no shell that it knows: give bash, zsh or fish.\n",
  ],
  [
    "error: option '--log-format <format>' argument 'xml' is invalid. Allowed choices are text, json.\n",
    "oppsweep: option '--log-format <format>' argument 'xml' is invalid: give text or json.\n",
  ],
])('names what may be given in place of a word that is none of these', (said, told) => {
  expect(usageError(said)).toBe(told);
});
