import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandLine, shellWords } from '../../../../src/cli/words/hints/shell-words.ts';

describe('shellWords', () => {
  it('leaves plain words as they are', () => {
    expect(shellWords(['oppsweep', 'disassociate', './my/people.csv', '--max-failures', '50%'])).toBe(
      'oppsweep disassociate ./my/people.csv --max-failures 50%',
    );
  });

  it.each([
    ['two words', "'two words'"],
    ["it's", String.raw`'it'\''s'`],
    ['$HOME', "'$HOME'"],
    ['', "''"],
    ['=x.csv', "'=x.csv'"],
    ['new\nline.csv', String.raw`$'new\nline.csv'`],
    ["it's\u202e!", String.raw`$'it\047s\342\200\256\041'`],
  ])('quotes %j', (word, quoted) => {
    expect(shellWords([word])).toBe(quoted);
  });

  it.skipIf(process.platform === 'win32')('gives a shell the words that they came from', () => {
    const word = fc.string({
      unit: fc.constantFrom(...`'"\\$\`!*~-=a1é東 \n\t\u0007\u202e`.split('')),
    });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
        const script = `for word in ${shellWords(words)}; do printf '%s\\0' "$word"; done`;
        const told = execFileSync('bash', ['-c', script], { encoding: 'utf8' });
        expect(told.split('\0').slice(0, -1)).toEqual(words);
      }),
      { numRuns: 40 },
    );
  });
});

describe('commandLine', () => {
  it('shows no file as an option, and values of options as they are', () => {
    expect(commandLine({ command: 'check', file: '-a.csv', words: ['-o', '-b.csv'] })).toBe(
      'oppsweep check ./-a.csv -o -b.csv',
    );
  });
});
