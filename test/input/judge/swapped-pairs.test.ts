import { describe, expect, it } from 'vitest';
import { UnclearRows } from '../../../src/input/unclear-rows.ts';
import { readAll } from '../read-all.ts';

async function watch(rows: readonly string[]): Promise<number> {
  const { input, rows: read } = await readAll(
    ['Opportunity ID,Solution ID,Replacement', ...rows, ''].join('\n'),
  );
  const unclear = new UnclearRows('people.csv');
  for (const row of read) unclear.see(row);
  unclear.assertNone(input.tally().told);
  return read.length;
}

describe('a row whose two identifiers stand in each other’s place', () => {
  it.each([
    [
      'one of several',
      ['O1,S-1000001,S-1000009', 'O2,S-1000001,S-1000009', 'O3,S-1000009,S-1000001'],
      'row 4 replaces S-1000009 by S-1000001',
    ],
    [
      'two of many',
      [
        ...Array.from({ length: 6 }, (_, at) => `O${at + 1},S-1000001,S-1000009`),
        'O7,S-1000009,S-1000001',
        'O8,S-1000009,S-1000001',
      ],
      'row 8 (and 1 more) replaces S-1000009',
    ],
  ])('is refused: %s', async (_, rows, words) => {
    await expect(watch(rows)).rejects.toMatchObject({
      code: 'input_format',
      message: expect.stringContaining(words) as string,
      advice: { code: 'swap_back' },
    });
  });

  it.each([
    ['both ways are as usual', ['O1,S-1000001,S-1000009', 'O2,S-1000009,S-1000001']],
    ['each row has its own', ['O1,S-1000001,S-1000011', 'O2,S-1000002,S-1000012', 'O3,S-1000013,S-1000003']],
    [
      'what came goes elsewhere, to another',
      [
        'O1,S-1000001,S-1000002',
        'O2,S-1000001,S-1000002',
        'O3,S-1000001,S-1000002',
        'O4,S-1000002,S-1000003',
      ],
    ],
  ])('is not seen where %s', async (_, rows) => {
    expect(await watch(rows)).toBe(rows.length);
  });
});
