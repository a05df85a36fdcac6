import { isSettledAsWished, type RowStatus } from '../../model/outcome.ts';
import type { RunError } from '../../model/run-error.ts';
import type { Tally } from '../../model/tally.ts';
import { tooManyFailures } from './stop-reasons.ts';

/** How many rows may fail before the run stops. */
export type MaxFailures =
  | { readonly kind: 'rows'; readonly rows: number }
  | { readonly kind: 'percent'; readonly percent: number };

/** A share is one of so many rows, the last: a thousand good ones don't allow for a thousand bad ones. */
const SHARE_OF_ROWS = 100;

type Statuses = Pick<Tally, 'byStatus'>;

/**
 * Counts rows as they are settled; gives what stops the run once more have failed than are allowed: of all, or of the last
 * hundred that were answered.
 */
export function watchFailures(allowed: MaxFailures): (status: RowStatus) => RunError | undefined {
  const byStatus: Partial<Record<RowStatus, number>> = {};
  const recent: RowStatus[] = [];
  const add = (status: RowStatus, rows: 1 | -1): void => {
    byStatus[status] = (byStatus[status] ?? 0) + rows;
  };
  return (status) => {
    if (!wasAnswered(status)) return undefined;
    add(status, 1);
    if (allowed.kind === 'percent') recent.push(status);
    const oldest = recent.length > SHARE_OF_ROWS ? recent.shift() : undefined;
    if (oldest !== undefined) add(oldest, -1);
    return checkMaxFailures(allowed, { byStatus });
  };
}

/** `2 %` of the rows that were asked of the service, or a number of them; what the input decides does not count. */
export function checkMaxFailures(allowed: MaxFailures, tally: Statuses): RunError | undefined {
  const answered = countOf(tally, wasAnswered);
  const failures = countOf(tally, (status) => wasAnswered(status) && !isSettledAsWished(status));
  if (allowed.kind === 'rows') {
    return failures > allowed.rows ? tooManyFailures(failures, answered, String(allowed.rows)) : undefined;
  }
  if (answered < SHARE_OF_ROWS || failures * 100 <= answered * allowed.percent) return undefined;
  return tooManyFailures(failures, answered, `${allowed.percent}%`);
}

/** What the input or a selection decides is no answer. */
function wasAnswered(status: RowStatus): boolean {
  return status !== 'invalid' && status !== 'duplicate' && status !== 'skipped';
}

function countOf(tally: Statuses, counts: (status: RowStatus) => boolean): number {
  let rows = 0;
  for (const [status, number] of Object.entries(tally.byStatus)) {
    // Object.entries forgets the key type that byStatus is declared with.
    if (counts(status as RowStatus)) rows += number;
  }
  return rows;
}
