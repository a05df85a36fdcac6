import { describe, expect, it } from 'vitest';
import { readAll } from '../read-all.ts';

describe('a column that seems to decide about rows', () => {
  it('is none because one row slipped a decision into it', async () => {
    const rows = [
      'Opportunity ID,Solution,Customer,Decision,Owner',
      'O1,S-0000001,Acme,keep,ann',
      'O2,S-0000001,Birch, Inc,keep,ann',
    ];
    const { input } = await readAll(rows.join('\n'));
    const deciding = input.table.unused.filter(({ decides }) => decides !== undefined);
    expect(deciding.map(({ name }) => name)).toEqual(['Decision']);
  });
});

describe('rows that are never sent', () => {
  it('say nothing against those whose notes stand where they have their opportunities', async () => {
    const sound = ['fine', '', 'call first', ''].map(
      (note, index) => `O${index + 1},APAC,S-000000${index + 1},,${note}`,
    );
    const mirrored = Array.from(
      { length: 12 },
      (_, index) => `fine,,S-00001${index + 10},APAC,O${index + 50}`,
    );
    const text = ['Opportunity ID,Region,Entity ID,Replacement,Notes', ...sound, ...mirrored].join('\n');
    const { rows } = await readAll(text);
    expect(rows.filter(({ kind }) => kind === 'valid').map(({ row }) => row)).toEqual([2, 3, 4, 5]);
  });
});

describe('a decision that no other row has', () => {
  const HEADER = 'Opportunity ID,Solution,Customer,Active,Renewed';
  async function invalidIn(last: string): Promise<readonly number[]> {
    const others = Array.from(
      { length: 8 },
      (_, at) => `O${at + 1},S-000000${at + 1},C${at},yes,${at % 2 === 0 ? 'yes' : 'no'}`,
    );
    const { rows } = await readAll([HEADER, ...others, last].join('\n'), { where: ['Active=yes'] });
    return rows.filter(({ kind }) => kind === 'invalid').map(({ row }) => row);
  }

  it.each(['O9,S-0000009,C9,no,yes', 'O9,S-0000009,C9,no,no'])(
    'is sound beside a column of such answers of its own: %s',
    async (row) => {
      expect(await invalidIn(row)).toEqual([]);
    },
  );

  it.each(['O9,S-0000009,Acme, Inc,yes,no', 'O9,S-0000009,yes,no,'])(
    'may be another column’s where the row isn’t whole: %s',
    async (row) => {
      expect(await invalidIn(row)).toEqual([10]);
    },
  );
});
