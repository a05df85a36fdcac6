import { describe, expect, it } from 'vitest';
import { assertStraight } from '../../src/input/straight-row.ts';
import { readAll } from './read-all.ts';

async function watch(rows: readonly string[]): Promise<number> {
  const text = ['Opportunity ID,Solution ID,Replacement', ...rows, ''].join('\n');
  const read = await readAll(text);
  const valid = read.rows.filter((row) => row.kind === 'valid');
  for (const row of valid) assertStraight('people.csv', row);
  return valid.length;
}

describe('replacements of one opportunity', () => {
  it('may be many, and the same on many', async () => {
    expect(await watch(['O1,S-0000001,S-0000009', 'O1,S-0000002,S-0000009', 'O2,S-0000001,S-0000009'])).toBe(
      3,
    );
    expect(await watch(['O1,S-0000001,S-0000002', 'O2,S-0000002,S-0000003', 'O3,S-0000001,'])).toBe(3);
  });

  it.each([
    [
      'a chain',
      ['O1,S-0000001,S-0000002', 'O1,S-0000002,S-0000003'],
      'row 2 attaches S-0000002 to O1',
      'row 3 removes',
    ],
    [
      'a chain from its end',
      ['O1,S-0000002,S-0000003', 'O1,S-0000001,S-0000002'],
      'row 3 attaches S-0000002 to O1',
      'row 2 removes',
    ],
    [
      'a circle',
      ['O1,S-0000001,S-0000002', 'O1,S-0000002,S-0000001'],
      'attaches S-0000001 to O1',
      'removes it again',
    ],
  ])('that make %s are refused, with both rows', async (_, rows, attached, replaced) => {
    await expect(watch(rows)).rejects.toThrow(attached);
    await expect(watch(rows)).rejects.toThrow(replaced);
  });

  it.each([
    ['another replacement', ['O1,S-0000001,S-0000009', 'O1,S-0000001,S-0000008'], 'replaces it by S-0000008'],
    ['one beside none', ['O1,S-0000001,', 'O1,S-0000001,S-0000008'], 'replaces it by S-0000008'],
    ['none beside one', ['O1,S-0000001,S-0000009', 'O1,S-0000001,'], 'removes it without a replacement'],
    [
      'a removal of what was attached',
      ['O1,S-0000001,S-0000009', 'O1,S-0000009,'],
      'row 2 attaches S-0000009',
    ],
    [
      'an attachment of what was removed',
      ['O1,S-0000009,', 'O1,S-0000001,S-0000009'],
      'row 3 attaches S-0000009',
    ],
  ])('are refused where the same association has %s', async (_, rows, says) => {
    await expect(watch(rows)).rejects.toThrow(says);
  });

  it('that say the same again are no contradiction, nor are those of other opportunities and types', async () => {
    expect(await watch(['O1,S-0000001,S-0000009', 'O1,S-0000001,S-0000009'])).toBe(1);
    expect(await watch(['O1,S-0000001,S-0000009', 'O2,S-0000001,S-0000008', 'O2,S-0000009,'])).toBe(3);
  });
});
