import { describe, expect, it } from 'vitest';
import { readAll, rowLine } from '../read-all.ts';

const FIRST = 'Opportunity ID,Entity ID\nO5300001,S-0003001\n';
const LAST = 'O5300002,S-0000008\n';

async function linesOf(text: string): Promise<readonly string[]> {
  return (await readAll(text)).rows.map(rowLine);
}

describe('a header below the first', () => {
  it.each([
    'Opportunity ID,Keep',
    'Opportunity ID,Successor',
    'Opportunity ID,Replacement',
    'APN CRM ID,Behalten',
    'CRM ID,Solution to keep',
    'CRM ID,Keep',
    'Opportunity Id,Solution (new)',
    'opportunity,type,successor,solution',
    'AWS opportunity reference,Keep',
    'partnerOpportunityId,Keep',
    'Opp,New Solution',
    'ID der Opportunity,Note 2',
  ])('is seen, whatever it calls the other columns: %s', async (second) => {
    await expect(linesOf(`${FIRST}${second}\n${LAST}`)).rejects.toThrow(
      /row 3 is another header.* and row 1 the header "Opportunity ID", "Entity ID"/,
    );
  });

  it('is seen where the columns between have other names', async () => {
    const text =
      'Opportunity ID,Entity Type,Entity ID,Customer\nO5300001,Solutions,S-0003001,Acme\nOpportunity,Type,Successor,Customer\nO5300002,Solutions,S-0000008,Acme\n';
    await expect(linesOf(text)).rejects.toThrow('row 3 is another header');
  });

  it.each(['Opportunity ID,Entity ID', 'opportunity_id , ENTITY ID,'])(
    'is one row of its own where it is the first again: %s',
    async (second) => {
      expect(await linesOf(`${FIRST}${second}\n${LAST}`)).toEqual([
        '2 valid O5300001 Solutions S-0003001',
        '3 invalid header_repeated',
        '4 valid O5300002 Solutions S-0000008',
      ]);
    },
  );

  it.each([
    'Deal,Stays,Goes',
    'Deal ID,Current,Obsolete',
    'Vorgang,Bleibt,Fällt weg',
    'Deal No,Stays,Goes',
    'Opp #,Solution #1,Solution #2',
    'O-Nr.,S-Neu,S-Alt',
  ])(
    'is seen in words that nobody knows, once a row has identifiers under two of them: %s',
    async (second) => {
      const first = 'Opportunity ID,Solution,Comment\nO5300001,S-0003001,a\n';
      await expect(linesOf(`${first}${second}\nO5300002,S-0000008,S-0003001\n`)).rejects.toThrow(
        'row 3 is another header',
      );
      expect(await linesOf(`${first}${second}\nO5300002,S-0000008,b\n`)).toContain(
        '4 valid O5300002 Solutions S-0000008',
      );
    },
  );

  it.each(['Deal,Keep', 'deal,remove', 'Vorgang,Behalten', 'opp,keep,remove'])(
    'is seen in words that nobody knows, where it says what is to be done with the entities below: %s',
    async (second) => {
      const first = 'Opportunity ID,Solution,Comment\nO5300001,S-0003001,a\n';
      await expect(linesOf(`${first}${second}\nO5300002,S-0000008,b\n`)).rejects.toThrow(
        'row 3 is another header',
      );
    },
  );

  it.each(['n/a,keep', 'O5300009,keep', ',keep', 'Keep,Acme', 'Acme,keep (see Ann)', 'Acme,Birch'])(
    'is not seen in a row of which one cell says that it is not meant: %s',
    async (row) => {
      const lines = await linesOf(`${FIRST}${row}\n${LAST}`);
      expect(lines.at(-1)).toBe('4 valid O5300002 Solutions S-0000008');
    },
  );

  it.each([
    'n/a,none yet,call',
    'tbd,Acme,Birch',
    'pending,Acme,Birch',
    '-,-,-',
    'unknown,keep,remove',
    'Acme,Acme,Birch',
    'Acme 2,Birch,Cedar',
    'Deal,,Birch',
    'see Ann, about this one first,then that,Acme',
  ])(
    'is not seen in a row without an opportunity, in a table of two columns of identifiers: %s',
    async (row) => {
      const first = 'Opportunity ID,Solution,Other one\nO5300001,S-0003001,S-0000009\n';
      const lines = await linesOf(`${first}${row}\nO5300002,S-0000008,S-0003001\n`);
      expect(lines.at(-1)).toBe('4 valid O5300002 Solutions S-0000008');
    },
  );

  it.each([
    'No opportunity ID yet,Acme',
    'No Opp.,Acme',
    'Opportunity ID,S-0000009',
    'Opportunity ID,42',
    'opportunity closed,Acme',
    'Opportunity ID,2024-01-31',
    'Opp,Acme',
  ])('is not seen in a row that only lacks its opportunity: %s', async (row) => {
    const lines = await linesOf(`${FIRST}${row}\n${LAST}`);
    expect(lines).toHaveLength(3);
    expect(lines[1]).toMatch(/^3 invalid (?!header_repeated)/);
    expect(lines[2]).toBe('4 valid O5300002 Solutions S-0000008');
  });
});

describe('words under a header that was merged', () => {
  const MERGED = 'Opportunity ID,Solutions,,Note';
  const ROWS = 'O5300001,S-0000001,S-0000002,a\nO5300002,S-0000001,S-0000002,b\n';

  it.each([
    ',keep,remove',
    ',remove,keep',
    ',,to be removed',
    ',Keep,',
    ',old,new',
    ',Alt,Neu,',
    ',Solutions to keep,"Solution, to remove"',
    ',DO NOT TOUCH,x,Amount',
  ])('tell which column of identifiers is meant: %s', async (told) => {
    const refusal = linesOf(`${MERGED}\n${told}\n${ROWS}`);
    await expect(refusal).rejects.toMatchObject({ advice: { code: 'choose_column', role: 'entity' } });
    await expect(refusal).rejects.toThrow(
      'above identifiers: 2 columns hold such, "Solutions" (column 2) and "column 3" (column 3)',
    );
  });

  it('are told of wherever they stand, unless the column is named', async () => {
    const many = Array.from({ length: 3_000 }, (_, row) => `O${5_400_000 + row},S-0000001,S-0000002,a\n`);
    const text = `${MERGED}\n${many.join('')},keep,remove\n${ROWS}`;
    await expect(linesOf(text)).rejects.toThrow('Row 3002 says "keep", "remove" above identifiers');
    const { rows } = await readAll(text, { entityColumn: '3' });
    expect(rowLine(rows[0] as (typeof rows)[number])).toBe('2 valid O5400000 Solutions S-0000002');
    expect(rowLine(rows[3_000] as (typeof rows)[number])).toContain('3002 invalid');
  });

  it.each([
    ['Opportunity ID,Solutions,Note', ',keep,', 'O5300001,S-0000001,a'],
    [MERGED, ',,,keep', 'O5300001,S-0000001,S-0000002,a'],
    [MERGED, ',n/a,unknown', 'O5300001,S-0000001,S-0000002,a'],
    [MERGED, 'O5300009,keep,remove', 'O5300001,S-0000001,S-0000002,a'],
    [MERGED, ',keep,S-0000002', 'O5300001,S-0000001,S-0000002,a'],
  ])('are none under %s in %s', async (header, row, sound) => {
    const lines = await linesOf(`${header}\n${row}\n${sound}\n${sound.replace('1', '2')}\n`);
    expect(lines.slice(1).every((line) => line.includes(' valid '))).toBe(true);
  });
});
