import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvText } from '../../src/results/csv-text.ts';
import { defuse } from '../../src/results/defuse.ts';

const INVISIBLE = {
  space: ' ',
  'no-break space': '\u00A0',
  'soft hyphen': '\u00AD',
  'zero-width space': '\u200B',
  'left-to-right mark': '\u200E',
  'word joiner': '\u2060',
  'byte order mark': '\uFEFF',
  'ideographic space': '\u3000',
};

const LIVE = /^[\s\u00a0]*[=+\-@]/;

/** As a lenient spreadsheet cuts a line: quotes that have lost their partner are skipped. */
function cutAt(text: string, separator: string): string[] {
  return text
    .split('\n')
    .flatMap((line) => line.split(separator).map((piece) => piece.replace(/^[\s"]+/, '')));
}

describe('defuse', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '=cmd|"/c calc"!A1'])('makes text of %j', (cell) => {
    expect(defuse(cell)).toBe(`'${cell}`);
  });

  it.each(['＝1+1', '＋1', '－1', '＠SUM(A1)'])('makes text of the full-width %s', (cell) => {
    expect(defuse(cell)).toBe(`'${cell}`);
  });

  it.each(Object.entries(INVISIBLE))('sees a formula behind a %s', (_name, character) => {
    expect(defuse(`${character}${character}=1+1`)).toBe(`'${character}${character}=1+1`);
  });

  it.each(['\t', '\r', '\n', '\0'])('makes text of whatever begins with %j', (character) => {
    expect(defuse(`${character}text`)).toBe(`'${character}text`);
  });

  it.each(['', 'O1234567', 'S-0000001', 'AmazonEC2', '12', 'a=b', ' spaced', "'=1", 'Ärger', '東京'])(
    'leaves %j as it is',
    (cell) => {
      expect(defuse(cell)).toBe(cell);
    },
  );

  it.each([
    ['x;=1+1;y', "x;'=1+1;y"],
    ['a,+1', "a,'+1"],
    ['a|b\t@SUM(A1)', "a|b\t'@SUM(A1)"],
    ['two lines\n-1', "two lines\n'-1"],
    ['x; "=1+1"', `x; "'=1+1"`],
    ['=1;=2', "'=1;'=2"],
    ['\n\n=1+1', "'\n\n'=1+1"],
  ])('makes text of each piece of %j that another separator would cut off', (cell, safe) => {
    expect(defuse(cell)).toBe(safe);
  });

  it.each(['one, two', 'a-b;c=d', 'S-0000001;S-0000002', "x;'=1"])(
    'leaves the pieces of %j as they are',
    (cell) => {
      expect(defuse(cell)).toBe(cell);
    },
  );

  it('leaves nothing live, whatever the cell, its file’s separator and the one it is opened with', () => {
    const cells = fc.string({ unit: fc.constantFrom(...Array.from('=+-@;,|\t\n"\' a1\u00a0')) });
    const separators = fc.constantFrom(',', ';', '\t', '|');
    fc.assert(
      fc.property(cells, separators, separators, (cell, delimiter, opened) => {
        const text = csvText([['a', defuse(cell), 'b']], { delimiter, lineEnding: '\n', bom: false });
        const seen = opened === delimiter ? parse(text, { delimiter }).flat() : cutAt(text, opened);
        expect(seen.filter((piece) => LIVE.test(piece))).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes no longer for a long cell than its length asks', () => {
    const cell = ' '.repeat(500_000) + '\t'.repeat(500_000);
    expect(defuse(cell).length).toBeLessThanOrEqual(cell.length + 1);
  });
});
