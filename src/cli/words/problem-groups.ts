import { withFlags } from './option-spelling.ts';
import type { Problem } from '../../model/problem.ts';
import type { InputRow } from '../../model/row.ts';

/** The rows that have one kind of problem. */
export interface ProblemGroup {
  readonly kind: string;
  readonly rows: number;
  /** First and last of each run of rows, as a spreadsheet numbers them; the first few runs. */
  readonly ranges: readonly (readonly [number, number])[];
  /** The first few that differ. */
  readonly examples: readonly ProblemExample[];
}

export interface ProblemExample {
  readonly row: number;
  readonly message: string;
  readonly suggestion?: string;
  readonly marked?: true;
}

/** Groups the problems of a file of any length by their kind. */
export interface ProblemGroups {
  readonly add: (rows: readonly InputRow[]) => void;
  /** The most frequent first. */
  readonly all: () => readonly ProblemGroup[];
}

const RANGES_NAMED = 12;
const EXAMPLES_SHOWN = 3;

interface GrowingGroup {
  readonly kind: string;
  rows: number;
  readonly ranges: [number, number][];
  readonly examples: ProblemExample[];
}

export function groupProblems(): ProblemGroups {
  const groups = new Map<string, GrowingGroup>();
  const note = (row: number, problem: Problem): void => {
    const group = groups.get(problem.kind) ?? { kind: problem.kind, rows: 0, ranges: [], examples: [] };
    groups.set(problem.kind, group);
    group.rows += 1;
    noteRow(group.ranges, row);
    noteExample(group.examples, row, problem);
  };
  return {
    add: (rows) => {
      for (const row of rows) for (const problem of problemsOf(row)) note(row.row, problem);
    },
    all: () => [...groups.values()].toSorted((left, right) => right.rows - left.rows),
  };
}

/** The remarks on a row; a duplicate is no fault, but something to know. */
export function problemsOf(row: InputRow): readonly Problem[] {
  if (row.kind === 'valid' || row.kind === 'skipped') return [];
  if (row.kind === 'duplicate') return [duplicateOf(row.firstRow, row.row)];
  return row.problems.map((problem) => ({ ...problem, message: withFlags(problem.message) }));
}

/** How many rows the ranges hold. */
export function rowsIn(ranges: ProblemGroup['ranges']): number {
  return ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

function noteRow(ranges: [number, number][], row: number): void {
  const last = ranges.at(-1);
  if (last !== undefined && row === last[1] + 1) last[1] = row;
  else if (ranges.length < RANGES_NAMED) ranges.push([row, row]);
}

function noteExample(
  examples: ProblemExample[],
  row: number,
  { kind: _kind, field: _field, ...told }: Problem,
): void {
  if (examples.length === EXAMPLES_SHOWN || examples.some((known) => known.message === told.message)) return;
  examples.push({ row, ...told });
}

function duplicateOf(firstRow: number, row: number): Problem {
  return {
    kind: 'duplicate',
    field: 'row',
    message:
      firstRow === row
        ? 'The same identifier stands in the same cell before; it is sent once.'
        : `Same opportunity, type and identifier as row ${firstRow}; it is sent once.`,
  };
}
