import { describe, expect, it } from 'vitest';
import { fixedRow } from '../../../src/input/rows/fixed-cells.ts';
import type { InputOptions } from '../../../src/input/open-input.ts';
import { readAll } from '../read-all.ts';

const HEADER = 'Note,OpportunityIdentifier,RelatedEntityType,RelatedEntityIdentifier,Replacement';

async function fix(rows: string, options: InputOptions = {}): Promise<string[]> {
  const read = await readAll(`${HEADER}\n${rows}\n`, options);
  return read.rows.map((row) => fixedRow(row, read.input.table).cells.join(','));
}

describe('the cells of a cleaned file', () => {
  it('have their values cleaned and the type in the API’s spelling, and the rest as it was', async () => {
    expect(await fix(` x ,\u00a0O1,partner solution,'S-0000001,`)).toEqual([' x ,O1,Solutions,S-0000001,']);
  });

  it('follow a suggestion that changes no letter or digit', async () => {
    expect(await fix('x,o1,Solutions,s–0000001,')).toEqual(['x,O1,Solutions,S-0000001,']);
  });

  it('do not follow one that adds what was not there', async () => {
    expect(await fix('x,1,Soluttions,59717,')).toEqual(['x,1,Soluttions,59717,']);
  });

  it('do not follow one that makes one number of two', async () => {
    expect(await fix('x,O100 200,Solutions,S-0000 001,')).toEqual(['x,O100 200,Solutions,S-0000 001,']);
    expect(await fix('x,O100\u200b200,Solutions,S-0000\u200b001,')).toEqual([
      'x,O100200,Solutions,S-0000001,',
    ]);
  });

  it.each(['#O100', '-O100', '~O100~', '≠O100', '!O100', 'O100?', '(O100)'])(
    'leave %s as it is: the mark may say that the row is not meant',
    async (marked) => {
      expect(await fix(`x,${marked},Solutions,s-0000001,`)).toEqual([`x,${marked},Solutions,S-0000001,`]);
    },
  );

  it('hold what was left whole of a cell that --split could not split for another reason', async () => {
    expect(await fix('x,o100,,S-0000001;S-0000002,', { split: true })).toEqual([
      'x,O100,Solutions,S-0000001;S-0000002,',
    ]);
  });

  it('keep a short row short', async () => {
    expect(await fix('x,O1,Solutions')).toEqual(['x,O1,Solutions']);
  });

  it('hold one identifier a row where a cell was split', async () => {
    expect(await fix('x,O1,,S-0000001;S-0000002,', { split: true })).toEqual([
      'x,O1,Solutions,S-0000001,',
      'x,O1,Solutions,S-0000002,',
    ]);
  });

  it('are told to be corrected where they differ, and open where a person has to decide', async () => {
    const told = async (row: string): Promise<unknown> => {
      const { input, rows } = await readAll(`${HEADER}\n${row}\n`);
      return rows.map((one) => fixedRow(one, input.table)).map(({ corrected, open }) => [corrected, open]);
    };
    expect(await told('x,O1,Solutions,S-0000001,')).toEqual([[false, false]]);
    expect(await told('x, O1,Solutions,S-0000001,')).toEqual([[true, false]]);
    expect(await told('x,o1,Solutions,S-0000001,')).toEqual([[true, false]]);
    expect(await told('x,o1,Solutions,nothing,')).toEqual([[true, true]]);
    expect(await told('x,1,Solutions,S-0000001,')).toEqual([[false, true]]);
  });
});

it('a suggestion that is accepted is told with what stood there, a word that is no type too', async () => {
  const { rows, input } = await readAll(`${HEADER}\nx,1,Soluton,S-0000001,\n`);
  expect(rows.flatMap((row) => fixedRow(row, input.table, true).accepted)).toEqual([
    { row: 2, from: '1', to: 'O1' },
    { row: 2, from: 'Soluton', to: 'Solutions' },
  ]);
});

it.each([
  ['keep', 'O1'],
  ['not Solutions', 'O1'],
  ['no Solutions', 'O1'],
  ['x Solutions', 'O1'],
  ['Solutions (keep)', 'O1'],
  ['on hold', 'O1'],
  ['Solution?', 'O1'],
  ['??Solution', 'O1'],
  ['~~Solutions~~', 'O1'],
  ['!Solutions', 'O1'],
  ['#Solutions', 'O1'],
  ['//Solutions', 'O1'],
  ['-Solutions', 'O1'],
  ['wrong row', 'O1'],
  ['do nothing', 'O1'],
  ['pending', 'O1'],
  ['nein', 'O1'],
  ['done', 'O1'],
  ['none', 'O1'],
  ['unknown', 'O1'],
  ['total', 'O1'],
  ['ex Solutions', 'O1'],
  ['(Solutions)', 'O1'],
  ['Solutions', '(O1)'],
  ['Solutions', '[O1]'],
  ['Solutions', '# O1'],
  ['Solutions', '-O1'],
  ['Solutions', '\u2013 O1'],
  ['Solutions', 'O1?'],
])('no suggestion is taken for what says that its row is not meant: %s, %s', async (type, opportunity) => {
  const { rows, input } = await readAll(`${HEADER}\nx,${opportunity},${type},S-0000001,\n`);
  expect(rows.map((row) => fixedRow(row, input.table, true))).toMatchObject([
    { accepted: [], corrected: false, open: true },
  ]);
});

it.each([
  ['not Solutions', 'O1', 'S-0000001', true],
  ['Solutions', '#O1', 'S-0000001', true],
  ['Solutions', 'O1?', 'S-0000001', true],
  ['Solutions', 'O1', 'S-0000001?', true],
  ['Solution no. 1', 'o1', 'S-0000001', undefined],
  ['Solutios', 'O1', 's-0000001', undefined],
])(
  'a suggestion says whether its cell may say that the row is not meant: %s, %s, %s',
  async (type, opportunity, entity, marked) => {
    const { rows } = await readAll(`${HEADER}\nx,${opportunity},${type},${entity},\n`);
    const suggested = rows
      .flatMap((row) => (row.kind === 'invalid' ? row.problems : []))
      .filter(({ suggestion }) => suggestion !== undefined);
    expect(suggested.length).toBeGreaterThan(0);
    expect(new Set(suggested.map((problem) => problem.marked))).toEqual(new Set([marked]));
  },
);
