import { describe, expect, it } from 'vitest';
import type { InputOptions } from '../../../src/input/columns/input-options.ts';
import { readAll } from '../read-all.ts';

const SOLUTIONS = 'O1,S-0000001,S-0000051\nO2,S-0000002,S-0000052\n';
const PRODUCTS = 'O1,AmazonEC2,AmazonS3\nO2,AWSLambda,AmazonRDS\n';
const OPPORTUNITIES = 'O1,O8,S-0000001\nO2,O9,S-0000002\n';

describe('a column whose name says that what it holds goes', () => {
  it.each([
    'Remove',
    'Delete',
    'Detach',
    'Drop',
    'Obsolete',
    'To be removed',
    'Solution to remove',
    'Old Solution ID',
    'OldSolutionId',
    'Former solution',
    'Legacy',
    'Duplicate Solution',
    'Wrong Solution',
    'Solution Offered (wrong)',
    'Incorrect',
    'Retired Solution',
    'Deprecated',
    'Offer to remove',
    'zu entfernen',
    'Zu löschen',
    'Falsche Lösung',
    'Alte Lösung',
    'Solution à supprimer',
    'Ancienne solution',
    'Solución antigua',
    'A eliminar',
  ])('as %s does is asked about beside another of identifiers', async (name) => {
    await expect(readAll(`Opportunity ID,Solution ID,${name}\n${SOLUTIONS}`)).rejects.toMatchObject({
      message: expect.stringContaining(`"Solution ID" (column 2) and "${name}" (column 3)`) as string,
      advice: { code: 'choose_column', role: 'entity', choices: [{ value: 'Solution ID' }, { value: name }] },
    });
  });

  it('is the one that the advice names, unless it holds opportunities', async () => {
    await expect(
      readAll(`Wrong Opportunity ID,Opportunity ID,Solution ID\n${OPPORTUNITIES}`),
    ).rejects.toMatchObject({ advice: { column: '"Opportunity ID"' } });
    await expect(readAll(`Opportunity ID,Solution,Wrong Solution\n${SOLUTIONS}`)).rejects.toMatchObject({
      advice: { column: '"Wrong Solution"' },
    });
  });

  it.each([
    ['Opportunity ID,AWS Product,Wrong product', PRODUCTS, 'entity', 2],
    ['Opportunity ID,Wrong Opportunity ID,Solution ID', OPPORTUNITIES, 'opportunity', 2],
    ['Old Opportunity ID,Opportunity ID,Solution ID', OPPORTUNITIES, 'opportunity', 2],
    ['Opportunity ID,Solution ID,Replacement,Remove', 'O1,S-1000001,S-1000002,S-1000003\n', 'entity', 3],
  ])('is asked about in %s', async (header, rows, role, choices) => {
    await expect(readAll(`${header}\n${rows}`)).rejects.toMatchObject({
      advice: { code: 'choose_column', role, choices: { length: choices } },
    });
  });

  it.each<[string, string, InputOptions]>([
    ['Opportunity ID,Solution ID,Remove', SOLUTIONS, { entityColumn: 'Remove' }],
    ['Opportunity ID,Solution ID,Old Solution', SOLUTIONS, { entityColumn: 'Solution ID' }],
    ['Opportunity ID,Wrong Opportunity ID,Solution ID', OPPORTUNITIES, { opportunityColumn: '1' }],
    ['Opportunity ID,Solution ID,Remove', 'O1,S-0000001,yes\nO2,S-0000002,no\n', {}],
    ['Opportunity ID,Solution ID,Final Solution', SOLUTIONS, {}],
    ['Opportunity ID,Solution ID,Previous Solution', SOLUTIONS, {}],
    ['Parent Opportunity ID,Opportunity ID,Solution ID', OPPORTUNITIES, {}],
  ])(
    'is not asked about where %s, %j is clear, or the user has said it: %j',
    async (header, rows, options) => {
      expect((await readAll(`${header}\n${rows}`, options)).rows).toHaveLength(2);
    },
  );
});
