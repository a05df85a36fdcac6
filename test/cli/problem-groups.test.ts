import { describe, expect, it } from 'vitest';
import { groupProblems } from '../../src/cli/problem-groups.ts';
import type { InputRow, Problem } from '../../src/model/row.ts';
import { target, validRow } from '../results/samples.ts';

function problem(kind: string, message: string = 'Wrong.'): Problem {
  return { kind, field: 'entity', message };
}

function invalid(row: number, ...problems: readonly [Problem, ...Problem[]]): InputRow {
  const cleaned = { opportunityId: '', entityType: '', entityId: '', replacementId: '' };
  return { kind: 'invalid', ordinal: row - 2, row, cells: [], cleaned, problems };
}

describe('groupProblems', () => {
  it('is empty for rows without problems', () => {
    const groups = groupProblems();
    groups.add([validRow(0), validRow(1)]);
    expect(groups.all()).toEqual([]);
  });

  it('gathers each problem of each row under its kind, the most frequent first, with its first example', () => {
    const groups = groupProblems();
    groups.add([invalid(2, problem('a', 'The first.'), problem('b'))]);
    groups.add([validRow(1), invalid(4, problem('b')), invalid(5, problem('a'), problem('b'))]);
    expect(groups.all()).toEqual([
      { kind: 'b', rows: 3, firstRows: [2, 4, 5], example: problem('b') },
      { kind: 'a', rows: 2, firstRows: [2, 5], example: problem('a', 'The first.') },
    ]);
  });

  it('counts duplicates too, and says which row is sent', () => {
    const groups = groupProblems();
    groups.add([{ kind: 'duplicate', ordinal: 3, row: 5, cells: [], target: target(1), firstRow: 2 }]);
    expect(groups.all()).toMatchObject([
      {
        kind: 'duplicate',
        firstRows: [5],
        example: { message: 'Same opportunity, type and identifier as row 2; it is sent once.' },
      },
    ]);
  });

  it('names the first dozen rows of however many', () => {
    const groups = groupProblems();
    for (let row = 2; row < 100_002; row += 1) groups.add([invalid(row, problem('a'))]);
    expect(groups.all()).toMatchObject([
      { rows: 100_000, firstRows: [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13] },
    ]);
  });
});
