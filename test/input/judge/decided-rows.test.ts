import { describe, expect, it } from 'vitest';
import { readAll, rowLine } from '../read-all.ts';

const HEADER = 'Opportunity ID,Solution,Customer,Decision,Owner';
const ROWS = Array.from(
  { length: 12 },
  (_, row) => `O1${row},S-0000001,Acme,${row % 3 === 0 ? 'keep' : 'remove'},ann`,
);

/** The lines that a row comes to among sound ones. */
async function linesOf(row: string, where = 'Decision!=keep', header = HEADER): Promise<readonly string[]> {
  const { rows } = await readAll(`${[header, ...ROWS, row].join('\n')}\n`, { where: [where] });
  return rows.slice(ROWS.length).map(rowLine);
}

describe('a row whose cells slipped in front of a column that decides about it', () => {
  it.each([
    ['by a comma in a text', 'O3,S-0000001,Birch, Inc,keep,ann'],
    ['by a comma in a text, its last cell left out', 'O3,S-0000001,Birch, Inc,keep'],
    ['by an empty cell that was left out', 'O3,S-0000001,keep,ann'],
    ['by an empty cell that was left out, up to its end', 'O3,S-0000001,keep'],
    ['by a stray delimiter', 'O3,S-0000001,Birch,,keep,ann'],
  ])('is invalid %s, whatever the condition says of it', async (_, row) => {
    expect(await linesOf(row)).toEqual(['14 invalid row_slipped']);
    expect(await linesOf(row.replace('keep', 'remove'), 'Decision=remove')).toEqual([
      '14 invalid row_slipped',
    ]);
  });

  it('is invalid in a table of four rows, two of which slipped', async () => {
    const rows = ['O1,S-0000001,Acme,remove,ann', 'O2,S-0000001,Birch, Inc,remove,ann'];
    const others = ['O3,S-0000001,Birch, Inc,keep,ann', 'O4,S-0000001,Cedar,keep,ann'];
    const read = await readAll([HEADER, ...rows, ...others].join('\n'), { where: ['Decision=remove'] });
    expect(read.rows.map(rowLine)).toEqual([
      '2 valid O1 Solutions S-0000001',
      '3 invalid row_slipped',
      '4 invalid row_slipped',
      '5 skipped where',
    ]);
  });

  it('is left out where the column stands before all that slipped', async () => {
    const rows = ['remove,O1,Acme,S-0000001', 'keep,O2,Acme,S-0000001', 'keep,O3,Birch, Inc,S-0000001'];
    const read = await readAll(['Decision,Opportunity ID,Customer,Solution', ...rows].join('\n'), {
      where: ['Decision!=keep'],
    });
    expect(read.rows.map(rowLine).slice(1)).toEqual(['3 skipped where', '4 skipped where']);
  });

  it.each([
    'O3,S-0000001,Acme,postpone,ann',
    'O3,S-0000001,Acme,postpone',
    'O3,S-0000001,Acme,,ann',
    'O3,S-0000001,Acme',
    'O3,S-0000001,,remove,',
    'O3,S-0000001,Acme,remove,ann,remark',
  ])('is not seen in %s', async (row) => {
    expect(await linesOf(row)).toEqual(['14 valid O3 Solutions S-0000001']);
  });
});

describe('a header below the first', () => {
  it('is another where it has a column elsewhere that decides about rows', async () => {
    const moved = `Opportunity ID,Solution,Decision,Customer,Owner\nO3,S-0000001,keep,remove,ann`;
    await expect(linesOf(moved)).rejects.toThrow('row 14 is another header');
  });
});
