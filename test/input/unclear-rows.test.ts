import { describe, expect, it } from 'vitest';
import type { InputOptions } from '../../src/input/columns/input-options.ts';
import { UnclearRows } from '../../src/input/unclear-rows.ts';
import { readAll } from './read-all.ts';

/** How many rows are valid, where nothing about them is left open. */
async function watch(
  rows: readonly string[],
  header = 'Opportunity ID,Solution ID,Replacement',
  options: InputOptions = {},
): Promise<number> {
  const { input, rows: read } = await readAll([header, ...rows, ''].join('\n'), options);
  const unclear = new UnclearRows('people.csv');
  for (const row of read) unclear.see(row);
  unclear.assertNone(input.tally().told);
  return read.filter(({ kind }) => kind === 'valid').length;
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

  it('are refused with the number of such pairs, and five of them', async () => {
    const pairOf = (index: number): readonly string[] => [
      `O${index},S-0000001,`,
      `O${index},S-0000001,S-0000008`,
    ];
    await expect(watch([1, 2].flatMap(pairOf))).rejects.toThrow(
      'and row 2 does not. There are 2 such pairs: rows 2 and 3, 4 and 5.',
    );
    await expect(watch([1, 2, 3, 4, 5, 6, 7].flatMap(pairOf))).rejects.toThrow(
      'There are 7 such pairs: rows 2 and 3, 4 and 5, 6 and 7, 8 and 9, 10 and 11, ….',
    );
    await expect(watch(pairOf(1))).rejects.toThrow(/and row 2 does not\.$/);
  });

  it('that say the same again are no contradiction, nor are those of other opportunities and types', async () => {
    expect(await watch(['O1,S-0000001,S-0000009', 'O1,S-0000001,S-0000009'])).toBe(1);
    expect(await watch(['O1,S-0000001,S-0000009', 'O2,S-0000001,S-0000008', 'O2,S-0000009,'])).toBe(3);
  });
});

