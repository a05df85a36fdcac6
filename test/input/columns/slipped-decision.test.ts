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
