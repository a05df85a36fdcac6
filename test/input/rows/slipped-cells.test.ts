import { describe, expect, it } from 'vitest';
import type { ColumnIndexes } from '../../../src/input/columns/column-indexes.ts';
import { slipOf } from '../../../src/input/rows/slipped-cells.ts';

/** Opportunity, customer, type, entity. */
const COLUMNS: ColumnIndexes = {
  opportunity: 0,
  type: 2,
  entity: 3,
  replacement: -1,
  replacementType: -1,
  toldType: undefined,
  fallbackType: undefined,
};
const WIDTH = 5;

const isSlipped = (...cells: string[]): boolean =>
  slipOf({ cells, columns: COLUMNS, width: WIDTH }) !== undefined;

describe('a row that is longer than the header', () => {
  it('may have slipped where an identifier stands to the right of the entity', () => {
    expect(isSlipped('O1', 'Acme', ' Inc', 'Solutions', 'S-0000001', 'x')).toBe(true);
    expect(isSlipped('O1', 'Acme', 'Solutions', 'S-0000001', 'x', 'O2')).toBe(true);
  });

  it('has not where only text is left over', () => {
    expect(isSlipped('O1', 'Acme', 'Solutions', 'S-0000001', 'a note', ' goes on')).toBe(false);
    expect(isSlipped('O1', 'Acme', 'Solutions', 'S-0000001', '', '', '')).toBe(false);
  });

  it('may have slipped whatever is left over, where a product code can not be told from a name', () => {
    expect(isSlipped('O1', 'Acme', 'AwsProducts', 'Inc', 'a note', 'AmazonEC2')).toBe(true);
    expect(isSlipped('O1', 'Acme', 'AwsProducts', 'AmazonEC2', 'a note', '')).toBe(false);
  });

  it('is told with how long it is and what stands there', () => {
    const cells = ['O1', 'Acme', ' Inc', 'Solutions', 'S-0000001', 'x'];
    const problem = slipOf({ cells, columns: COLUMNS, width: WIDTH });
    expect(problem?.message).toContain('6 cells where the header has 5, and "S-0000001" stands');
  });
});

describe('a row as wide as the header', () => {
  it('has not slipped, whatever it holds', () => {
    expect(isSlipped('O1', 'Acme', 'Solutions', 'S-0000001', 'S-0000002')).toBe(false);
  });
});
