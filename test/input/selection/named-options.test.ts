import { describe, expect, it } from 'vitest';
import type { InputOptions } from '../../../src/input/columns/input-options.ts';
import {
  assertNamed,
  hasNames,
  identified,
  selectedIds,
} from '../../../src/input/selection/named-options.ts';

const SOLUTIONS: NonNullable<InputOptions['solutions']> = [
  { id: 'S-0000001', name: 'Acme Cloud', status: 'Active' },
  { id: 'S-0000002', name: 'Redshift', status: 'Active' },
  { id: 'S-0000003', name: 'Cedar Pro', status: 'Active' },
  { id: 'S-0000004', name: 'cedar pro', status: 'Draft' },
];

function mapOf(...pairs: readonly (readonly [string, string])[]): { name: string; pairs: typeof pairs } {
  return { name: 'map.csv', pairs };
}

describe('names in a map of replacements', () => {
  it('give way to identifiers on either side, in any case', () => {
    const map = mapOf(['acme cloud', 'S-0000009'], ['S-0000008', 'Acme Cloud'.toUpperCase()]);
    expect(hasNames(map)).toBe(true);
    expect(() => identified(map, SOLUTIONS)).toThrow('map.csv goes on from what it has put');
    expect(
      identified(mapOf(['acme cloud', 'S-0000009'], ['Redshift', 'S-0000008']), SOLUTIONS).pairs,
    ).toEqual([
      ['S-0000001', 'S-0000009'],
      ['S-0000002', 'S-0000008'],
    ]);
  });

  it('are no words of which both may be codes of products', () => {
    expect(hasNames(mapOf(['Redshift', 'AmazonEC2'], ['Redshift', 'S-0000001']))).toBe(false);
    const map = mapOf(['Redshift', 'AmazonEC2'], ['Acme Cloud', 'S-0000009']);
    expect(identified(map, SOLUTIONS).pairs).toEqual([
      ['Redshift', 'AmazonEC2'],
      ['S-0000001', 'S-0000009'],
    ]);
  });

  it.each([
    ['no solution has', ['Acme Clod', 'S-0000009'], /"Acme Clod" is neither .*Did you mean Acme Cloud\?$/],
    ['two have', ['S-0000009', 'Cedar Pro'], /2 solutions are called "Cedar Pro"/],
    ['means what it replaces', ['S-0000001', 'Acme Cloud'], /S-0000001 → S-0000001/],
  ] as const)('are refused where a name %s', (_, pair, words) => {
    expect(() => identified(mapOf(pair), SOLUTIONS)).toThrow(words);
  });
});

describe('names among the identifiers that are selected', () => {
  it('give way to identifiers; a word is a name only where the table holds names', () => {
    const asked = ['Acme Cloud', 'Redshift', 'S-0000009'];
    expect(selectedIds(asked, SOLUTIONS, false)).toEqual(['S-0000001', 'Redshift', 'S-0000009']);
    expect(selectedIds(asked, SOLUTIONS, true)).toEqual(['S-0000001', 'S-0000002', 'S-0000009']);
    expect(selectedIds(asked, undefined, true)).toEqual(asked);
  });

  it('are refused where two solutions have them, and stay where none has', () => {
    expect(() => selectedIds(['Cedar Pro'], SOLUTIONS, false)).toThrow('The option entities: 2 solutions');
    expect(selectedIds(['No Such'], SOLUTIONS, false)).toEqual(['No Such']);
  });
});

describe('a name that is to replace every row’s', () => {
  it('is refused before anything is sent where no solution has it, or two', () => {
    for (const name of ['Acme Clod', 'Cedar Pro']) {
      expect(() => assertNamed({ replaceWith: name }, SOLUTIONS)).toThrow('The option replace-with: ');
    }
    for (const known of ['Acme Cloud', 'S-0000009', 'AmazonEC2', 'Comprehend', undefined]) {
      expect(() => assertNamed({ replaceWith: known }, SOLUTIONS)).not.toThrow();
    }
  });
});
