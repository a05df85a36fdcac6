import { describe, expect, it } from 'vitest';
import type { ReplaceMap } from '../../src/input/columns/input-options.ts';
import { readPairs } from '../../src/input/open-pairs.ts';
import { workbookOf } from './workbook/zip-writer.ts';

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

async function pairsOf(text: string): Promise<ReplaceMap['pairs']> {
  return (await mapOf(text)).pairs;
}

function mapOf(text: string): Promise<ReplaceMap> {
  return readPairs({ name: 'map.csv', bytes: bytesOf(text) });
}

describe('a map of replacements', () => {
  it.each([
    ['two columns by their header', 'old,new\nS-0000001,S-0000002\n'],
    ['the header in another order', 'New solution;Old solution\nS-0000002;S-0000001\n'],
    ['a header that names the new one alone', 'Customer,Solution\nS-0000001,S-0000002\n'],
    ['further columns', 'old,note,new\nS-0000001,retired,S-0000002\n'],
    ['no header', 'S-0000001\tS-0000002\n'],
    [
      'blank rows, spaces and a pair that stands there twice',
      'old,new\n\n S-0000001 ,S-0000002\nS-0000001,S-0000002\n',
    ],
  ])('has %s', async (_, text) => {
    expect(await pairsOf(text)).toEqual([['S-0000001', 'S-0000002']]);
  });

  it.each([
    ['Target,Source', 'S-0000009,S-0000001'],
    ['Old,New', 'S-0000001,S-0000009'],
    ['Keep,Drop', 'S-0000009,S-0000001'],
    ['Now,Was', 'S-0000009,S-0000001'],
    ['After,Before', 'S-0000009,S-0000001'],
    ['Current,Obsolete', 'S-0000009,S-0000001'],
    ['Active,Retired', 'S-0000009,S-0000001'],
    ['Marketplace,Legacy', 'S-0000009,S-0000001'],
    ['Solution,Replaces', 'S-0000009,S-0000001'],
    ['Replaces,Solution', 'S-0000001,S-0000009'],
    ['Solution,Replaced by', 'S-0000001,S-0000009'],
    ['Use instead,Solution', 'S-0000009,S-0000001'],
    ['Replace,With', 'S-0000001,S-0000009'],
    ['From,To', 'S-0000001,S-0000009'],
  ])('is read by the words of its header: %s', async (header, pair) => {
    const map = await mapOf(`${header}\n${pair}\n`);
    expect(map.pairs).toEqual([['S-0000001', 'S-0000009']]);
    expect(map.byOrder).toBeUndefined();
    expect(map.heads?.toSorted()).toEqual(header.split(',').toSorted());
  });

  it.each(['Neu,Alt', 'v2,v1', 'New,Successor', 'Old,Previous'])(
    'says that its order was taken for it under a header that tells nothing: %s',
    async (header) => {
      expect((await mapOf(`${header}\nS-0000001,S-0000009\n`)).byOrder).toBe(true);
    },
  );

  it.each([
    ['old,new,Decision\nS-0000001,S-0000002,Keep old\n', [{ name: 'Decision', says: '' }]],
    ['old,note,new\nS-0000001,ok,S-0000002\nS-0000003,Keep,S-0000002\n', [{ name: 'note', says: 'Keep' }]],
    ['S-0000001,S-0000002,do not remove\n', [{ name: 'column 3', says: 'do not remove' }]],
    ['Keep,Drop\nS-0000002,S-0000001\n', undefined],
    ['old,new,note\nS-0000001,S-0000002,retired\n', undefined],
  ])('tells its other columns that seem to say what to do with a pair: %j', async (text, deciding) => {
    expect((await mapOf(text)).deciding).toEqual(deciding);
  });

  it('has columns that are called just old and new beside others of such names', async () => {
    const map = await mapOf('Old name,Old,New name,New\nAlpha,S-0000001,Beta,S-0000011\n');
    expect(map).toMatchObject({ pairs: [['S-0000001', 'S-0000011']], heads: ['Old', 'New'] });
  });

  it.each(['Old,New', 'old , NEW', 'From,To'])(
    'that was joined of two has the pairs below a second header of the same order: %s',
    async (again) => {
      const text = `Old,New\nS-0000001,S-0000011\n${again}\nS-0000002,S-0000012\n`;
      expect(await pairsOf(text)).toHaveLength(2);
    },
  );

  it.each([
    ['Old,New', 'New,Old'],
    ['Old,New', 'To,From'],
    ['Old,New,Note', 'Note,Old,New'],
    ['Acme,Birch', 'Birch,Acme'],
    ['S-0000009,S-0000019', 'New,Old'],
  ])(
    'that was joined of two is refused where the second header has another order: %s, %s',
    async (first, again) => {
      const text = `${first}\nS-0000001,S-0000011\n${again}\nS-0000013,S-0000003\n`;
      await expect(mapOf(text)).rejects.toThrow(/has another header in row 3 \(.*\): the pairs below it/);
    },
  );

  it('may have solutions that are called old and new', async () => {
    expect(await pairsOf('Solution,Replaced by\nNew Acme,Old Birch\nOld Acme,New Acme 2\n')).toHaveLength(2);
  });

  it('in a workbook of several filled sheets is refused with a hint that is not about the input', async () => {
    const sheet = [
      ['old', 'new'],
      ['S-0000001', 'S-0000002'],
    ];
    const bytes = async function* (): AsyncGenerator<Uint8Array> {
      yield workbookOf({ First: sheet, Second: sheet });
    };
    await expect(readPairs({ name: 'map.xlsx', bytes: bytes() })).rejects.toMatchObject({
      message: 'map.xlsx has several sheets: 1 "First", 2 "Second".',
      advice: { code: 'save_sheet_alone' },
    });
  });

  it('may be of products, with a header or without', async () => {
    const pairs = [['AmazonEC2', 'AmazonECS']];
    expect(await pairsOf('AmazonEC2,AmazonECS\n')).toEqual(pairs);
    expect(await pairsOf('Product,Replacement\nAmazonEC2,AmazonECS\n')).toEqual(pairs);
  });

  it.each([
    ['one column', 'old\nS-0000001\n', 'has one column, and a map has two'],
    ['nothing below its header', 'old,new\n', 'has no pair'],
    ['an empty cell', 'old,new\nS-0000001,S-0000002\nS-0000003,\n', 'has no new identifier in row 3'],
    ['no old one', 'old,new\n,S-0000002\n', 'has no old identifier in row 2'],
    ['what is no identifier', 'old,new\nS-0000001,S-1 and S-2\n', 'has "S-1 and S-2" in row 2'],
    ['one that replaces itself', 'old,new\nS-0000001,S-0000001\n', 'by itself in row 2'],
    [
      'two answers to one question',
      'old,new\nS-0000001,S-0000002\nS-0000001,S-0000003\n',
      'replaces "S-0000001" by "S-0000002" (row 2) and by "S-0000003" (row 3)',
    ],
    ['a chain', 'old,new\nS-0000002,S-0000003\nS-0000001,S-0000002\n', 'S-0000001 → S-0000002 → S-0000003'],
    [
      'a circle',
      'old,new\nS-0000001,S-0000002\nS-0000002,S-0000001\n',
      'comes back to where it began: S-0000001 → S-0000002 → S-0000001',
    ],
    [
      'a chain by an identifier that is spelt in two ways',
      'old,new\noffer-a,offer-b\narn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace/Offer/offer-b,offer-c\n',
      'offer-a → offer-b → offer-c',
    ],
  ])('is refused with the place where it has %s', async (_, text, words) => {
    await expect(pairsOf(text)).rejects.toThrow(words);
  });
});
