import { isDeclined } from '../../model/fault.ts';
import type { EarlierResult, RowStatus } from '../../model/outcome.ts';
import type { Problem } from '../../model/problem.ts';

/** Somebody has written a word of their own in place of a status, such as "skip": nothing is sent for the row. */
export const STATUS_UNKNOWN: Problem = {
  kind: 'status_unknown',
  field: 'row',
  message: 'Its status is none of this tool’s, so that it can’t tell whether the row is meant.',
};

/** A row that was the duplicate of another is not asked for by itself: what it stands for is not known any more. */
export const TWIN_GONE: Problem = {
  kind: 'status_unknown',
  field: 'row',
  message:
    'It was a duplicate, and no row above it is the same any more, so that it can’t be told whether the row is meant.',
};

/** Begins what is said of a row with a note; it stays refused until a status stands there again that says it is meant. */
export const NOTED_WORDS = 'A note stands in its cell';

/** Whether a line of results is one of these statuses, by which a run asks for it; else it stays as it is. All but what was left out, if absent. */
export function isOfStatuses(earlier: EarlierResult, only: readonly RowStatus[] | undefined): boolean {
  return only === undefined ? !isLeftOut(earlier) : only.includes(earlier.status);
}

/** The same, for rows that were added since as well; one that is not known to be meant is never asked for. */
export function isAskedByStatus(
  earlier: EarlierResult | undefined,
  only: readonly RowStatus[] | undefined,
): boolean {
  if (earlier === undefined) return only === undefined;
  return !isUnmeant(earlier) && isOfStatuses(earlier, only);
}

/** What was refused for its status stays so until a status of ours stands there again. */
function isUnmeant({ status, overwritten, noted, cells: { message = '' } }: EarlierResult): boolean {
  const refusals = [STATUS_UNKNOWN.message, TWIN_GONE.message, NOTED_WORDS];
  const wasUnmeant = status === 'invalid' && refusals.some((words) => message.startsWith(words));
  return overwritten !== undefined || noted !== undefined || wasUnmeant;
}

function isLeftOut({ status, cells }: EarlierResult): boolean {
  return status === 'skipped' || isDeclined(cells.exception ?? '');
}
