import { expect, test } from 'vitest';
import { foldJournalChanges } from '../../../src/report/rows/changed-rows.ts';
import { CALLS, doneEntry } from '../../results/samples.ts';

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

test('a replacement in which nothing was removed is counted apart, by the journal', () => {
  const fold = foldJournalChanges();
  const replaced = { status: 'replaced', confirmedBy: 'answer' } as const;
  fold.add(doneEntry(0, { ...replaced, calls: { ...CALLS, made: ['AssociateOpportunity'] } }));
  fold.add(doneEntry(1, { ...replaced, calls: { ...CALLS, made: ['DisassociateOpportunity'] } }));
  fold.add(doneEntry(2, { ...replaced, calls: CALLS }));
  const { byStatus, attachedAlone } = fold.now();
  expect([byStatus, attachedAlone]).toEqual([{ replaced: 3 }, 1]);
});

test('what a plan could not look at is no change that it would make', () => {
  const fold = foldJournalChanges();
  const plan = { status: 'would_disassociate', writesNeeded: 1 } as const;
  fold.add(doneEntry(0, { ...plan, notes: ['last_of_type'] }));
  fold.add(doneEntry(1, { ...plan, notes: ['unread'] }));
  const { byStatus, unread, opportunities } = fold.now();
  expect([byStatus, unread, opportunities]).toEqual([
    { would_disassociate: 1 },
    { would_disassociate: 1 },
    1,
  ]);
});
