import { expect, test } from 'vitest';
import type { Tally } from '../../../src/model/tally.ts';
import { changedBefore } from '../../../src/run/record/changed-before.ts';

function tallyOf(byStatus: Tally['byStatus']): Tally {
  return { rows: 9, byStatus, byException: {}, attempts: 0 };
}

test('rows that kept the line of an earlier run’s change are told apart from those that the run changed', () => {
  const settled = tallyOf({ disassociated: 3, failed: 1 });
  const end = {
    t: 'end',
    tally: tallyOf({ disassociated: 4, replaced: 1, already_absent: 3, failed: 1 }),
    resultsSha256: '',
    at: '2025-01-31T12:00:00.000Z',
  } as const;
  expect(changedBefore({ end, settled })).toBe(2);
  expect(changedBefore({ end: undefined, settled })).toBe(0);
});
