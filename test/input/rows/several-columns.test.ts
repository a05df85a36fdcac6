import { describe, expect, it } from 'vitest';
import type { InputOptions } from '../../../src/input/columns/input-options.ts';
import { readAll, rowLine } from '../read-all.ts';

const FLATTENED = [
  'Id,Customer,RelatedEntityIdentifiers.AwsMarketplaceOffers[0],RelatedEntityIdentifiers.AwsProducts[0],RelatedEntityIdentifiers.AwsProducts[1],RelatedEntityIdentifiers.Solutions[0]',
  'O1,Acme,,AmazonEC2,my-code,S-0000001',
  'O2,Birch,offer-abc,,,',
  'O3,Cedar,,,,',
  'O4,Dune,,,,S1',
  'oh,Elm,,AmazonEC2,AmazonEC2,',
  'O5,Fir,,AmazonEC2,AmazonEC2,',
  '',
].join('\n');

async function linesOf(text: string, options: InputOptions = {}): Promise<readonly string[]> {
  const { rows } = await readAll(text, options);
  return rows.map(rowLine);
}

describe('several columns of identifiers', () => {
  it('of a flattened list are found by themselves: a row each, its type by the column’s name', async () => {
    expect(await linesOf(FLATTENED)).toEqual([
      '2 valid O1 AwsProducts AmazonEC2',
      '2 valid O1 AwsProducts my-code',
      '2 valid O1 Solutions S-0000001',
      '3 valid O2 AwsMarketplaceOffers offer-abc',
      '4 skipped no_entity',
      '5 invalid type_entity_mismatch',
      '6 invalid opportunity_pattern',
      '6 invalid opportunity_pattern',
      '7 valid O5 AwsProducts AmazonEC2',
      '7 duplicate 7',
    ]);
  });

  it('are those of one type, where one is asked for', async () => {
    const lines = await linesOf(FLATTENED, { entityType: 'AwsProducts' });
    expect(lines.slice(0, 3)).toEqual([
      '2 valid O1 AwsProducts AmazonEC2',
      '2 valid O1 AwsProducts my-code',
      '3 skipped no_entity',
    ]);
    expect((await linesOf(FLATTENED, { entityType: 'Solutions' }))[0]).toBe('2 valid O1 Solutions S-0000001');
  });

  it('are those that are named, each by its name or its position', async () => {
    const text = 'Opportunity ID,Old one,Note,Solution ID\nO1,offer-abc,x,S-0000001\nO2,,x,S-0000002\n';
    expect(await linesOf(text, { entityColumns: ['Old one', '4'] })).toEqual([
      '2 valid O1 AwsMarketplaceOffers offer-abc',
      '2 valid O1 Solutions S-0000001',
      '3 valid O2 Solutions S-0000002',
    ]);
    await expect(linesOf(text, { entityColumns: ['Old one', 'New one'] })).rejects.toThrow(
      'There is no column "New one"',
    );
    await expect(linesOf(text, { entityColumns: ['Note', 'Note'] })).rejects.toThrow('for two purposes');
  });

  it('may hold several in a cell, and be selected from', async () => {
    const text =
      'Id,RelatedEntityIdentifiers.Solutions[0],RelatedEntityIdentifiers.Solutions[1]\nO1,S-0000001;S-0000002,S-0000003\n';
    expect(await linesOf(text, { split: true, entities: ['S-0000002', 'S-0000003'] })).toEqual([
      '2 skipped entities',
      '2 valid O1 Solutions S-0000002',
      '2 valid O1 Solutions S-0000003',
    ]);
  });

  it('are two to choose from where one of them is of no list', async () => {
    const text = 'Id,RelatedEntityIdentifiers.Solutions[0],Solution ID\nO1,S-0000001,S-0000002\n';
    await expect(linesOf(text)).rejects.toThrow('2 columns might be');
  });

  it('leave a line of results the one identifier that it names', async () => {
    const ours = 'row,status,opportunity_id,entity_type,entity_id,replacement_id,request_ids';
    const head = `Id,RelatedEntityIdentifiers.Solutions[0],RelatedEntityIdentifiers.Solutions[1],${ours}`;
    const text = [
      head,
      'O1,S-0000001,S-0000002,2,failed,O1,Solutions,S-0000002,,',
      'O1,S-0000001,S-0000009,2,skipped,O1,Solutions,S-0000001,,',
      'O2,,,3,skipped,O2,,,,',
      '',
    ].join('\n');
    expect(await linesOf(text)).toEqual([
      '2 valid O1 Solutions S-0000002',
      '3 valid O1 Solutions S-0000001',
      '4 skipped no_entity',
    ]);
  });
});
