import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withFlags } from '../../../src/cli/words/option-spelling.ts';

const SOURCES = execFileSync('git', ['ls-files', '--', 'src'], { encoding: 'utf8' })
  .trim()
  .split('\n')
  .filter((path) => /\.[jt]s$/.test(path) && !path.startsWith('src/cli/') && path !== 'src/main.ts');

describe('withFlags', () => {
  it('spells the options that a sentence names as they are typed', () => {
    expect(withFlags('Stopped after 3 rows, as the option limit asks.')).toBe(
      'Stopped after 3 rows, as --limit asks.',
    );
    expect(withFlags('The option only takes rows of results.')).toBe('--only takes rows of results.');
  });

  it('leaves other words alone', () => {
    const sentence = 'Take the option that suits you, or the optional limit.';
    expect(withFlags(sentence)).toBe(sentence);
  });

  it('knows every option that a sentence below the command line names', () => {
    const sentences = SOURCES.map((path) =>
      readFileSync(path, 'utf8').replaceAll(/^\s*(\/\/|\/?\*).*$/gm, ''),
    );
    const named = sentences
      .flatMap((text) => [...text.matchAll(/['`" ][Tt]he option [a-z-]+/g)])
      .map(([words]) => words);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((words) => withFlags(words) === words)).toEqual([]);
  });
});

describe('the rooms below the command line', () => {
  it('spell no flag: that is for the command line’s own words', () => {
    const flags = SOURCES.flatMap((path) =>
      readFileSync(path, 'utf8')
        .split('\n')
        .filter((line) => /['"` (]--[a-z]{3,}/.test(line))
        .map((line) => `${path}: ${line.trim()}`),
    );
    expect(flags).toEqual([]);
  });
});
