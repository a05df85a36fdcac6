import { describe, expect, it } from 'vitest';
import { displayWidth } from '../../../../src/cli/process/lines/display-width.ts';
import { wrapLines } from '../../../../src/cli/process/lines/wrap-lines.ts';

describe('wrapLines', () => {
  it('breaks at words, and what follows stands under its line', () => {
    const text = '  row 2  a message of many words that go on\nshort\n';
    expect(wrapLines(text, 24)).toBe('  row 2  a message of\n    many words that go\n    on\nshort\n');
  });

  it('leaves alone what fits, spaces included', () => {
    const table = '  1,190  disassociated  removed';
    expect(wrapLines(table, 40)).toBe(table);
  });

  it('breaks no word, however long', () => {
    expect(wrapLines(`see ${'x'.repeat(30)} here`, 20)).toBe(`see\n  ${'x'.repeat(30)}\n  here`);
  });

  it('keeps commands and paths whole: they are pasted', () => {
    const lines = [
      "Go on:  oppsweep disassociate 'my people.csv' --catalog Sandbox",
      'Run the failed ones again: node dist/main.cjs disassociate people.results.csv --only failed',
      'Results: /home/ann/my documents/people.results.csv',
    ].join('\n');
    expect(wrapLines(lines, 30)).toBe(lines);
  });

  it('counts columns, not characters', () => {
    expect(wrapLines('顧客 顧客 顧客', 9)).toBe('顧客 顧客\n  顧客');
  });
});

describe('displayWidth', () => {
  it.each([
    ['abc', 3],
    ['日本語', 6],
    ['한글', 4],
    ['é', 1],
    ['e\u0301', 1],
    ['✓ ok', 4],
    ['🎉', 2],
  ])('of %j is %i', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});
