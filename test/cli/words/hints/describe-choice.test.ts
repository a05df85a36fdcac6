import { describe, expect, it } from 'vitest';
import {
  choiceTaken,
  choiceTyped,
  describeChoice,
  openChoice,
  type OpenChoice,
} from '../../../../src/cli/words/hints/describe-choice.ts';
import { RunError } from '../../../../src/model/run-error.ts';

const CHOICE: OpenChoice = {
  of: 'opportunity',
  choices: [
    { position: 2, value: 'Opportunity ID', name: '"Opportunity ID"', holds: ['"O1"', '"O2"'] },
    { position: 11, value: '11', name: '"ID"', holds: [] },
  ],
};

describe('a choice of columns or sheets', () => {
  it('is shown under the numbers of the file’s own columns', () => {
    expect(describeChoice(CHOICE, 'people.csv')).toBe(
      [
        'people.csv: Which column holds the opportunities?',
        '   2  "Opportunity ID"  "O1", "O2"',
        '  11  "ID"',
        '',
      ].join('\n'),
    );
  });

  it('takes such a number, or the name, and nothing else', () => {
    for (const typed of ['2', ' Opportunity ID ']) expect(choiceTyped(CHOICE, typed)).toBe(CHOICE.choices[0]);
    expect(choiceTyped(CHOICE, '11')).toBe(CHOICE.choices[1]);
    for (const typed of ['1', '0', '02', 'ID', 'y', '-']) expect(choiceTyped(CHOICE, typed)).toBeUndefined();
  });

  it('is told as the option that says the same, ready to paste', () => {
    expect(choiceTaken(CHOICE, 'Opportunity ID')).toBe(
      "As an option: --opportunity-column 'Opportunity ID'\n",
    );
    expect(choiceTaken({ ...CHOICE, of: 'sheet' }, '2')).toBe('As an option: --sheet 2\n');
  });

  it('is open after an error only where there is something to choose from', () => {
    const { choices } = CHOICE;
    const advice = { code: 'choose_sheet', sheet: 'First' } as const;
    expect(openChoice(new RunError('input_format', '', { ...advice, choices }))).toEqual({
      of: 'sheet',
      choices,
    });
    expect(openChoice(new RunError('input_format', '', advice))).toBeUndefined();
    expect(openChoice(new RunError('input_format', '', { ...advice, choices: [] }))).toBeUndefined();
    expect(openChoice(new RunError('usage', ''))).toBeUndefined();
  });
});
