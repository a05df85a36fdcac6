import { describe, expect, it } from 'vitest';
import { MAX_RECORD_BYTES, MAX_RECORD_CELLS } from '../../../src/input/records/record-batch.ts';
import { WellFormedRecords } from '../../../src/input/records/well-formed-records.ts';

function readAll(text: string, ended: boolean): { records: string[][]; rest: string; stray: boolean } {
  const source = new WellFormedRecords(text, ',', ended);
  const records: string[][] = [];
  for (let record = source.next(); record !== undefined; record = source.next()) records.push(record);
  return { records, rest: source.rest(), stray: source.stray };
}

describe('well-formed records', () => {
  it.each([
    [
      'a,b\nc,d\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a,b\r\nc,d\re,f\n',
      [
        ['a', 'b'],
        ['c', 'd'],
        ['e', 'f'],
      ],
    ],
    [
      '"a","b,c"\n"",d\n',
      [
        ['a', 'b,c'],
        ['', 'd'],
      ],
    ],
    ['"say ""x""",""""\n', [['say "x"', '"']]],
    [
      '"two\r\nlines",b\nc,d\n',
      [
        ['two\r\nlines', 'b'],
        ['c', 'd'],
      ],
    ],
    ['\n,\n', [[''], ['', '']]],
  ])('of %j are cut where its lines end and no quote is open', (text, records) => {
    expect(readAll(text, false)).toEqual({ records, rest: '', stray: false });
  });

  it.each(['a,b', 'a,"b', 'a,"b"', 'a,"b""', 'a,"b\n', 'a\r'])(
    'leave %j until more is there, since it may go on in any way',
    (text) => {
      expect(readAll(`x\n${text}`, false)).toEqual({ records: [['x']], rest: text, stray: false });
    },
  );

  it.each([
    ['a,b', ['a', 'b']],
    ['a,', ['a', '']],
    ['a,"b"', ['a', 'b']],
    ['a\r', ['a']],
  ])('take %j for a whole one at the end', (text, record) => {
    expect(readAll(text, true)).toEqual({ records: [record], rest: '', stray: false });
  });

  it.each(['5" pipe,b\n', 'a,b"c"\n', '"a" b,c\n', '"a"b"\n', 'a," "x\n'])(
    'leave %j to a lenient reader, from its beginning on',
    (text) => {
      expect(readAll(`x\n${text}y\n`, false)).toEqual({ records: [['x']], rest: `${text}y\n`, stray: true });
    },
  );

  it('leave a quote that never closes to it too, once nothing can follow', () => {
    expect(readAll('x\n"a\n', true)).toEqual({ records: [['x']], rest: '"a\n', stray: true });
  });

  it.each([
    ['a', 1],
    ['"', 1],
    ['a,"b",', 3],
    ['a,"b",c', 3],
    ['a,"b","', 3],
  ])('say of one that begins with %j and has no end how far it has got', (beginning, column) => {
    const endless = beginning + 'x'.repeat(MAX_RECORD_BYTES + 1);
    for (const text of [endless, `${endless}"\n`]) {
      const source = new WellFormedRecords(text, ',', false);
      expect(source.next()).toBeUndefined();
      expect(source.endlessColumn).toBe(column);
    }
    expect(new WellFormedRecords('a,b', ',', false).endlessColumn).toBeUndefined();
  });

  it('say the same of one with more cells than any sheet has columns', () => {
    const widest = Array.from({ length: MAX_RECORD_CELLS }, () => 'x').join(',');
    expect(new WellFormedRecords(`${widest}\n`, ',', false).next()).toHaveLength(MAX_RECORD_CELLS);
    const source = new WellFormedRecords(`${widest},x\n`, ',', false);
    expect(source.next()).toBeUndefined();
    expect([source.endlessColumn, source.stray]).toEqual([MAX_RECORD_CELLS, false]);
  });

  it('say whether a cell holds a line break', () => {
    const singleLine = (text: string): boolean => {
      const source = new WellFormedRecords(text, ',', true);
      while (source.next() !== undefined);
      return source.singleLine;
    };
    expect([singleLine('"a",b\r\nc,d'), singleLine('"a\nb"'), singleLine('a,"b\r"')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
