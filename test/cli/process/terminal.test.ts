import { describe, expect, it } from 'vitest';
import { harmless } from '../../../src/cli/process/terminal.ts';

describe('what reaches the terminal', () => {
  it('keeps its words and lines', () => {
    expect(harmless('Zürich – „Straße“ · 日本語…\nnext\n')).toBe('Zürich – „Straße“ · 日本語…\nnext\n');
  });

  it('has no character left that a terminal obeys', () => {
    expect(harmless('a\u001b[31m\u0007\r\t\u009b\u202e')).toBe(
      String.raw`a\u001b[31m\u0007\u000d\u0009\u009b\u202e`,
    );
  });

  it('is the same JSON', () => {
    const value = { name: 'a\u202e\u009bb' };
    expect(JSON.parse(harmless(JSON.stringify(value)))).toEqual(value);
  });
});
