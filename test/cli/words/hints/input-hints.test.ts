import { expect, test } from 'vitest';
import { hintOf } from '../../../../src/cli/words/hints/hints.ts';
import { RunError } from '../../../../src/model/run-error.ts';

test('a pair of columns is proposed by both options', () => {
  const likely = {
    code: 'likely_columns',
    role: 'entity',
    column: 'Old',
    shown: ['"Old"', '"New"'],
  } as const;
  const hint = (replacement?: string): string | undefined =>
    hintOf(
      new RunError('input_columns', 'No.', { ...likely, choices: [], ...(replacement && { replacement }) }),
    );
  expect(hint()).toMatch(/for instance: --entity-column Old$/);
  expect(hint('New')).toMatch(/for instance: --entity-column Old --replace-column New$/);
});
