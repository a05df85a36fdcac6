import { describe, expect, it } from 'vitest';
import { readAll, rowLine } from '../read-all.ts';
import { idOf, invalidIn } from './invalid-in.ts';

describe('a row one cell short, beside a column of identifiers that all others fill', () => {
  const HEADER = 'Opportunity ID,Solution,Keep,Note';
  const rows = Array.from({ length: 15 }, (_, row) => `O${row + 100},S-0000001,S-0000002,x`);

  it.each(['O9,S-0000003,x,', 'O9,S-0000003,x', 'O9,S-0000003,a note of its own,'])(
    'may lack the entity as well as its neighbour, and is not sent: %s',
    async (moved) => {
      expect(await invalidIn([HEADER, ...rows, moved])).toEqual(['17 invalid row_slipped']);
      expect(await invalidIn([HEADER, moved, ...rows])).toEqual(['2 invalid row_slipped']);
    },
  );

  it.each(['O9,S-0000003,,x', 'O9,S-0000003,,', 'O9,S-0000003,x,x'])(
    'is sent where nothing stands in another’s place, or no cell is missing: %s',
    async (sound) => {
      expect(await invalidIn([HEADER, ...rows, sound])).toEqual([]);
    },
  );
});

describe('a row that ends before the identifiers of another column, which all others have', () => {
  const beside = (row: number): string => `${idOf(row)},${idOf(row + 100)}`;
  const LAYOUTS: readonly (readonly [string, (row: number) => string, string])[] = [
    ['Opportunity ID,Solution,Parent', (row) => `O${row},${beside(row)}`, 'O900,S-0000199'],
    ['Opportunity ID,Solution,Replacement', (row) => `O${row},${beside(row)}`, 'O900,S-0000199'],
    [
      'Opportunity ID,Type,Entity,Parent',
      (row) => `O${row},Solutions,${beside(row)}`,
      'O900,Solutions,S-0000199',
    ],
    ['Customer,Opportunity ID,Solution,Parent', (row) => `Acme,O${row},${beside(row)}`, 'Elm,O900,S-0000199'],
    ['Opportunity ID,Solution,Parent,Note', (row) => `O${row},${beside(row)},x`, 'O900,S-0000199'],
    ['Opportunity ID,Solution,Parent,Note', (row) => `O${row},${beside(row)},`, 'O900,S-0000199,'],
    [
      'Opportunity ID,Solution,Customer,Parent',
      (row) => `O${row},${idOf(row)},Acme,${idOf(row + 100)}`,
      'O900,S-0000199',
    ],
    [
      'Opportunity ID,Solution,Parent,Root',
      (row) => `O${row},${beside(row)},${idOf(row + 200)}`,
      'O900,S-0000199,S-0000299',
    ],
    ['Opportunity ID,AWS Product,Parent', (row) => `O${row},AmazonEC2,AmazonRDS`, 'O900,AmazonRDS'],
    [
      'Opportunity ID,Type,Entity,Parent',
      (row) => (row % 2 === 0 ? `O${row},Solutions,${beside(row)}` : `O${row},Products,AmazonEC2,AmazonRDS`),
      'O900,Solutions,S-0000199',
    ],
  ];

  it.each(LAYOUTS)('may have lost its own, and is not sent: %s', async (header, rowOf, short) => {
    for (const count of [3, 21, 54]) {
      const rows = Array.from({ length: count }, (_, row) => rowOf(row));
      for (const at of [0, 2, count]) {
        const seen = await invalidIn([header, ...rows.toSpliced(at, 0, short)]);
        expect(seen, `row ${at} of ${count}`).toEqual([`${at + 2} invalid row_slipped`]);
      }
    }
  });

  it('is told with what to do', async () => {
    const rows = Array.from({ length: 3 }, (_, row) => `O${row},${beside(row)}`);
    const read = await readAll(['Opportunity ID,Solution,Parent', ...rows, 'O900,S-0000199', ''].join('\n'));
    const [row] = read.rows.slice(-1);
    expect(row?.kind === 'invalid' && row.problems[0]?.message).toBe(
      'The row has 2 cells where most others have more: the one left out may be that of column "Solution", and "S-0000199" another column’s. If it is meant, write the row with all its cells, or in results into opportunity_id and entity_id.',
    );
  });

  it.each([
    ['its cell is there, and empty', 'Opportunity ID,Solution,Parent', 'O900,S-0000199,', beside],
    ['all rows end there', 'Opportunity ID,Solution,Parent,,', 'O900,S-0000199,', beside],
    [
      'many rows have none',
      'Opportunity ID,Solution,Parent',
      'O900,S-0000199',
      (row: number) => (row % 4 === 0 ? idOf(row) : beside(row)),
    ],
    [
      'its own are of another kind',
      'Opportunity ID,Solution,Product',
      'O900,S-0000199',
      (row: number) => `${idOf(row)},AmazonEC2`,
    ],
    [
      'the others are texts',
      'Opportunity ID,Solution,Customer',
      'O900,S-0000199',
      (row: number) => `${idOf(row)},Acme`,
    ],
    [
      'what is between them is there',
      'Opportunity ID,Solution,Customer,Parent',
      'O900,S-0000199,Acme',
      (row: number) => `${idOf(row)},Acme,${idOf(row + 100)}`,
    ],
    [
      'they stand before its own',
      'Opportunity ID,Parent,Solution,Note',
      'O900,S-0000199,S-0000099',
      (row: number) => `${beside(row)},x`,
    ],
  ])('is sent where %s', async (_, header, short, rowOf) => {
    const rows = Array.from({ length: 21 }, (_none, row) => `O${row},${rowOf(row)}`);
    expect(await invalidIn([header, ...rows, short])).toEqual([]);
    expect(await invalidIn([header, short, ...rows])).toEqual([]);
  });

  it('stays invalid in results, which have all cells, until somebody says what is meant', async () => {
    const ours = 'row,status,exception,message,tip,opportunity_id,entity_type,entity_id,attempts,request_ids';
    const rows = Array.from(
      { length: 5 },
      (_, row) => `O${row},${beside(row)},${row + 2},disassociated,,,,O${row},Solutions,${idOf(row)},1,id`,
    );
    const refused = (entity: string, told: string): string =>
      `O900,${entity},7,invalid,InvalidRow,The row has 2 cells,,${told},0,`;
    const read = async (last: string): Promise<string | undefined> => {
      const lines = [`Opportunity ID,Solution,Parent,${ours}`, ...rows, last, ''];
      return (await readAll(lines.join('\n'))).rows.map(rowLine).at(-1);
    };
    expect(await read(refused('S-0000199,', ',,'))).toBe('7 invalid row_slipped');
    expect(await read(refused('S-0000199,', 'O900,Solutions,S-0000199'))).toBe(
      '7 valid O900 Solutions S-0000199',
    );
    expect(await read(refused('S-0000099,S-0000199', ',,'))).toBe('7 valid O900 Solutions S-0000099');
  });
});
