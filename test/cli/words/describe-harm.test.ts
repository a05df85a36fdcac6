import { describe, expect, it } from 'vitest';
import { halfReplacedLines, harmQuestion } from '../../../src/cli/words/describe-harm.ts';

describe('harmQuestion', () => {
  it.each([
    [1_200, 0, 'Remove up to 1,200 associations from 2 opportunities of account 123456789012?'],
    [0, 1, 'Add up to 1 association to 2 opportunities of account 123456789012?'],
    [
      3,
      2,
      'Remove up to 3 associations from, and add up to 2 associations to, 2 opportunities of account 123456789012?',
    ],
  ])('names removals (%i), additions (%i), opportunities and account', (removals, attachments, question) => {
    expect(harmQuestion({ removals, attachments, opportunities: 2 }, '123456789012')).toBe(question);
  });

  it('counts no opportunities of a part of the rows', () => {
    const changes = { removals: 4, attachments: 0, opportunities: undefined };
    expect(harmQuestion(changes, '123456789012')).toBe(
      'Remove up to 4 associations from opportunities of account 123456789012?',
    );
  });

  it('names the run that is undone', () => {
    const changes = { removals: 0, attachments: 2, opportunities: 2 };
    expect(harmQuestion(changes, '123456789012', '123456789012/spring')).toBe(
      'Add up to 2 associations to 2 opportunities of account 123456789012, to undo 123456789012/spring?',
    );
  });

  it('says whose account it is where its number is not known', () => {
    const changes = { removals: 1, attachments: 0, opportunities: 1 };
    expect(harmQuestion(changes, undefined)).toBe(
      'Remove up to 1 association from 1 opportunity of the account of these credentials?',
    );
  });
});

describe('halfReplacedLines', () => {
  const key = 'O1 Solutions S-0000001 -> Solutions S-0000002';

  it('names the rows, and how sure it is', () => {
    expect(halfReplacedLines([])).toEqual([]);
    expect(halfReplacedLines([{ row: 5, key, holds: 'neither', known: true }])).toEqual([
      `Half done: the old entity is detached and the new one not attached yet at row 5 (${key}). Going on finishes it.`,
    ]);
    expect(halfReplacedLines([{ row: 5, key, holds: 'neither', known: false }]).join()).toContain(
      'is, or may be, detached',
    );
  });

  it('tells those that hold both from those that hold neither, the worse first', () => {
    const rows = (['both', 'neither'] as const).map((holds, row) => ({ row, key, holds, known: true }));
    expect(halfReplacedLines(rows)).toEqual([
      `Half done: the old entity is detached and the new one not attached yet at row 1 (${key}). Going on finishes it.`,
      `Half done: the new entity is attached and the old one not removed yet at row 0 (${key}). Going on finishes it.`,
    ]);
  });

  it('counts what is too much to name', () => {
    const rows = Array.from({ length: 12 }, (_, index) => ({
      row: index + 2,
      key,
      holds: 'both' as const,
      known: true,
    }));
    expect(halfReplacedLines(rows).join()).toMatch(/row 11 \([^)]*\) and 2 more\. Going on finishes them\.$/);
  });
});