describe('a condition that takes all rows but some', () => {
  async function take(cells: readonly string[], where: string, column = 'Decision'): Promise<number> {
    const rows = cells.map((cell, index) => `O${index + 1},S-0000001,${cell}`);
    return watch(rows, `Opportunity ID,Solution ID,${column}`, { where: [where] });
  }

  it.each([
    [['remove', '', 'keep', ''], 'Decision!=keep', '2 rows since their cells in column "Decision" are empty'],
    [
      ['remove', '', 'keep', ''],
      'Decision!=keep',
      'the first is row 3; row 5 stands below one that is left out',
    ],
    [['remove', '', 'keep'], 'Decision!=keep', 'row 3 since its cell in column "Decision" is empty'],
    [['remove', 'keep', 'keep.'], 'Decision!=keep', '1 row whose cell in column "Decision" may mean'],
    [['remove', 'keep', 'Keep (Ann)', 'keeep'], 'Decision!=keep', '"Keep (Ann)" in row 4, "keeep" in row 5'],
    [
      ['remove', 'keep', '-', 'ditto', '?'],
      'Decision!=keep',
      '3 rows whose cells in column "Decision" may mean',
    ],
    [['remove', 'hold', 'do not touch'], 'Decision!=hold', '"do not touch" in row 4'],
  ])('is refused where a cell does not say that its row is meant: %j', async (cells, where, words) => {
    await expect(take(cells, where)).rejects.toThrow(words);
  });

  it('is refused where another cell of a row that it takes says what it leaves out', async () => {
    const header = 'Opportunity ID,Solution ID,Owner,Decision';
    const rows = ['O1,S-0000001,Ann,Keep', 'O2,S-0000001,Bob,Remove', 'O3,S-0000001,Keep,Ann'];
    const swapped = watch(rows, header, { where: ['Decision!=Keep'] });
    await expect(swapped).rejects.toThrow('may mean what is left out ("Ann" beside "Keep" in row 4)');
    await expect(swapped).rejects.toMatchObject({
      advice: { leaveOut: 'Decision!=Keep,Ann', take: 'Decision=Remove,Ann' },
    });
    const twice = ['O1,S-0000001,,Keep', 'O2,S-0000001,do not touch,Remove'];
    await expect(watch(twice, header, { where: ['Decision!=Keep'] })).rejects.toMatchObject({
      advice: { leaveOut: undefined, take: 'Decision=Remove' },
    });
    const intoEmpty = ['O1,S-0000001,,Keep', 'O2,S-0000001,Keep,', 'O3,S-0000001,,'];
    await expect(watch(intoEmpty, header, { where: ['Decision!=Keep'] })).rejects.toThrow(
      '("" beside "Keep" in row 3)',
    );
    expect(await watch(rows, header, { where: ['Decision=Remove'] })).toBe(1);
    expect(await watch(rows, header, { where: ['Owner!=Bob'] })).toBe(2);
  });

  it('is refused under any name where an empty cell may stand for the one above', async () => {
    await expect(take(['Acme', '', 'Birch', ''], 'Customer!=Acme', 'Customer')).rejects.toThrow(
      'row 3 stands below one that is left out',
    );
    // Wherever it stands: sorted otherwise, the same file is told the same.
    for (const cells of [
      ['Birch', '', 'Acme'],
      ['', 'Birch', 'Acme'],
      ['Birch', 'Acme', 'Acme', ''],
    ])
      await expect(take(cells, 'Customer!=Acme', 'Customer')).rejects.toMatchObject({
        advice: { leaveOut: 'Customer!=Acme,', take: 'Customer=Birch,' },
      });
    expect(await take(['Birch', '', 'Acme'], 'Customer=Birch,', 'Customer')).toBe(2);
    expect(await take(['Birch', '', 'Acme'], 'Customer!=Acme,', 'Customer')).toBe(1);
    await expect(
      take(['Birch', 'Acme Inc', '"Acme, Inc."'], 'Customer!=Acme Inc', 'Customer'),
    ).rejects.toThrow('"Acme, Inc."');
    expect(await take(['North', 'North East'], 'Region!=North', 'Region')).toBe(1);
  });

  it('takes empty cells where nothing else is taken, or they are named', async () => {
    expect(await take(['keep', '', ''], 'Decision!=keep')).toBe(2);
    expect(await take(['keep', '', 'remove'], 'Decision!=keep,')).toBe(1);
    expect(await take(['keep', '', 'remove', 'keep?'], 'Decision=remove,')).toBe(2);
  });

  it('is refused with the two conditions that say it', async () => {
    await expect(take(['"remove, please"', '', 'keep', 'keep?'], 'Decision!=keep')).rejects.toMatchObject({
      code: 'usage',
      advice: { leaveOut: 'Decision!=keep,keep?,', take: 'Decision="remove, please",keep?,' },
    });
    const many = (length: number): readonly string[] =>
      Array.from({ length }, (_, index) => `value ${index}`);
    await expect(take(['keep', '', ...many(22)], 'Notes!=keep', 'Notes')).rejects.toMatchObject({
      advice: {
        leaveOut: 'Notes!=keep,',
        take: `Notes=${many(22).join(',')},`,
      },
    });
    await expect(take(['keep', '', ...many(102)], 'Decision!=keep')).rejects.toMatchObject({
      advice: { leaveOut: undefined, take: undefined },
    });
  });

  it.each([
    ['Keep', 'yes', ['no'], ['Y', 'true', 'x', '1', 'ja', '✓', 'not sure', 'no?']],
    ['Remove', 'no', ['yes', 'Y'], ['yes, but not before May', 'YES?', '~~yes~~', 'not sure', 'n', 'false']],
    [
      'Decision',
      'keep',
      ['remove', 'to be deleted'],
      ['pending', 'no change', 'kepe', 'k', 'not yet', 'never', 'ask Ann', 'no removal', 'remove?'],
    ],
    [
      'Entscheidung',
      'behalten',
      ['entfernen', 'bitte löschen'],
      ['bleibt', 'stehen lassen', 'kein Löschen', 'unklar'],
    ],
    ['Décision', 'conserver', ['supprimer'], ['à garder', 'laisser']],
    ['Decisión', 'mantener', ['eliminar'], ['dejar', 'queda']],
    ['判断', '保持', ['削除'], ['残す', '削除しない', '保持する']],
    ['决定', '保留', ['删除'], ['不删除']],
  ])(
    'is refused under %s!=%s for what says no more clearly that its row goes',
    async (name, kept, clear, unclear) => {
      expect(await take([kept, ...clear], `${name}!=${kept}`, name)).toBe(clear.length);
      for (const cell of unclear) {
        const cells = [`"${cell}"`, kept, ...clear];
        await expect(take(cells, `${name}!=${kept}`, name)).rejects.toMatchObject({ code: 'usage' });
      }
    },
  );

  it('takes those that go where they are left out once that are in doubt, and not where they are left out', async () => {
    expect(await take(['remove?', 'remove', 'keep'], 'Decision!=keep,remove?')).toBe(1);
    await expect(take(['remove', 'remove it', 'x'], 'Decision!=remove')).rejects.toThrow('"remove it"');
  });

  it('takes whatever the single other value of a column is, and any in a column that decides nothing', async () => {
    expect(await take(['keep', 'weg', 'weg'], 'Decision!=keep')).toBe(2);
    expect(await take(['Closed', 'Open', 'Won', 'pending?'], 'Stage!=Closed', 'Stage')).toBe(3);
  });

  it('is refused for no row that is not sent', async () => {
    const rows = ['O1,S-0000001,keep', 'O2,S-0000001,remove', 'nonsense,S-0000001,', 'O4,S-0000001,keep'];
    expect(await watch(rows, 'Opportunity ID,Solution ID,Decision', { where: ['Decision!=keep'] })).toBe(1);
    const two = { where: ['Decision!=keep', 'Customer=Acme'] };
    const others = ['O1,S-0000001,,Birch', 'O2,S-0000001,remove,Acme', 'O3,S-0000001,keep,Acme'];
    expect(await watch(others, 'Opportunity ID,Solution ID,Decision,Customer', two)).toBe(1);
  });
});
