import { describe, expect, it } from 'vitest';
import { headingIn, mayBeFooter } from '../../../src/input/rows/footer.ts';

function isFooter(record: readonly string[], setApart: boolean): boolean {
  const [opportunity = '', entity = ''] = record;
  return mayBeFooter({ opportunity, entity, record, setApart });
}

describe('a line below the table', () => {
  it.each([
    ['Total', '', '12'],
    ['Total', '', '24000'],
    ['Total', '', 'EUR 24000.50'],
    ['Copyright (c) 2026 Acme'],
    ['', '', 'Grand Totals'],
    ['Summe', '', '7'],
  ])('may be a footer by its first word: %j, …', (...cells) => {
    expect(isFooter(cells, cells[0] === '')).toBe(true);
  });

  it.each([
    ['Total', '33'],
    ['Grand total', '62', 'x'],
    ['Sum', '6'],
    ['Summe', '1.234,50'],
    ['Subtotal', "1'234"],
  ])('may be one with a sum in the place of an identifier: %j, %j', (...cells) => {
    expect(isFooter(cells, false)).toBe(true);
  });

  it.each([
    ['O7', '33'],
    ['Acme', '33'],
    ['Total', '0000033'],
    ['Total', 'S-33'],
    ['Total', 'AmazonEC2'],
    ['Total', '33', 'O1234567'],
  ])('is none with an opportunity, an identifier or another word: %j, %j', (...cells) => {
    expect(isFooter(cells, true)).toBe(false);
  });

  it('may be one by standing apart with a word or two', () => {
    expect(isFooter(['Internal use', '', ''], true)).toBe(true);
    expect(isFooter(['Internal use', '', ''], false)).toBe(false);
    expect(isFooter(['a', '', 'b', 'c'], true)).toBe(false);
  });

  it.each([
    ['O1', ''],
    ['O4100003?', ''],
    ['OPP-4100003', ''],
    ['=O7', ''],
    ['#REF!', ''],
    ['', 'S-0000001'],
    ['Total O1234568', '', 'S-0012346'],
    ['Anna O1234568', ''],
    ['', '', 'arn:aws:aws-marketplace:…'],
    ['', '', 'offer-abc'],
  ])('is none, but a row that went wrong, with %j in it', (...cells) => {
    expect(isFooter(cells, true)).toBe(false);
  });
});

describe('the heading of rows below', () => {
  it.each([
    ['Keep', '', ''],
    ['', 'Keep', ''],
    ['Keep', '', '1'],
    ['Keep', '12', '€ 1,200.50'],
    ['Keep (3)', '', '40 %'],
  ])('is the text in %j, %j, %j', (...cells) => {
    expect(headingIn(cells)).toBe(cells.find((cell) => cell !== ''));
  });

  it.each([
    ['Keep', 'Acme', ''],
    ['Total', '', '3'],
    ['Acme', '', '4100001'],
    ['O1234567', '', '1'],
    ['', '3', '4'],
  ])('is none in %j, %j, %j', (...cells) => {
    expect(headingIn(cells)).toBeUndefined();
  });
});
