import { describe, expect, it } from 'vitest';
import { groupProblems, rowsIn } from '../../../src/cli/words/problem-groups.ts';
import type { Problem } from '../../../src/model/problem.ts';
import type { InputRow } from '../../../src/model/row.ts';
import { target, validRow } from '../../results/samples.ts';

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

  it('gathers each problem of each row under its kind, the most frequent first', () => {
    const groups = groupProblems();
    groups.add([invalid(2, problem('a', 'The first.'), problem('b'))]);
    groups.add([validRow(1), invalid(4, problem('b')), invalid(5, problem('a'), problem('b'))]);
    expect(groups.all()).toEqual([
      {
        kind: 'b',
        rows: 3,
        ranges: [
          [2, 2],
          [4, 5],
        ],
        examples: [{ row: 2, message: 'Wrong.' }],
      },
      {
        kind: 'a',
        rows: 2,
        ranges: [
          [2, 2],
          [5, 5],
        ],
        examples: [
          { row: 2, message: 'The first.' },
          { row: 5, message: 'Wrong.' },
        ],
      },
    ]);
  });

  it('shows the first three examples that differ, each with what was probably meant', () => {
    const groups = groupProblems();
    for (const [row, message] of ['One.', 'One.', 'Two.', 'Three.', 'Four.'].entries())
      groups.add([invalid(row + 2, { ...problem('a', message), suggestion: message.toUpperCase() })]);
    expect(groups.all()).toMatchObject([
      {
        examples: [
          { row: 2, message: 'One.', suggestion: 'ONE.' },
          { row: 4, message: 'Two.', suggestion: 'TWO.' },
          { row: 5, message: 'Three.', suggestion: 'THREE.' },
        ],
      },
    ]);
  });

  it('counts duplicates too, and says which row is sent', () => {
    const groups = groupProblems();
    groups.add([{ kind: 'duplicate', ordinal: 3, row: 5, cells: [], target: target(1), firstRow: 2 }]);
    expect(groups.all()).toMatchObject([
      {
        kind: 'duplicate',
        ranges: [[5, 5]],
        examples: [{ message: 'Same opportunity, type and identifier as row 2; it is sent once.' }],
      },
    ]);
  });

  it('names runs of rows by their ends, and the first dozen runs of however many', () => {
    const groups = groupProblems();
    for (let row = 2; row < 100_002; row += 1) groups.add([invalid(row, problem('a'))]);
    for (let row = 2; row < 1_000; row += 2) groups.add([invalid(row, problem('b'))]);
    const [a, b] = groups.all();
    expect(a).toMatchObject({ rows: 100_000, ranges: [[2, 100_001]] });
    expect(b?.rows).toBe(499);
    expect(b?.ranges).toHaveLength(12);
    expect(rowsIn(b?.ranges ?? [])).toBe(12);
  });
});
