import { expect, it } from 'vitest';
import { describeInput } from '../../../../src/cli/words/describe-input.ts';
import { readAll } from '../../../input/read-all.ts';

it('says what a sentence below the table, or a cell beyond the header, seems to decide', async () => {
  const { input } = await readAll(
    'Opportunity ID,Solution ID\nO1,S-0000001,please keep\nO2,S-0000002\n\nDo not remove any of these\n',
    {},
  );
  expect(describeInput(input.table, input.tally()).trimEnd().split('\n').slice(-5)).toEqual([
    '  below the table it seems to be said what to do with its rows (row 5: "Do not remove any of these"); nobody obeys that: every valid row is meant',
    '  beyond the header’s columns it seems to be said what to do with its rows (row 2: "please keep"); nobody obeys that: every valid row is meant',
    '  1 row below the table left out (row 5: "Do not remove any of these")',
    '  1 blank row left out',
    '  1 row with more cells than the header (row 2: "please keep"); they are kept at the line’s end',
  ]);
});
