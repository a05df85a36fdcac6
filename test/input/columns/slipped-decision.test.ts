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
