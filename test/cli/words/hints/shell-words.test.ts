import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shellWords } from '../../../../src/cli/words/hints/shell-words.ts';

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
  ])('quotes %j', (word, quoted) => {
    expect(shellWords([word])).toBe(quoted);
  });

  it.skipIf(process.platform === 'win32')('gives a shell the words that they came from', () => {
    const word = fc.string({
      unit: fc.constantFrom("'", '"', '\\', '$', '`', ' ', '\n', '!', '*', '~', '-', 'a', 'é', '東'),
    });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
        const script = `for word in ${shellWords(words)}; do printf '%s\\0' "$word"; done`;
        const told = execFileSync('sh', ['-c', script], { encoding: 'utf8' });
        expect(told.split('\0').slice(0, -1)).toEqual(words);
      }),
      { numRuns: 40 },
    );
  });
});
