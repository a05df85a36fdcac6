import { describe, expect, it } from 'vitest';
import { csvLine, parseCondition } from '../../../src/input/selection/condition.ts';
import { RunError } from '../../../src/model/run-error.ts';

describe('a condition', () => {
  it('has a column that ends at the first = or !=, and values that are a line of CSV', () => {
    expect(parseCondition('Customer="Acme, Inc",Birch')).toEqual({
      text: 'Customer="Acme, Inc",Birch',
      column: 'Customer',
      holds: 'among',
      values: ['Acme, Inc', 'Birch'],
    });
    expect(parseCondition(' Decision != keep ')).toMatchObject({
      column: 'Decision',
      holds: 'not_among',
      values: ['keep'],
    });
    expect(parseCondition('Formula=a=b!=c')).toMatchObject({ column: 'Formula', values: ['a=b!=c'] });
  });

  it('may ask for empty cells, and names each value once', () => {
    expect(parseCondition('Decision=').values).toEqual(['']);
    expect(parseCondition('Decision=keep,,keep').values).toEqual(['keep', '']);
  });

  it.each([
    ['Customer', 'without = or !='],
    ['=Acme', 'without a column'],
    [' !=Acme', 'without a column'],
    ['Customer="Acme', 'no line of CSV'],
    ['Customer=Acme\nBirch', 'no line of CSV'],
  ])('is refused where it can not be read: %s', (text, why) => {
    expect(() => parseCondition(text)).toThrow(RunError);
    expect(() => parseCondition(text)).toThrow(why);
  });
});

describe('a line of CSV', () => {
  it('is one empty cell where it is empty', () => {
    expect(csvLine('')).toEqual(['']);
    expect(csvLine('a,"b,c"')).toEqual(['a', 'b,c']);
    expect(csvLine('"a')).toBeUndefined();
  });
});
