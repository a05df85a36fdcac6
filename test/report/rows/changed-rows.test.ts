import { expect, test } from 'vitest';
import { foldJournalChanges } from '../../../src/report/rows/changed-rows.ts';
import { doneEntry } from '../../results/samples.ts';

test('what a run changed is told by its journal, whatever stands in its results', () => {
  const fold = foldJournalChanges();
  fold.add(doneEntry(0));
  fold.add({ ...doneEntry(1), key: 'O9 AwsProducts AmazonEC2' });
  fold.add(
    doneEntry(2, {
      status: 'already_absent',
      confirmedBy: 'preflight',
      calls: { attempts: 0, requestIds: [] },
    }),
  );
  const { byStatus, opportunities, byType } = fold.now();
  expect([byStatus, opportunities]).toEqual([{ disassociated: 2 }, 2]);
  expect([...byType]).toEqual([
    ['Solutions', 1],
    ['AwsProducts', 1],
  ]);
});
