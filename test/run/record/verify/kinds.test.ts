import { expect, it } from 'vitest';
import { makeContext } from '../../../cli/fake-context.ts';

const HEADER = 'Opportunity ID,Entity ID';
const ROWS = ['O1,S-0000001', 'O2,S-0000002', 'O3,S-0000003'];
const INPUT = [HEADER, ...ROWS, ''].join('\n');
const REPLACE = ['--replace-with', 'S-0000099'];

/** Each with the run before it, where it is of one. */
const KINDS: readonly (readonly [kind: string, results: string, commands: readonly (readonly string[])[]])[] =
  [
    ['disassociate', 'a', [['disassociate', 'in.csv', '-o', 'a.csv']]],
    [
      'disassociate, gone on with',
      'a',
      [
        ['disassociate', 'in.csv', '-o', 'a.csv', '--limit', '2'],
        ['disassociate', 'in.csv', '-o', 'a.csv'],
      ],
    ],
    [
      'disassociate, of its results',
      'b',
      [
        ['disassociate', 'in.csv', '-o', 'a.csv'],
        ['disassociate', 'a.csv', '--only', 'disassociated', '-o', 'b.csv'],
      ],
    ],
    ['associate', 'a', [['associate', 'in.csv', '-o', 'a.csv']]],
    ['a replacement', 'a', [['disassociate', 'in.csv', '-o', 'a.csv', ...REPLACE]]],
    ['plan', 'a', [['plan', 'in.csv', '-o', 'a.csv']]],
    ['plan --associate', 'a', [['plan', 'in.csv', '-o', 'a.csv', '--associate']]],
    ['plan of a replacement', 'a', [['plan', 'in.csv', '-o', 'a.csv', ...REPLACE]]],
    [
      'undo',
      'u',
      [
        ['disassociate', 'in.csv', '-o', 'a.csv'],
        ['undo', 'a.csv', '-o', 'u.csv'],
      ],
    ],
    [
      'undo --plan',
      'u',
      [
        ['disassociate', 'in.csv', '-o', 'a.csv'],
        ['undo', 'a.csv', '-o', 'u.csv', '--plan'],
      ],
    ],
    [
      'undo --plan of a replacement',
      'u',
      [
        ['disassociate', 'in.csv', '-o', 'a.csv', ...REPLACE],
        ['undo', 'a.csv', '-o', 'u.csv', '--plan'],
      ],
    ],
    [
      'undo --plan of a stopped run',
      'u',
      [
        ['disassociate', 'in.csv', '-o', 'a.csv', '--limit', '2'],
        ['undo', 'a.csv', '-o', 'u.csv', '--plan'],
      ],
    ],
  ];

it.each(KINDS)('what %s leaves is sound', async (_kind, results, commands) => {
  const context = makeContext();
  context.write('in.csv', INPUT);
  const placed = (word: string): string => (word.endsWith('.csv') ? context.at(word) : word);
  for (const command of commands) {
    const code = await context.run(...command.map(placed), '--emulator', '--rate', 'unlimited');
    expect(code).toBe(command.includes('--limit') ? 3 : 0);
    context.said();
  }
  const exitCode = await context.run('status', context.at(`${results}.csv`), '--verify');
  expect(context.said().out).not.toContain('BAD');
  expect(exitCode).toBe(0);
});
