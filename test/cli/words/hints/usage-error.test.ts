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
