import { isAskedByStatus, isOfStatuses, NOTED_WORDS } from '../../input/judge/asked-statuses.ts';
import { showValue } from '../../input/values/show-value.ts';
import { wantsReplacement, type RowStatus } from '../../model/outcome.ts';
import type { Problem } from '../../model/problem.ts';
import type { InputRow } from '../../model/row.ts';
import type { NotedCell } from '../../model/result-columns.ts';
import { RunError } from '../../model/run-error.ts';

/** Somebody has written into a cell of ours, such as `please keep` into the tip: nothing is sent for the row. */
export function noteProblem({ column, text }: NotedCell): Problem {
  return {
    kind: 'status_unknown',
    field: 'row',
    message: `${NOTED_WORDS} ${column}, ${showValue(text)}, so that it can’t be told whether the row is meant.`,
  };
}

/** Whether it is for its note alone that such a row is not taken. */
export function isRefusedForNote({ earlier }: InputRow, only: readonly RowStatus[] | undefined): boolean {
  if (earlier?.noted === undefined || earlier.overwritten !== undefined) return false;
  return isOfStatuses(earlier, only);
}

/**
 * Whether a run of these statuses only takes the row; one whose status is none of ours is not known to be meant. Rows that
 * were left out or declined, in a plan perhaps, go only where their statuses are asked for by name; those that were left out
 * for want of a replacement only with one.
 */
export function isAskedFor(row: InputRow, only: readonly RowStatus[] | undefined): boolean {
  const { kind, earlier } = row;
  if (isStillUnreplaced(row)) return false;
  return kind !== 'skipped' && isAskedByStatus(earlier, only);
}

/** A row that was to be replaced was corrected, and nobody has said by what. */
export const REPLACEMENT_WANTED: Problem = {
  kind: 'replacement_wanted',
  field: 'replacement',
  message: 'It was to be replaced, and nothing says by what.',
};

/** Whether an earlier run had no replacement for the row, and nobody has given one since. */
export function isStillUnreplaced(row: InputRow): boolean {
  if (!('target' in row) || row.target.replacement !== undefined) return false;
  return row.wantsReplacement === true || wantsReplacement(row.earlier);
}

/** Whether such a row is asked for by its status, other than one that was left out: that stays as it is. */
export function isRefusedUnreplaced(row: InputRow, only: readonly RowStatus[] | undefined): boolean {
  const { status = 'skipped' } = row.earlier ?? {};
  return isStillUnreplaced(row) && status !== 'skipped' && (only === undefined || only.includes(status));
}

/** Counts the row by the status that it had. */
export function countEarlier(statuses: Map<RowStatus | undefined, number>, { earlier }: InputRow): void {
  const status = earlier?.overwritten === undefined ? earlier?.status : undefined;
  statuses.set(status, (statuses.get(status) ?? 0) + 1);
}

/** Refuses a run of statuses that no row has. One of no known status is told of in its results. */
export function assertAnyAskedFor(
  { name, only }: { readonly name: string; readonly only: readonly RowStatus[] | undefined },
  statuses: ReadonlyMap<RowStatus | undefined, number>,
): void {
  if (only === undefined || statuses.has(undefined) || only.some((status) => statuses.has(status))) return;
  const found = [...statuses].map(([status = '', rows]) => `${status} ${rows}`).join(', ');
  throw new RunError(
    'usage',
    `No row of ${name} is ${only.join(' or ')}, so that there is nothing to run; nothing was sent. There are: ${found}.`,
    { code: 'name_other_statuses' },
  );
}
