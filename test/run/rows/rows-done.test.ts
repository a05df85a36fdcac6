import { expect, it } from 'vitest';
import { rowsInDoubt } from '../../../src/run/rows/rows-done.ts';
import { foldRows } from '../../../src/store/journal-state.ts';
import type { JournalEntry } from '../../../src/store/journal-line.ts';
import { tryEntry } from '../../results/samples.ts';

it('a row is in doubt until it is answered, or a read has shown it unchanged', () => {
  const inDoubt = (...entries: readonly JournalEntry[]): number => {
    const rows = foldRows();
    for (const entry of entries) rows.add(entry);
    return rowsInDoubt(rows.soFar().unsettled).length;
  };
  const seen = { t: 'seen', ordinal: 0, at: 2 } as const;
  expect(inDoubt(tryEntry(0), tryEntry(1))).toBe(2);
  expect(inDoubt(tryEntry(0), tryEntry(1), seen)).toBe(1);
  expect(inDoubt(tryEntry(0), seen, tryEntry(0, { n: 2 }))).toBe(1);
});
