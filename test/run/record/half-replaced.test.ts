import { describe, expect, it } from 'vitest';
import { halfReplaced } from '../../../src/run/record/half-replaced.ts';
import { foldRows } from '../../../src/store/journal-state.ts';
import type { DetachFirstPart, JournalEntry } from '../../../src/store/journal-line.ts';

const KEY = 'O1 Solutions S-0000001 -> Solutions S-0000002';
const REFUSAL = { kind: 'refused', exception: 'ValidationException', message: '' } as const;

function tryOf(part: DetachFirstPart | undefined, n: number): JournalEntry {
  const call = part?.kind === 'detach' ? 'DisassociateOpportunity' : 'AssociateOpportunity';
  return { t: 'try', ordinal: 3, row: 5, key: KEY, call, n, at: 1, ...(part !== undefined && { part }) };
}

function answerOf(n: number, fault?: typeof REFUSAL): JournalEntry {
  return { t: 'answer', ordinal: 3, n, at: 2, ...(fault !== undefined && { fault }) };
}

const DETACH = tryOf({ kind: 'detach' }, 1);
const ATTACH = tryOf({ kind: 'attach' }, 2);
const RESTORE = tryOf({ kind: 'restore', refusal: REFUSAL }, 3);

describe('rows between the calls of a replacement', () => {
  const remove = (n: number): JournalEntry => {
    return { t: 'try', ordinal: 3, row: 5, key: KEY, call: 'DisassociateOpportunity', n, at: 1 };
  };
  const attached = [tryOf(undefined, 1), answerOf(1)];

  it.each<[string, readonly JournalEntry[], boolean | undefined]>([
    ['the new one was attached', attached, true],
    ['whether the new one was attached is not known', attached.slice(0, 1), undefined],
    ['the old one was refused to go', [...attached, remove(2), answerOf(2, REFUSAL)], true],
    ['whether the old one is gone is not known', [...attached, remove(2)], false],
    ['the old one is gone', [...attached, remove(2), answerOf(2)], undefined],
    [
      'nothing is replaced',
      attached.map((entry) => ({ ...entry, key: 'O1 Solutions S-0000001' })),
      undefined,
    ],
  ])('where %s', (_what, entries, known) => {
    const fold = foldRows();
    for (const entry of entries) fold.add(entry);
    const expected = { row: 5, key: KEY, holds: 'both', known };
    expect(halfReplaced(fold.soFar().unsettled)).toEqual(known === undefined ? [] : [expected]);
  });
});

describe('rows between the calls of a replacement whose old entity goes first', () => {
  it.each<[string, readonly JournalEntry[], boolean | undefined]>([
    ['the old one was detached', [DETACH, answerOf(1)], true],
    ['whether it was detached is not known', [DETACH], false],
    ['it was refused to go', [DETACH, answerOf(1, REFUSAL)], undefined],
    ['the new one was refused', [DETACH, answerOf(1), ATTACH, answerOf(2, REFUSAL)], true],
    ['whether the new one was attached is not known', [DETACH, answerOf(1), ATTACH], false],
    ['the new one was attached', [DETACH, answerOf(1), ATTACH, answerOf(2)], undefined],
    ['the old one was gone already', [DETACH, answerOf(1, REFUSAL), ATTACH, answerOf(2, REFUSAL)], undefined],
    [
      'whether the old one came back is not known',
      [DETACH, answerOf(1), ATTACH, answerOf(2, REFUSAL), RESTORE],
      false,
    ],
    [
      'the old one came back',
      [DETACH, answerOf(1), ATTACH, answerOf(2, REFUSAL), RESTORE, answerOf(3)],
      undefined,
    ],
    ['nothing was attached', [tryOf(undefined, 1), answerOf(1, REFUSAL)], undefined],
  ])('where %s', (_what, entries, known) => {
    const fold = foldRows();
    for (const entry of entries) fold.add(entry);
    expect(halfReplaced(fold.soFar().unsettled)).toEqual(
      known === undefined ? [] : [{ row: 5, key: KEY, holds: 'neither', known }],
    );
  });
});
