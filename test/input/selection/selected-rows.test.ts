import { describe, expect, it } from 'vitest';
import type { InputOptions } from '../../../src/input/columns/input-options.ts';
import { readAll, rowLine } from '../read-all.ts';

const PEOPLE = [
  'Opportunity ID,Solution ID,Customer,Decision',
  'O1,S-0000001,Acme,remove',
  'O2,S-0000001, ACME ,keep',
  'O3,S-0000002,"Birch, Inc",remove',
  'O4,banana,Birch,keep',
  'O1,S-0000001,Birch,',
  '',
].join('\n');

async function linesOf(options: InputOptions, text = PEOPLE): Promise<readonly string[]> {
  const { rows } = await readAll(text, options);
  return rows.map(rowLine);
}

async function tallyOf(options: InputOptions) {
  const { input } = await readAll(PEOPLE, options);
  return input.tally();
}

describe('rows that a condition leaves out', () => {
  it('are those whose cell is none of the values, without regard to case and outer spaces', async () => {
    expect(await linesOf({ where: ['customer=acme'] })).toEqual([
      '2 valid O1 Solutions S-0000001',
      '3 valid O2 Solutions S-0000001',
      '4 skipped where',
      '5 skipped where',
      '6 skipped where',
    ]);
    expect(await linesOf({ where: ['Customer="birch, inc",Birch'] })).toEqual([
      '2 skipped where',
      '3 skipped where',
      '4 valid O3 Solutions S-0000002',
      '5 invalid type_entity_mismatch',
      '6 valid O1 Solutions S-0000001',
    ]);
  });

  it('are not validated, and make no later row a duplicate', async () => {
    expect(await linesOf({ where: ['Decision!=keep,remove'] })).toEqual([
      '2 skipped where',
      '3 skipped where',
      '4 skipped where',
      '5 skipped where',
      '6 valid O1 Solutions S-0000001',
    ]);
  });

  it('are those for which one of several conditions does not hold', async () => {
    expect(await linesOf({ where: ['Decision=remove', 'Customer!=Acme'] })).toEqual([
      '2 skipped where',
      '3 skipped where',
      '4 valid O3 Solutions S-0000002',
      '5 skipped where',
      '6 skipped where',
    ]);
  });

  it('may be those whose cell is empty, or is not', async () => {
    expect((await linesOf({ where: ['Decision='] })).filter((line) => line.includes('valid'))).toEqual([
      '6 valid O1 Solutions S-0000001',
    ]);
    expect(await tallyOf({ where: ['Decision!='] })).toMatchObject({ valid: 3, invalid: 1, skipped: 1 });
  });

  it('are counted, and say which condition did not hold for which cell', async () => {
    expect(await tallyOf({ where: ['Decision=remove'] })).toMatchObject({
      rows: 5,
      valid: 2,
      invalid: 0,
      duplicate: 0,
      skipped: 3,
    });
    const { rows } = await readAll(PEOPLE, { where: ['Decision=remove'] });
    expect(rows[1]).toMatchObject({
      kind: 'skipped',
      why: { kind: 'where', condition: 'Decision=remove', column: '"Decision"', cell: '"keep"' },
    });
  });
});

describe('rows that --entities leaves out', () => {
  it('are those with other identifiers, inside split cells too', async () => {
    const text = 'Opportunity ID,Solution ID\nO1,S-0000001;S-0000002\nO2,S-0000002\n';
    expect(await linesOf({ entities: ['S-0000001'], split: true }, text)).toEqual([
      '2 valid O1 Solutions S-0000001',
      '2 skipped entities',
      '3 skipped entities',
    ]);
  });

  it('may be named by their whole ARN or its end', async () => {
    const arn = 'arn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace/Offer/offer-abc';
    const text = `Opportunity ID,Offer ID\nO1,${arn}\nO2,offer-xyz\n`;
    expect(await linesOf({ entities: ['offer-abc'] }, text)).toEqual([
      `2 valid O1 AwsMarketplaceOffers ${arn}`,
      '3 skipped entities',
    ]);
  });

  it('are none whose cell holds the one that is asked for among others: split or not, it is meant', async () => {
    const text = 'Opportunity ID,Solution ID\nO1,S-0000001;S-0000002\nO2,S-0000003;S-0000002\n';
    expect(await linesOf({ entities: ['S-0000001'] }, text)).toEqual([
      '2 invalid entity_several',
      '3 skipped entities',
    ]);
  });

  it('are none in which the one that is asked for has slipped elsewhere', async () => {
    const text = [
      'Opportunity ID,Customer,Solution ID,Note',
      ...Array.from({ length: 8 }, (_, index) => `O${index + 1},Acme,S-0000001,`),
      'O9,Birch, Inc,S-0000001,',
      '',
    ].join('\n');
    const lines = await linesOf({ entities: ['S-0000001'] }, text);
    expect(lines.at(-1)).toMatch(/^10 invalid/);
  });
});

describe('a selection that can not be meant', () => {
  it.each([
    [{ where: ['Custmer=Acme'] }, 'There is no column "Custmer"'],
    [{ where: ['Custmer=Acme'] }, 'Headers seen: "Opportunity ID", "Solution ID", "Customer", "Decision"'],
    [{ where: ['Customer=Acmee'] }, 'No cell in column "Customer" is "Acmee"'],
    [{ where: ['Customer=Acmee'] }, 'There are: "Acme", "ACME", "Birch, Inc", "Birch".'],
    [{ where: ['Customer='] }, 'No cell in column "Customer" is empty'],
    [{ where: ['Decision!=Keep it'] }, 'No cell in column "Decision" is "Keep it"'],
    [{ entities: ['S-0000009'] }, 'No row has the identifier "S-0000009"'],
    [{ entities: ['S-0000001', 's-0000002'] }, 'No row has the identifier "s-0000002"'],
    [{ entities: ['S-0000009'] }, 'There are: "S-0000001", "S-0000002", "banana".'],
    [{ where: ['Decision=keep', 'Customer="Birch, Inc"'] }, 'All 5 rows would be left out'],
  ])('is refused with what there is: %j', async (options, words) => {
    await expect(readAll(PEOPLE, options)).rejects.toThrow(words);
  });

  it('names no empty identifier among those that there are', async () => {
    const text = 'Opportunity ID,Solution ID\nO1,\nO2,S-0000002\n';
    await expect(readAll(text, { entities: ['S-0000009'] })).rejects.toThrow('There are: "S-0000002".');
  });

  it('is refused where two columns have the name', async () => {
    const text = 'Opportunity ID,Solution ID,Note,Note\nO1,S-0000001,a,b\n';
    await expect(readAll(text, { where: ['Note=a'] })).rejects.toThrow('Columns 3 and 4 both have the name');
    expect(await linesOf({ where: ['3=a'] }, text)).toEqual(['2 valid O1 Solutions S-0000001']);
  });
});
