import { describe, expect, it } from 'vitest';
import { MOST_MB, ownShareMb, readBulk } from './own-memory.ts';

describe('a bulky file', () => {
  it.each([
    ['no line end', 'row 2 has no end within'],
    ['no header and no line end', 'row 1 has no end within'],
    ['a quote that never closes', 'row 2 has no end within'],
    ['quotes doubled without end', 'row 2 has no end within'],
    ['quotes alone', 'row 1 has no end within'],
    ['a stray quote, then a row without end', 'row 3 has no end within'],
    ['a stray quote, then delimiters alone', 'row 3 has no end within'],
    ['a stray quote, then line ends alone', /^1 rows$/],
    ['quotes that open and close', 'row 2 has no end within'],
    ['delimiters alone', 'row 2 has no end within'],
    ['line ends alone', /^0 rows$/],
    ['returns alone', /^0 rows$/],
    ['spaces alone', 'row 2 has no end within'],
    ['NUL bytes in cells', /^\d{6,7} rows$/],
    ['cells of a megabyte', /^16 rows$/],
    ['cells of a megabyte, with quotes and line ends', /^16 rows$/],
    ['identifiers of a megabyte', /^16 rows$/],
    ['rows of a thousand cells', /^\d{4,5} rows$/],
    ['titles without end', 'The header was read as one cell'],
    ['footers without end', /^\d{5,7} rows$/],
  ])('of %s is read or refused in bounded memory', async (kind, expected) => {
    const { became, peakRssMb } = await readBulk(kind);
    expect(became).toMatch(expected);
    expect(peakRssMb - (await ownShareMb())).toBeLessThan(MOST_MB);
  });
});
