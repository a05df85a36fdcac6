import { describe, expect, it } from 'vitest';
import type { InputOptions } from '../../src/input/columns/input-options.ts';
import { openIds, readIds, type IdRow, type IdTally } from '../../src/input/open-ids.ts';

async function idsIn(text: string | Buffer, options: InputOptions = {}): Promise<IdRow[]> {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(text);
  }
  const rows: IdRow[] = [];
  for await (const row of readIds({ name: 'ids.csv', bytes: bytes() }, options)) rows.push(row);
  return rows;
}

const O1_AND_O2 = [
  { row: 2, text: 'O1', id: 'O1' },
  { row: 3, text: 'O2', id: 'O2' },
];

describe('readIds', () => {
  it.each([
    ['a column among others', 'Customer,Opportunity ID,Note\nAcme,O1,x\nBirch,O2,y\n'],
    [
      'an input of every command',
      'Opportunity ID,Entity Type,Related Entity\nO1,Solutions,S-1\nO2,Solutions,S-2\n',
    ],
    ['one column alone', 'ACE Opportunity ID\nO1\nO2\n'],
    ['quotes, semicolons and CRLF', '"Kunde";"APN CRM ID"\r\n"Müller";"O1"\r\n"Maier";"O2"\r\n'],
    ['values that need cleaning', "Opportunity ID\n 'O1\nO2\u00a0\n"],
  ])('reads them from %s', async (_, text) => {
    expect(await idsIn(text)).toEqual(O1_AND_O2);
  });

  it('reads results by their own column', async () => {
    const header =
      'Opportunity ID,row,status,exception,message,tip,opportunity_id,entity_type,entity_id,replacement_id,attempts,request_ids,started_at,finished_at';
    const line = (id: string): string => `${id},2,disassociated,,,,${id},Solutions,S-0000001,,1,request,,`;
    expect(await idsIn([header, line('O1'), line('O2'), ''].join('\n'))).toEqual(O1_AND_O2);
  });

  it('needs no header for a list of identifiers alone', async () => {
    expect(await idsIn('O1\nO2\n')).toEqual([
      { row: 1, text: 'O1', id: 'O1' },
      { row: 2, text: 'O2', id: 'O2' },
    ]);
  });

  it('takes the column that is named, and rows below a title', async () => {
    const text = 'Report of today\n\nParent Opportunity ID,Mine\nO9,O1\nO8,O2\n';
    expect(await idsIn(text, { opportunityColumn: 'Mine' })).toEqual([
      { row: 4, text: 'O1', id: 'O1' },
      { row: 5, text: 'O2', id: 'O2' },
    ]);
  });

  it('names what is no identifier, and leaves out rows without any', async () => {
    expect(await idsIn('Opportunity ID,Note\nO1,x\n,y\nnone,z\n')).toEqual([
      { row: 2, text: 'O1', id: 'O1' },
      { row: 4, text: 'none' },
    ]);
  });

  it.each([
    ['', 'input_unreadable'],
    ['Customer,Note\nAcme,x\n', 'input_columns'],
    ['Parent Opportunity ID\nO1\n', 'input_columns'],
    ['Opportunity ID,ACE Opportunity ID\nO1,O2\n', 'input_columns'],
  ])('refuses %j', async (text, code) => {
    await expect(idsIn(text)).rejects.toMatchObject({ code });
  });
});

describe('openIds', () => {
  async function tallyOf(text: string): Promise<readonly [readonly IdRow[], IdTally]> {
    async function* bytes(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(text);
    }
    const { rows, tally } = await openIds({ name: 'ids.csv', bytes: bytes() }, {});
    const all: IdRow[] = [];
    for await (const row of rows) all.push(row);
    return [all, tally()];
  }

  it('takes the sum below a table for no opportunity, and counts what it leaves out', async () => {
    const [rows, tally] = await tallyOf(
      'Opportunity ID,Note\nO1,x\n,y\n\nO2,z\nTotal,2\n\nCopyright Acme,\n',
    );
    expect(rows).toEqual([
      { row: 2, text: 'O1', id: 'O1' },
      { row: 5, text: 'O2', id: 'O2' },
    ]);
    expect(tally).toMatchObject({
      rows: 2,
      rowsWithout: 1,
      firstRowWithout: 3,
      blankRows: 2,
      footerRows: 2,
      firstFooterRow: 6,
    });
  });

  it('takes a line like a sum for a row where rows follow it', async () => {
    const [rows] = await tallyOf('Opportunity ID,Note\nO1,x\nTotal,1\nO2,z\n');
    expect(rows.map(({ text }) => text)).toEqual(['O1', 'Total', 'O2']);
  });

  it('refuses a quote that hides opportunities', async () => {
    await expect(tallyOf('Opportunity ID,Note\nO1,"x\nO2,y\nO3,"z\nO4,z\n')).rejects.toMatchObject({
      code: 'input_format',
      message: expect.stringContaining('row 2, column 2') as string,
    });
  });
});
