import { expect, test } from 'vitest';
import { withFlags } from '../../../src/cli/words/option-spelling.ts';
import { planTold, withAdvice } from '../../../src/run/report/plan-told.ts';
import { line, reportOf } from '../../report/sample-report.ts';

const SPELT = { spell: withFlags };

test('a plan’s notes are counted in words, with the option that minds them', () => {
  const plan = { writesNeeded: 3, byNote: { last_solution: 2, locked_review: 1 } };
  const notesOf = (options?: Record<string, string>): readonly string[] | undefined =>
    planTold(plan, { endpoint: 'emulator', options }, SPELT)?.notes;
  expect(notesOf({ emulatorState: 'now.csv' })).toEqual([
    '2 opportunities would lose the last solution (--protect-last keeps it)',
    '1 row may be refused: the opportunity is under review',
  ]);
  expect(notesOf()?.[0]).toContain('what the rows name (--emulator-state FILE gives it what there is)');
});

test('a planned row says with its reason what can be done about it; one that failed has its own tip', () => {
  const { rows } = reportOf([
    line('would_disassociate', { message: 'The opportunity’s last solution.' }),
    line('failed', { message: 'The opportunity’s last solution.', tip: 'Ask.' }),
  ]);
  expect(withAdvice(rows, SPELT).reasons.map(({ tip }) => tip)).toEqual([
    'The opportunity’s last solution. --protect-last keeps it.',
    'Ask.',
  ]);
});
