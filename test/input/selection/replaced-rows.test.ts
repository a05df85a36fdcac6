import { describe, expect, it } from 'vitest';
import type { InputOptions } from '../../../src/input/columns/input-options.ts';
import { readAll, rowLine } from '../read-all.ts';

const MAP: InputOptions = {
  replaceMap: {
    name: 'map.csv',
    pairs: [
      ['S-0000001', 'S-0000009'],
      ['S-0000002', 'arn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace/Solution/soln-abc'],
    ],
  },
};

async function linesOf(text: string, options: InputOptions): Promise<readonly string[]> {
  const { rows } = await readAll(text, options);
  return rows.map(rowLine);
}

describe('a condition whose comma is in a cell', () => {
  const text =
    'Opportunity ID,Solution ID,Customer\nO1,S-0000001,"Acme, Inc"\nO2,S-0000001,Acme\nO3,S-0000001,Inc\n';

  it('is refused with the quoted form, and is read where it is quoted', async () => {
    await expect(linesOf(text, { where: ['Customer=Acme, Inc'] })).rejects.toThrow(
      'written Customer="Acme, Inc"',
    );
    await expect(linesOf(text, { where: ['Customer!=acme, inc'] })).rejects.toThrow('written Customer=');
    const lines = await linesOf(text, { where: ['Customer="Acme, Inc"'] });
    expect(lines.filter((line) => line.includes(' valid '))).toEqual(['2 valid O1 Solutions S-0000001']);
  });
});

describe('replacements that no column gives', () => {
  it('are one for every row, of its own type or of another', async () => {
    const text = 'Opportunity ID,Solution ID\nO1,S-0000001\nO2,S-0000002\nO3,S-0000009\n';
    expect(await linesOf(text, { replaceWith: 'S-0000009' })).toEqual([
      '2 valid O1 Solutions S-0000001 Solutions S-0000009',
      '3 valid O2 Solutions S-0000002 Solutions S-0000009',
      '4 invalid replacement_same',
    ]);
  });

  it('are those of a map; rows of others are left out, unless their identifier is none', async () => {
    const text = [
      'Opportunity ID,Solution ID',
      'O1,S-0000001',
      'O2,S-0000002',
      'O3,S-0000003',
      'nobody,S-0000003',
      'O4,s-0000001',
      'nobody,S-0000001',
      '',
    ].join('\n');
    expect(await linesOf(text, MAP)).toEqual([
      '2 valid O1 Solutions S-0000001 Solutions S-0000009',
      '3 valid O2 Solutions S-0000002 AwsMarketplaceSolutions arn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace/Solution/soln-abc',
      '4 skipped not_mapped',
      '5 skipped not_mapped',
      '6 invalid type_entity_mismatch',
      '7 invalid opportunity_pattern',
    ]);
  });

  it.each([
    ['names both sides under a header that tells nothing', true, ['S-0000001', 'S-0000009'], 'refused'],
    ['names the old ones alone under such a header', true, ['S-0000001', 'S-0000003'], 'read'],
    ['names both sides of a map whose header is known', false, ['S-0000001', 'S-0000009'], 'read'],
    ['names the new ones alone, whatever the header', false, ['S-0000009', 'S-0000003'], 'refused'],
  ] as const)('are held against a file that %s', async (_, byOrder, ids, verdict) => {
    const text = ['Opportunity ID,Solution ID', ...ids.map((id, index) => `O${index + 1},${id}`), ''].join(
      '\n',
    );
    const replaceMap = {
      name: 'map.csv',
      pairs: [['S-0000001', 'S-0000009']] as const,
      heads: ['A', 'B'] as const,
      ...(byOrder && { byOrder }),
    };
    const lines = linesOf(text, { replaceMap }).catch(String);
    expect(String(await lines)).toContain(
      verdict === 'read'
        ? 'valid O1 Solutions S-0000001'
        : 'map.csv may be read backwards: column "A" would be',
    );
  });

  it('are given to each identifier of a split cell', async () => {
    const text = 'Opportunity ID,Solution ID\nO1,S-0000001;S-0000003\n';
    expect(await linesOf(text, { ...MAP, split: true })).toEqual([
      '2 valid O1 Solutions S-0000001 Solutions S-0000009',
      '2 skipped not_mapped',
    ]);
    expect(await linesOf(text, MAP)).toEqual(['2 invalid entity_several']);
  });

  it('are refused beside a column of replacements', async () => {
    const text = 'Opportunity ID,Solution ID,New solution\nO1,S-0000001,\n';
    await expect(readAll(text, MAP)).rejects.toThrow('column "New solution" gives replacements');
  });

  it('are refused where the map has nothing for any row', async () => {
    await expect(readAll('Opportunity ID,Solution ID\nO1,S-0000003\n', MAP)).rejects.toThrow(
      'The one row would be left out',
    );
  });

  it('of a line of results must be those that it was sent with', async () => {
    const header =
      'Opportunity ID,Solution ID,row,status,opportunity_id,entity_type,entity_id,replacement_id,request_ids\n';
    const line = (id: string): string => `O1,S-0000001,2,failed,O1,Solutions,S-0000001,${id},\n`;
    expect(await linesOf(header + line('S-0000009') + line('S-0000008'), MAP)).toEqual([
      '2 valid O1 Solutions S-0000001 Solutions S-0000009',
      '3 invalid replacement_differs',
    ]);
  });
});
