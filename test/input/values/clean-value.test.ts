import { describe, expect, it } from 'vitest';
import { cleanValue } from '../../../src/input/values/clean-value.ts';

describe('cleaning a value', () => {
  it.each([
    ['O1', 'O1'],
    ['', ''],
    ['  O1\t', 'O1'],
    ['\u00a0O1\u00a0', 'O1'],
    ['\u200b\ufeffO1\u2060\u200e', 'O1'],
    ["'O1", 'O1'],
    ["' O1", 'O1'],
    ["'O1'", 'O1'],
    ['“O1”', 'O1'],
    ['«O1»', 'O1'],
    ['"O1"', 'O1'],
    [' \u3000 ', ''],
    ['O1\u001a', 'O1'],
  ])('takes off what stands around %j', (cell, value) => {
    expect(cleanValue(cell)).toBe(value);
  });

  it.each(['a  b', "O'Neill", 'a"b', 'a\u00a0b', 'a\u200bb', 'a\nb', '0\u0000'])(
    'changes nothing inside %j',
    (value) => {
      expect(cleanValue(` ${value} `)).toBe(value);
    },
  );

  it('takes a megabyte of spaces in its stride', () => {
    expect(cleanValue(`${' '.repeat(1_000_000)}x${' '.repeat(1_000_000)}`)).toBe('x');
  });
});
