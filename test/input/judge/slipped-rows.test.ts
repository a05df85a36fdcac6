import { describe, expect, it } from 'vitest';
import { readAll, rowLine } from '../read-all.ts';
import { idOf, invalidIn } from './invalid-in.ts';

describe('a row in which a text with a comma stands without quotes', () => {
  const KEEP = 'Opportunity ID,Customer,Keep ID,Entity ID,Note';
  const SLIPPED = 'O8,Acme, Inc,S-0000907,S-0000008';

  it.each(['x', ''])('is seen by the space behind it, where notes are "%s"', async (note) => {
    const rows = Array.from({ length: 40 }, (_, row) => `O${row + 100},Beta,none,${idOf(row + 100)},${note}`);
    expect(await invalidIn([KEEP, ...rows.slice(0, 20), SLIPPED, ...rows.slice(20)])).toEqual([
      '22 invalid row_slipped',
    ]);
    expect(await invalidIn([KEEP, SLIPPED, ...rows])).toEqual(['2 invalid row_slipped']);
  });

  it('is not suspected where other rows have spaces there, or where nothing else is odd', async () => {
    const rows = Array.from({ length: 10 }, (_, row) => `O${row + 100},Beta, none,${idOf(row + 100)},x`);
    expect(await invalidIn([KEEP, ...rows, `O8,Acme, Inc,S-0000907,S-0000008`])).toEqual([]);
    expect(
      await invalidIn([KEEP, ...rows.map((row) => row.replace(', ', ',')), 'O8,Acme, Inc,S-0000907,y']),
    ).toEqual([]);
  });

  it.each([5, 3, 8])('is seen where %i of 10 rows are such', async (slipped) => {
    const lines = Array.from({ length: 10 }, (_, row) => {
      const customer = row < slipped ? 'Acme, Inc' : 'Beta';
      return `O${row + 100},${customer},${idOf(row + 500)},${idOf(row + 100)}`;
    });
    const header = 'Opportunity ID,Customer,Other,Entity ID';
    const seen = Array.from({ length: slipped }, (_, row) => `${row + 2} invalid row_slipped`);
    expect(await invalidIn([header, ...lines])).toEqual(seen);
    expect(await invalidIn([`${header},Note`, ...lines.map((line) => `${line},x`)])).toEqual(seen);
  });

  it.each([
    ['Opportunity ID,Amount,Keep,Solution', '1,5,S-0000902,S-0000001', '7,,S-0000001'],
    ['Opportunity ID,Customer,Keep,Solution', 'Acme,Inc,S-0000902,S-0000001', 'Acme,,S-0000001'],
    [
      'Opportunity ID,Customer,Keep,Solution,Stage',
      'Acme,Inc,S-0000902,S-0000001,Open',
      'Acme,,S-0000001,Open',
    ],
    [
      'Opportunity ID,Customer,Country,Keep,AWS Product',
      'Acme,Inc,US,AmazonS3,AmazonEC2',
      'Acme,US,,AmazonEC2',
    ],
  ])('is seen under %s where all rows are such, or all but one', async (header, slipped, sound) => {
    const lines = Array.from({ length: 12 }, (_, row) => `O${row + 100},${slipped}`);
    const seen = lines.map((_, row) => `${row + 2} invalid row_slipped`);
    expect(await invalidIn([header, ...lines])).toEqual(seen);
    expect(await invalidIn([header, ...lines.slice(0, 2), `O99,${sound}`])).toEqual(seen.slice(0, 2));
  });

  it('is seen where what slipped is the opportunity', async () => {
    const lines = Array.from({ length: 3 }, (_, row) => `S-0000001,Acme,Inc,O${row + 900},O${row + 100}`);
    expect(await invalidIn(['Solution,Customer,Twin,Opportunity ID', ...lines])).toHaveLength(3);
  });

  it.each([
    ['no text before it may be two', 'Opportunity ID,Keep,Solution', 'Acme,S-0000001,S-0000902'],
    [
      'an own column holds such',
      'Opportunity ID,A,B,Solution,Previous Solution',
      'x,y,S-0000001,S-0000902,note',
    ],
    ['a remark stands there', 'Opportunity ID,A,B,Solution', 'x,y,S-0000001,see S-0000902'],
    ['another kind stands there', 'Opportunity ID,A,B,Solution', 'x,y,S-0000001,O9'],
  ])('is not suspected in rows of a cell too many where %s', async (_, header, cells) => {
    const lines = Array.from({ length: 12 }, (_none, row) => `O${row + 100},${cells}`);
    expect(await invalidIn([header, ...lines])).toEqual([]);
  });

  it('is not suspected where rows only have a remark beyond the header', async () => {
    const lines = Array.from(
      { length: 10 },
      (_, row) => `O${row + 100},Beta,${idOf(row + 100)}${row % 2 === 0 ? ',mind this' : ''}`,
    );
    expect(await invalidIn(['Opportunity ID,Customer,Entity ID', ...lines])).toEqual([]);
  });

  it.each([
    ['its note', 'O8,Acme,Inc,S-0000907,S-0000008,x'],
    ['an empty note', 'O8,Acme,Inc,S-0000907,S-0000008,'],
  ])('is seen with %s by a cell too many, where nothing else is odd', async (_, slipped) => {
    const rows = Array.from(
      { length: 20 },
      (_none, row) => `O${row + 100},Beta,none,${idOf(row + 100)},${row % 3 === 0 ? idOf(row) : 'call'}`,
    );
    expect(await invalidIn([KEEP, ...rows, slipped])).toEqual(['22 invalid row_slipped']);
    expect(await invalidIn([KEEP, slipped, ...rows])).toEqual(['2 invalid row_slipped']);
    // Another reading of the row there is not, or other rows have a cell too many as well.
    expect(await invalidIn([KEEP, ...rows, 'O8,Acme,none,S-0000008,call,mind this'])).toEqual([]);
    expect(await invalidIn([KEEP, ...rows.map((row) => `${row},`), slipped])).toEqual([]);
  });
});

