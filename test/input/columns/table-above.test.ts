import { describe, expect, it } from 'vitest';
import { readAll, rowLine } from '../read-all.ts';

describe('a table above the header', () => {
  const TABLE = ['Opportunity ID,Customer,Entity ID', 'O8,Acme,S-0000008', 'O9,Acme,S-0000009'];

  it.each([';', '\t', '|', ','])('is refused, not left out, where its cells are cut at "%s"', async (cut) => {
    for (const row of [
      ['O1', 'S-0000001'],
      ['Acme', 'O1', 'S-0000001'],
      ['O1', 'AwsProducts', 'AmazonEC2'],
    ]) {
      const text = `${[row.join(cut), row.join(cut), '', ...TABLE].join('\n')}\n`;
      await expect(readAll(text)).rejects.toThrow('row 1 holds data but stands above the header, row 4');
    }
  });

  it.each(['Report; of O1 and S-0000001', 'Customer; Acme | all', 'Opportunities;12'])(
    'is not seen in a title: %s',
    async (title) => {
      const { rows } = await readAll(`${[title, ...TABLE].join('\n')}\n`);
      expect(rows.map(rowLine)).toEqual(['3 valid O8 Solutions S-0000008', '4 valid O9 Solutions S-0000009']);
    },
  );
});
