import { describe, expect, it } from 'vitest';
import { defuse } from '../../src/results/defuse.ts';

const INVISIBLE = {
  space: ' ',
  'line feed': '\n',
  'no-break space': '\u00A0',
  'soft hyphen': '\u00AD',
  'zero-width space': '\u200B',
  'left-to-right mark': '\u200E',
  'word joiner': '\u2060',
  'byte order mark': '\uFEFF',
  'ideographic space': '\u3000',
};

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
});
