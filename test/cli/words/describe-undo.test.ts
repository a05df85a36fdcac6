import { expect, test } from 'vitest';
import { rowsMeant } from '../../../src/cli/words/describe-undo.ts';
import { STATUS_MEANINGS } from '../../../src/model/words/status-meanings.ts';

test('rows whose change may have been made are told apart from those that were changed', () => {
  const [sure, doubtful] = [{ inDoubt: false }, { inDoubt: true }];
  const all = [sure, sure, doubtful];
  expect(rowsMeant(all, all)).toBe('2 rows that it changed and 1 in doubt');
  expect(rowsMeant([sure], all)).toContain('1 of the 2 rows that it changed and 1 in doubt (the others');
  expect(rowsMeant([doubtful], [doubtful])).toBe('1 row in doubt');
  expect(rowsMeant([sure], [sure])).toBe('1 row that it changed');
});

test('a replacement that is taken back is not told by old and new, which are the other way round then', () => {
  expect(STATUS_MEANINGS.replaced).toBe('one was removed, and another attached in its place');
});
