import { describe, expect, it } from 'vitest';
import type { InputOptions } from '../../../src/input/columns/input-options.ts';
import { readAll, rowLine } from '../read-all.ts';

const SOLUTIONS: NonNullable<InputOptions['solutions']> = [
  { id: 'S-0000001', name: 'Acme Cloud', status: 'Active' },
  { id: 'S-0000002', name: 'Birch Data, Pro', status: 'Inactive' },
  { id: 'S-0000003', name: 'Cedar', status: 'Active' },
  { id: 'S-0000004', name: 'cedar', status: 'Draft' },
];

async function linesOf(rows: readonly string[], options: InputOptions = {}): Promise<readonly string[]> {
  const read = await readAll(['Opportunity ID,Solution Offered', ...rows, ''].join('\n'), options);
  return read.rows.map(rowLine);
}

describe('a column of names of solutions', () => {
  it('is read by the list: in any case, quoted, and as what the identifier would be', async () => {
    const rows = ['O1,Acme Cloud', 'O2,"birch data, pro"', 'O1,S-0000001', 'O3,ACME CLOUD'];
    const { input, rows: read } = await readAll(['Opportunity ID,Solution Offered', ...rows, ''].join('\n'), {
      solutions: SOLUTIONS,
    });
    expect(read.map(rowLine)).toEqual([
      '2 valid O1 Solutions S-0000001',
      '3 valid O2 Solutions S-0000002',
      '4 duplicate 2',
      '5 valid O3 Solutions S-0000001',
    ]);
    expect(input.tally()).toMatchObject({ named: 3, namedInactive: 1, firstInactiveRow: 3, notLookedUp: 0 });
  });

  it('has problems where nobody, or two, are called so, beside all others of the row', async () => {
    const { rows } = await readAll(
      'Opportunity ID,Solution Offered\nO1,Acme Clod\nO2,Cedar\nnobody,Nowhere at all\n',
      { solutions: SOLUTIONS },
    );
    expect(rows.map(rowLine)).toEqual([
      '2 invalid solution_name_unknown',
      '3 invalid solution_name_ambiguous',
      '4 invalid solution_name_unknown opportunity_pattern',
    ]);
    const problems = rows.flatMap((row) => (row.kind === 'invalid' ? row.problems : []));
    expect(problems[0]?.suggestion).toBe('Acme Cloud');
    expect(problems[1]?.message).toContain('S-0000003 (Active) and S-0000004 (Draft)');
    expect(problems[2]?.suggestion).toBeUndefined();
  });

  it('is told as such where nobody was asked', async () => {
    const { input, rows } = await readAll(
      'Opportunity ID,Solution Offered\nO1,Acme Cloud\nO2,S-0000001\nO3,Birch\n',
    );
    expect(rows.map(rowLine)).toEqual([
      '2 invalid solution_name',
      '3 valid O2 Solutions S-0000001',
      '4 invalid solution_name',
    ]);
    expect(input.tally().notLookedUp).toBe(2);
  });

  it('is none where a word stands among identifiers, or where values are no names', async () => {
    const solutions = [{ id: 'S-0000009', name: 'Cedar', status: 'Active' }, ...SOLUTIONS];
    expect(await linesOf(['O1,S-0000001', 'O2,S-0000002', 'O3,Acme Cloud'], { solutions })).toContain(
      '4 invalid type_entity_mismatch',
    );
    for (const rubbish of [
      'n/a',
      'keep',
      's-1',
      'AmazonEC2',
      'O12',
      '12',
      'x@y.com',
      'S-1 and S-2',
      'S-1;S-2',
    ]) {
      const [line] = await linesOf([`O1,${rubbish}`], {
        solutions: [{ id: 'S-1', name: rubbish, status: 'Active' }],
      });
      expect([rubbish, line]).toEqual([rubbish, expect.not.stringMatching(/valid O1|solution_name/)]);
    }
  });

  it('is one of rows whose type has names; product codes are words', async () => {
    const text =
      'Opportunity ID,Type,Entity ID\nO1,Solution,Acme Cloud\nO2,Product,Redshift\nO3,Product,AmazonEC2\n';
    const { rows } = await readAll(text, { solutions: SOLUTIONS });
    expect(rows.map(rowLine)).toEqual([
      '2 valid O1 Solutions S-0000001',
      '3 valid O2 AwsProducts Redshift',
      '4 valid O3 AwsProducts AmazonEC2',
    ]);
  });

  it('goes with a map of replacements, a selection, and cells that are split', async () => {
    const replaceMap = { name: 'map.csv', pairs: [['S-0000001', 'S-0000009']] as const };
    const rows = ['O1,Acme Cloud', 'O2,"Birch Data, Pro"'];
    expect(await linesOf(rows, { solutions: SOLUTIONS, replaceMap })).toEqual([
      '2 valid O1 Solutions S-0000001 Solutions S-0000009',
      '3 skipped not_mapped',
    ]);
    expect(await linesOf(rows, { solutions: SOLUTIONS, entities: ['S-0000002'] })).toEqual([
      '2 skipped entities',
      '3 valid O2 Solutions S-0000002',
    ]);
    expect(
      await linesOf([...rows, 'O3,Acme Cloud;S-0000002'], { solutions: SOLUTIONS, split: true }),
    ).toEqual([
      '2 valid O1 Solutions S-0000001',
      '3 valid O2 Solutions S-0000002',
      '4 valid O3 Solutions S-0000001',
      '4 valid O3 Solutions S-0000002',
    ]);
  });

  it('is one of several columns, each of its own type', async () => {
    const header = ['Solutions', 'AwsProducts'].map((type) => `RelatedEntityIdentifiers.${type}[0]`);
    const text = `OpportunityIdentifier,${header.join(',')}\nO1,Acme Cloud,Redshift\nO2,,AmazonEC2\nO3,Acme Clod,\n`;
    const { input, rows } = await readAll(text, { solutions: SOLUTIONS });
    expect(rows.map(rowLine)).toEqual([
      '2 valid O1 Solutions S-0000001',
      '2 valid O1 AwsProducts Redshift',
      '3 valid O2 AwsProducts AmazonEC2',
      '4 invalid solution_name_unknown',
    ]);
    expect(input.tally()).toMatchObject({ named: 1, notLookedUp: 0 });
  });
});

