import { describe, expect, it } from 'vitest';
import { readAll, rowLine } from '../read-all.ts';

const NOTES = 'Opportunity ID,Note,Solution\nO8,ok,S-0000008\nO9,ok,S-0000009\n';

describe('a quote that the next row closes', () => {
  it.each([
    ['a note', NOTES, 'O1,"urgent,S-0000001\nO2,rack 19",S-0000002'],
    ['a note of two lines', NOTES, 'O1,"urgent\nmore,S-0000001\nO2,rack 19",S-0000002'],
    ['a note above an empty line', NOTES, 'O1,"urgent,S-0000001\n\nO2,rack 19",S-0000002'],
    [
      'a note before other texts',
      'Opportunity ID,Customer,Note,Owner,Solution\nO9,Acme,ok,ann,S-0000009\n',
      'O1,Birch,"urgent,ann,S-0000001\nO2,Acme,rack 19",ann,S-0000002',
    ],
    [
      'a note before the opportunity',
      'Solution,Note,Opportunity ID\nS-0000009,ok,O9\n',
      'S-0000001,"urgent,O1\nS-0000002,rack 19",O2',
    ],
    [
      'a note before product codes',
      'Opportunity ID,Entity Type,Note,Entity ID\nO9,AwsProducts,ok,comprehend\n',
      'O1,AwsProducts,"urgent,comprehend\nO2,AwsProducts,rack 19",polly',
    ],
  ])('is refused where it opens in %s', async (_, above, rows) => {
    await expect(readAll(`${above}${rows}\n`)).rejects.toThrow(/a quote \("\) opens in row \d, column \d/);
  });

  it.each([
    'O1,"call, Bob\nO2, Ann",S-0000001',
    'O1,"moved\nfrom O5, see",S-0000001',
    'O1,"see Ann,\nO2, then\nO3, ok",S-0000001',
    'O1,"was S-0000002,\nwill be S-0000003, see O5",S-0000001',
  ])('is not seen in a note of several lines: %j', async (row) => {
    const { rows } = await readAll(`${NOTES}${row}\n`);
    expect(rows.map(rowLine).at(-1)).toBe('4 valid O1 Solutions S-0000001');
  });
});
