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

describe('a column whose name says that what it holds takes the place of something', () => {
  it.each([
    'Replace by',
    'Replaces',
    'Move to',
    'Migrated to',
    'Changed to',
    'Swap for',
    'Successor',
    'Target solution',
    'New one',
    'Nachfolger',
    'Ersatz',
    'Remplacement',
    'Sustituto',
  ])('as %s does is asked about beside another of identifiers', async (name) => {
    await expect(readAll(`Opportunity ID,Solution ID,${name}\n${SOLUTIONS}`)).rejects.toMatchObject({
      message: expect.stringContaining(
        `"${name}" (column 3) holds identifiers too, and its name may say that they take the place of those in "Solution ID" (column 2)`,
      ) as string,
      advice: { code: 'choose_column', role: 'replacement', choices: [{ value: name }] },
    });
  });

  it.each<[string, InputOptions]>([
    ['the columns are named', { entityColumn: 'Solution ID' }],
    ['it is named', { replaceColumn: 'Move to' }],
    ['something else is attached', { replaceWith: 'S-0000099' }],
  ])('is read beside where %s', async (_, options) => {
    await expect(readAll(`Opportunity ID,Solution ID,Move to\n${SOLUTIONS}`, options)).resolves.toBeDefined();
  });

  it('is not asked about where another is the replacement, or where it holds other things', async () => {
    const moved = 'O1,S-0000001,S-0000051,Ann\nO2,S-0000002,S-0000052,Ben\n';
    await expect(
      readAll(`Opportunity ID,Solution ID,Replacement,Changed by\n${moved}`),
    ).resolves.toBeDefined();
    await expect(readAll('Opportunity ID,Solution ID,Moved\nO1,S-0000001,yes\n')).resolves.toBeDefined();
  });
});

describe('names of solutions under a name that says which of two are meant', () => {
  it.each([
    ['Wrong Solution', 'entity'],
    ['New solution to attach', 'replacement'],
  ])('%s are asked about', async (name, role) => {
    const rows = 'O1,S-0000001,Sweeper Pro\nO2,S-0000002,Dust Buster 2\n';
    await expect(readAll(`Opportunity ID,Solution ID,${name}\n${rows}`)).rejects.toMatchObject({
      advice: { code: 'choose_column', role },
    });
  });

  it.each(['yes', 'no'])('are not where it is a plain answer: %s', async (answer) => {
    const rows = `O1,S-0000001,${answer}\nO2,S-0000002,${answer}\n`;
    await expect(readAll(`Opportunity ID,Solution ID,Wrong Solution\n${rows}`)).resolves.toBeDefined();
  });
});

describe('a column whose name says that what it holds stays', () => {
  it.each([
    'Not to be removed',
    'Do not remove',
    "Don't delete",
    'Exclude',
    'Exceptions',
    'Protected',
    'Solution (do not remove)',
    'nicht löschen',
    'ne pas supprimer',
    'No eliminar',
  ])('%s is not the one that is proposed', async (name) => {
    await expect(readAll(`Opportunity ID,${name}\nO1,S-0000001\n`)).rejects.toMatchObject({
      message: expect.stringContaining('its name says that what it holds stays') as string,
    });
    await expect(readAll(`Opportunity ID,Solution ID,${name}\n${SOLUTIONS}`)).resolves.toBeDefined();
  });

  it('is another where a number is meant', async () => {
    await expect(
      readAll(`Opportunity ID,Solution ID,Wrong Solution No.\n${SOLUTIONS}`),
    ).rejects.toMatchObject({
      advice: { role: 'entity' },
    });
  });
});
