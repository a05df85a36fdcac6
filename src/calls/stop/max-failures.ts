import { isSettledAsWished, type RowStatus } from '../../model/outcome.ts';
import type { RunError } from '../../model/run-error.ts';
import type { Tally } from '../../model/tally.ts';
import { tooManyFailures } from './stop-reasons.ts';

/** How many rows may fail before the run stops. */
export type MaxFailures =
  | { readonly kind: 'rows'; readonly rows: number }
  | { readonly kind: 'percent'; readonly percent: number };

/** A share of the answered rows says little before there are this many. */
const SHARE_COUNTS_FROM_ROWS = 100;

/** `2 %` of the rows that were asked of the service, or a number of them; what the input decides does not count. */
export function checkMaxFailures(allowed: MaxFailures, tally: Tally): RunError | undefined {
  const answered = countOf(tally, (status) => status !== 'invalid' && status !== 'duplicate');
  const failures = countOf(tally, (status) => status !== 'invalid' && !isSettledAsWished(status));
  if (allowed.kind === 'rows') {
    return failures > allowed.rows ? tooManyFailures(failures, answered, String(allowed.rows)) : undefined;
  }
  if (answered < SHARE_COUNTS_FROM_ROWS || failures * 100 <= answered * allowed.percent) return undefined;
  return tooManyFailures(failures, answered, `${allowed.percent}%`);
}

function countOf(tally: Tally, counts: (status: RowStatus) => boolean): number {
  let rows = 0;
  for (const [status, number] of Object.entries(tally.byStatus)) {
    // Object.entries forgets the key type that byStatus is declared with.
    if (counts(status as RowStatus)) rows += number;
  }
  return rows;
}