describe('a column that is called "Solution" alone', () => {
  it.each(['Solution', 'SOLUTIONS'])('is found by itself where it holds names: %s', async (header) => {
    const text = `Opportunity ID,Customer,${header}\nO1,Birch,Acme Cloud\nO2,Birch,S-0000001\nO3,Oak,acme cloud\n`;
    const { input, rows } = await readAll(text, { solutions: SOLUTIONS });
    expect(rows.map(rowLine)).toEqual([
      '2 valid O1 Solutions S-0000001',
      '3 valid O2 Solutions S-0000001',
      '4 valid O3 Solutions S-0000001',
    ]);
    expect(input.table.columns.type).toEqual({ kind: 'entity_header', type: 'Solutions' });
  });

  it('is found beside what replaces them', async () => {
    const text = 'Opportunity ID,Solution,New Solution\nO1,"Birch Data, Pro",S-0000001\n';
    expect((await readAll(text, { solutions: SOLUTIONS })).rows.map(rowLine)).toEqual([
      '2 valid O1 Solutions S-0000002 Solutions S-0000001',
    ]);
  });

  it.each([
    ['beside another column that holds an identifier', 'Solution,Remark\nO1,Acme Cloud,S-0000001\n'],
    ['twice', 'Solution,Solutions\nO1,Acme Cloud,Birch Data\n'],
    ['without names', 'Solution,Note\nO1,12,x\nO2,n/a,y\n'],
    ['with as many other values as names', 'Solution,Note\nO1,Acme Cloud,x\nO2,n/a,y\n'],
  ])('is none %s', async (_, text) => {
    await expect(readAll(`Opportunity ID,${text}`)).rejects.toThrow('No column of entity identifiers');
  });

  it('is none for a file of another type', async () => {
    const text = 'Opportunity ID,Solution\nO1,Acme Cloud\n';
    await expect(readAll(text, { entityType: 'AwsProducts' })).rejects.toThrow('No column of entity');
  });
});

