import { describe, expect, it } from 'vitest';
import { dated, firstLines, harmless, onOneLine, questionLines } from '../../../src/cli/process/terminal.ts';

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

it('a screen shows as many lines as it has, and how many more there are', () => {
  const text = '1\n2\n3\n4\n';
  expect(firstLines(text, 4)).toBe(text);
  expect(firstLines(text, 3)).toBe('1\n2\n… 2 more lines, without --watch\n');
});

it('a question is wrapped, and asked in its last line', () => {
  const question = 'Remove up to 88 associations from 88 opportunities? [y/N] ';
  expect(questionLines(question, 80)).toEqual(['', question]);
  expect(questionLines(question, 40)).toEqual([
    'Remove up to 88 associations from 88\n',
    '  opportunities? [y/N] ',
  ]);
});

describe('a log', () => {
  it('begins each line with its moment in UTC, and no empty one', () => {
    const moment = '2025-01-31T12:00:00Z';
    expect(dated('One.\n\nTwo.\n', Date.parse(moment))).toBe(`${moment}  One.\n\n${moment}  Two.\n`);
  });
});

describe('a name with a line feed', () => {
  const shown = onOneLine(['disassociate', 'in/x\nforged: 9 removed.csv', '--emulator']);

  it('stays on its line, and so do the names that are made of it', () => {
    expect(
      shown('Results: in/x\nforged: 9 removed.results.csv\nSummary: x\nforged: 9 removed.summary.json\n'),
    ).toBe(
      String.raw`Results: in/x\nforged: 9 removed.results.csv` +
        '\n' +
        String.raw`Summary: x\nforged: 9 removed.summary.json` +
        '\n',
    );
  });

  it.each([
    ['new\nline.results.csv', 'Report: new\nline.report.html\n', String.raw`Report: new\nline.report.html`],
    ['x\n.csv', 'x\nResults: x\n.csv\n', 'x\n' + String.raw`Results: x\n.csv`],
  ])('is told from %j by all that stands before its endings', (name, text, told) => {
    expect(onOneLine([name])(text)).toBe(`${told}\n`);
  });

  it('changes no other text', () => {
    expect(shown('one\ntwo\n')).toBe('one\ntwo\n');
  });
});
