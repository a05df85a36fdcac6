import { describe, expect, it } from 'vitest';
import { watchChains } from '../../src/input/replacement-chains.ts';
import { readAll } from './read-all.ts';

async function watch(rows: readonly string[]): Promise<number> {
  const text = ['Opportunity ID,Solution ID,Replacement', ...rows, ''].join('\n');
  const chains = watchChains('people.csv');
  const read = await readAll(text);
  const valid = read.rows.filter((row) => row.kind === 'valid');
  for (const row of valid) chains.add(row);
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
      'row 3 replaces',
    ],
    [
      'a chain from its end',
      ['O1,S-0000002,S-0000003', 'O1,S-0000001,S-0000002'],
      'row 3 attaches S-0000002 to O1',
      'row 2 replaces',
    ],
    [
      'a circle',
      ['O1,S-0000001,S-0000002', 'O1,S-0000002,S-0000001'],
      'attaches S-0000001 to O1',
      'replaces it again',
    ],
  ])('that make %s are refused, with both rows', async (_, rows, attached, replaced) => {
    await expect(watch(rows)).rejects.toThrow(attached);
    await expect(watch(rows)).rejects.toThrow(replaced);
  });
});