describe('a row in which two identifiers moved to the left, into the place of a note that was left out', () => {
  const HEADER = 'Opportunity ID,Note,Solution,Replacement,Owner';
  const ROWS = Array.from({ length: 20 }, (_, row) => `O${row},call,${idOf(row)},${idOf(row + 100)},ann`);
  const SLIPPED = 'O50,S-0000007,S-0000107,,ann';

  it('is seen in the width of the table, the empty cell being behind them now', async () => {
    expect(await invalidIn([HEADER, ...ROWS, SLIPPED])).toEqual(['22 invalid row_slipped']);
    expect(await invalidIn([HEADER, SLIPPED, ...ROWS])).toEqual(['2 invalid row_slipped']);
  });

  it('is not suspected where either may be meant', async () => {
    // Nothing is missing; the note says what others say; every other row has no replacement.
    expect(await invalidIn([HEADER, ...ROWS, 'O50,S-0000007,S-0000008,S-0000107,ann'])).toEqual([]);
    expect(await invalidIn([HEADER, ...ROWS, 'O50,call,S-0000107,,ann'])).toEqual([]);
    const some = ROWS.map((row, index) => (index % 2 === 0 ? row.replace(/,S-\d+,ann$/, ',,ann') : row));
    expect(await invalidIn([HEADER, ...some, SLIPPED])).toEqual([]);
  });
});

describe('rows in which an empty note was left out', () => {
  const HEADER = 'Opportunity ID,Note,Solution,Keep,Owner';
  const SOUND = ['O1,a,S-0000001,S-0000002,ann', 'O2,b,S-0000001,S-0000002,ann', 'O3,c,S-0000001,,ann'];

  it('are seen where they are half of all', async () => {
    const slipped = ['O4,S-0000001,S-0000002', 'O5,S-0000003,S-0000004,,', 'O6,S-0000001,S-0000002,bob'];
    const { rows } = await readAll([HEADER, ...SOUND, ...slipped, ''].join('\n'));
    expect(rows.slice(SOUND.length).map(rowLine)).toEqual([
      '5 invalid row_slipped',
      '6 invalid row_slipped',
      '7 invalid row_slipped',
    ]);
    const said = rows.flatMap((row) =>
      row.kind === 'invalid' ? row.problems.map(({ message }) => message) : [],
    );
    expect(said[0]).toContain('"S-0000001" stands in column "Note", where other rows have something else');
  });

  it('are not suspected where the note itself is an identifier, and all cells are there', async () => {
    const sound = ['O4,S-0000009,S-0000001,S-0000002,ann', 'O5,S-0000008,S-0000001,,ann'];
    expect(await invalidIn([HEADER, ...SOUND, ...sound])).toEqual([]);
  });
});

it('a row with a cell too many is seen by one other row, where an identifier stands in the place of its text', async () => {
  const header = 'Opportunity ID,Keep,Entity ID,Customer';
  const [sound, slipped] = ['O1,S-0000902,S-0000001,Acme', 'O2,,S-0000902,S-0000001,Acme'];
  expect(await invalidIn([header, sound, slipped])).toEqual(['3 invalid row_slipped']);
  expect(await invalidIn([header, slipped, sound])).toEqual(['2 invalid row_slipped']);
  expect(await invalidIn([header, sound, 'O2,,S-0000001,Acme,more'])).toEqual([]);
});
