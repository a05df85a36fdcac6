import { describe, expect, it } from 'vitest';
import { readTable } from '../../../src/input/columns/read-table.ts';
import type { Dialect } from '../../../src/input/columns/table-reading.ts';
import { tableHead } from '../../../src/input/columns/table-head.ts';
import type { InputOptions } from '../../../src/input/columns/input-options.ts';

const DIALECT: Dialect = {
  delimiter: ',',
  lineEnding: '\n',
  bom: false,
  encoding: 'utf-8',
  sepLine: false,
  gzip: false,
};

describe('a table of thousands of columns', () => {
  it.each([
    ['with one of identifiers', (index: number) => (index === 1 ? 'Entity ID' : `c${index}`), {}],
    ['with one that is named', (index: number) => `c${index}`, { entityColumn: 'c1' }],
    ['of a flattened list', (index: number) => `RelatedEntityIdentifiers.Solutions[${index}]`, {}],
  ] as const)('%s costs as much more to read as it is wider', (_, name, options) => {
    const narrow = looksAtHeader(200, name, options);
    const wide = looksAtHeader(400, name, options);
    expect(narrow).toBeGreaterThan(200);
    expect(wide / narrow).toBeLessThan(2.1);
  });

  it('is refused with a few of those that might be meant', () => {
    expect(() => looksAtHeader(201, () => 'Entity ID', {})).toThrow(
      /200 columns might be .*"Entity ID" \(column 31\), and 170 more\.$/,
    );
  });
});

/** How often a cell of the header is looked at while a table's columns are made out. */
function looksAtHeader(width: number, name: (index: number) => string, options: InputOptions): number {
  const header = Array.from({ length: width }, (_, index) => (index === 0 ? 'Opportunity ID' : name(index)));
  const row = header.map((_, index) => (index === 0 ? 'O1000001' : 'S-0000001'));
  const head = tableHead([header, row], options);
  let looks = 0;
  const counted = new Proxy(header, {
    get: (cells, key, receiver): unknown => {
      if (typeof key === 'string' && /^\d+$/.test(key)) looks += 1;
      return Reflect.get(cells, key, receiver);
    },
  });
  readTable('wide.csv', { ...head, records: [counted, row] }, DIALECT, options);
  return looks;
}
