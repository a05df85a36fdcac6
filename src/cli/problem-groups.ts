import type { InputRow, Problem } from '../model/row.ts';

/** The rows that have one kind of problem. */
export interface ProblemGroup {
  readonly kind: string;
  readonly rows: number;
  /** As a spreadsheet numbers them; the first few. */
  readonly firstRows: readonly number[];
  /** The first row's problem. */
  readonly example: Problem;
}

/** Groups the problems of a file of any length by their kind. */
export interface ProblemGroups {
  readonly add: (rows: readonly InputRow[]) => void;
  /** The most frequent first. */
  readonly all: () => readonly ProblemGroup[];
}

const ROWS_NAMED = 12;

export function groupProblems(): ProblemGroups {
  const groups = new Map<string, { kind: string; rows: number; firstRows: number[]; example: Problem }>();
  const note = (row: number, problem: Problem): void => {
    const group = groups.get(problem.kind) ?? {
      kind: problem.kind,
      rows: 0,
      firstRows: [],
      example: problem,
    };
    group.rows += 1;
    if (group.firstRows.length < ROWS_NAMED) group.firstRows.push(row);
    groups.set(problem.kind, group);
  };
  return {
    add: (rows) => {
      for (const row of rows) {
        if (row.kind === 'invalid') for (const problem of row.problems) note(row.row, problem);
        else if (row.kind === 'duplicate') note(row.row, duplicateOf(row.firstRow));
      }
    },
    all: () => [...groups.values()].toSorted((left, right) => right.rows - left.rows),
  };
}

function duplicateOf(firstRow: number): Problem {
  return {
    kind: 'duplicate',
    field: 'row',
    message: `Same opportunity, type and identifier as row ${firstRow}; it is sent once.`,
  };
}
