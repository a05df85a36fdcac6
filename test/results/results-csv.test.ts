import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RESULT_COLUMNS } from '../../src/model/result-columns.ts';
import { resultCells } from '../../src/results/result-cells.ts';
import { headerText, rowsText, type ResultsForm } from '../../src/results/results-csv.ts';
import type { ResultsDialect } from '../../src/results/csv-text.ts';
import { DISASSOCIATED, validRow } from './samples.ts';

const PLAIN: ResultsDialect = { delimiter: ',', lineEnding: '\n', bom: false };
const HEADER = ['Opportunity ID', 'Related Entity'];

function form(part: Partial<ResultsForm> = {}): ResultsForm {
  return { dialect: PLAIN, header: HEADER, defuseAll: false, ...part };
}

function line(cells: readonly string[], of: ResultsForm): string {
  return rowsText([{ row: validRow(0, { cells }), outcome: DISASSOCIATED }], of);
}

/** What an independent reader makes of results. */
function read(text: string, { delimiter, lineEnding }: ResultsDialect): string[][] {
  return parse(text, { bom: true, delimiter, record_delimiter: lineEnding, relax_column_count: true });
}

/** The user's cells of a line: those of the header's width, then what stood beyond it, behind ours. */
function ownCells(cells: readonly string[], width: number): string[] {
  return [...cells.slice(0, width), ...cells.slice(width + RESULT_COLUMNS.length)];
}

describe('headerText', () => {
  it('begins with a byte order mark where the input had one', () => {
    const of = (bom: boolean): string => headerText(form({ dialect: { ...PLAIN, bom } }));
    expect(of(true)).toBe(`\uFEFF${of(false)}`);
    expect(of(false)).toMatch(/^Opportunity ID,Related Entity,row,status,.*,finished_at\n$/);
  });

  it('quotes a header cell that needs it', () => {
    expect(headerText(form({ header: ['a,b', 'say "x"', 'two\nlines'] }))).toMatch(
      /^"a,b","say ""x""","two\nlines",row,/,
    );
  });
});

describe('rowsText', () => {
  it.each([
    [';', '\r\n'],
    ['\t', '\n'],
    ['|', '\r'],
    [',', '\r\n'],
  ])('writes with the input’s delimiter %j and line end %j', (delimiter, lineEnding) => {
    const text = line(['O0', 'a,b;c'], form({ dialect: { delimiter, lineEnding, bom: false } }));
    const own = delimiter === ',' || delimiter === ';' ? '"a,b;c"' : 'a,b;c';
    expect(text.startsWith(['O0', own, '2', 'disassociated'].join(delimiter))).toBe(true);
    expect(text.endsWith(lineEnding)).toBe(true);
  });

  it('fills up a short row, so that ours stand under their header', () => {
    const [cells] = read(line(['O0'], form()), PLAIN);
    expect(cells?.slice(0, 4)).toEqual(['O0', '', '2', 'disassociated']);
  });

  it('keeps what a row has beyond the header, behind ours', () => {
    const [cells] = read(line(['O0', 'S-0', 'more', 'and more'], form()), PLAIN);
    expect(cells?.slice(2, 4)).toEqual(['2', 'disassociated']);
    expect(cells?.slice(-2)).toEqual(['more', 'and more']);
    expect(cells).toHaveLength(2 + RESULT_COLUMNS.length + 2);
  });

  it('gives the user’s own formulas back as they were, unless all are to be defused', () => {
    const own = (defuseAll: boolean): string[] =>
      read(line(['=1+1', 'x', '@y'], form({ defuseAll })), PLAIN).flatMap((cells) => ownCells(cells, 2));
    expect(own(false)).toEqual(['=1+1', 'x', '@y']);
    expect(own(true)).toEqual(["'=1+1", 'x', "'@y"]);
  });

  it('is empty for no rows', () => {
    expect(rowsText([], form())).toBe('');
  });

  it('read back by another reader gives the input’s cells and ours to the character', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({
        unit: fc.constantFrom('"', ',', ';', '\t', '|', '\r', '\n', ' ', '=', 'x', '\u00A0', '\uFEFF'),
      }),
    );
    const dialect = fc.record({
      delimiter: fc.constantFrom(',', ';', '\t', '|'),
      lineEnding: fc.constantFrom('\n', '\r\n', '\r'),
      bom: fc.boolean(),
    });
    fc.assert(
      fc.property(
        dialect,
        fc.array(cell, { minLength: 1, maxLength: 4 }),
        fc.array(fc.array(cell, { maxLength: 6 }), { maxLength: 5 }),
        (written, header, rows) => {
          const of = form({ dialect: written, header });
          const settled = rows.map((cells, ordinal) => ({
            row: validRow(ordinal, { cells }),
            outcome: DISASSOCIATED,
          }));
          const [first, ...back] = read(headerText(of) + rowsText(settled, of), written);
          expect(first?.slice(0, header.length)).toEqual(header);
          expect(back).toHaveLength(rows.length);
          back.forEach((cells, index) => {
            const given = rows[index] ?? [];
            const filled = [
              ...given,
              ...Array.from({ length: Math.max(0, header.length - given.length) }, () => ''),
            ];
            expect(ownCells(cells, header.length)).toEqual(filled);
            const ours = cells.slice(header.length, header.length + RESULT_COLUMNS.length);
            expect(ours).toEqual(resultCells(validRow(index), DISASSOCIATED));
          });
        },
      ),
      { numRuns: 500 },
    );
  });
});