describe('a replacement that is meant by its name', () => {
  const HEADER = 'Opportunity ID,Solution ID,Replacement';

  it('stands in a column of such, beside identifiers or names of what is removed', async () => {
    const text = `${HEADER}\nO1,S-0000009,acme cloud\nO2,S-0000009,S-0000001\nO3,S-0000009,"Birch Data, Pro"\nO4,S-0000001,Acme Cloud\n`;
    const { input, rows } = await readAll(text, { solutions: SOLUTIONS });
    expect(rows.map(rowLine)).toEqual([
      '2 valid O1 Solutions S-0000009 Solutions S-0000001',
      '3 valid O2 Solutions S-0000009 Solutions S-0000001',
      '4 valid O3 Solutions S-0000009 Solutions S-0000002',
      '5 invalid replacement_same',
    ]);
    expect(input.tally()).toMatchObject({ named: 2, namedInactive: 1, firstInactiveRow: 4 });
    const names = `${HEADER.replace('Solution ID', 'Solution Offered')}\nO1,"Birch Data, Pro",Acme Cloud\n`;
    expect((await readAll(names, { solutions: SOLUTIONS })).rows.map(rowLine)).toEqual([
      '2 valid O1 Solutions S-0000002 Solutions S-0000001',
    ]);
  });

  it('is told as not looked up yet, as unknown, or as one of two', async () => {
    const text = `${HEADER}\nO1,S-0000009,Acme Clod\nO2,S-0000009,Cedar\n`;
    const asked = await readAll(text);
    expect(asked.rows.map(rowLine)).toEqual(['2 invalid solution_name', '3 invalid solution_name']);
    expect(asked.input.tally().notLookedUp).toBe(2);
    const { rows } = await readAll(text, { solutions: SOLUTIONS });
    expect(rows.map(rowLine)).toEqual([
      '2 invalid solution_name_unknown',
      '3 invalid solution_name_ambiguous',
    ]);
    expect(
      rows.flatMap((row) => (row.kind === 'invalid' ? row.problems.map(({ field }) => field) : [])),
    ).toEqual(['replacement', 'replacement']);
  });

  it('is none where a word stands among identifiers, or beside what has no names', async () => {
    const among = `${HEADER}\nO1,S-0000009,S-0000001\nO2,S-0000009,S-0000002\nO3,S-0000009,Acme Cloud\n`;
    expect((await readAll(among, { solutions: SOLUTIONS })).rows.map(rowLine)[2]).not.toMatch(
      /valid O3|solution_name/,
    );
    const products = 'Opportunity ID,Type,Entity ID,Replacement\nO1,Product,AmazonEC2,Cedar\n';
    expect((await readAll(products, { solutions: SOLUTIONS })).rows.map(rowLine)).toEqual([
      '2 valid O1 AwsProducts AmazonEC2 AwsProducts Cedar',
    ]);
  });

  it('is given by an option for all rows, and agrees with the results that came of it', async () => {
    const options = { solutions: SOLUTIONS, replaceWith: 'Acme Cloud' };
    expect(await linesOf(['O1,S-0000009', 'O2,Birch'], options)).toEqual([
      '2 valid O1 Solutions S-0000009 Solutions S-0000001',
      '3 invalid type_entity_mismatch',
    ]);
    expect(await linesOf(['O1,S-0000009'], { replaceWith: 'Acme Cloud' })).toEqual([
      '2 invalid solution_name',
    ]);
    const results =
      'Opportunity ID,Solution ID,row,status,opportunity_id,entity_type,entity_id,replacement_id,request_ids\nO1,S-0000009,2,failed,O1,Solutions,S-0000009,S-0000001,\nO2,S-0000009,3,failed,O2,Solutions,S-0000009,S-0000002,\n';
    expect((await readAll(results, options)).rows.map(rowLine)).toEqual([
      '2 valid O1 Solutions S-0000009 Solutions S-0000001',
      '3 invalid replacement_differs',
    ]);
  });
});
