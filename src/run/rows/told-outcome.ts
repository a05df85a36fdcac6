import type { OpportunityId } from '../../model/entity.ts';
import type { EarlierResult, RowOutcome, RowStatus } from '../../model/outcome.ts';
import type { Problem } from '../../model/problem.ts';
import type { InputRow, ValidRow } from '../../model/row.ts';
import type { SettledRow } from '../../results/results-csv.ts';
import { STATUS_UNKNOWN, TWIN_GONE } from '../../input/judge/asked-statuses.ts';
import {
  isAskedFor,
  isRefusedForNote,
  isRefusedUnreplaced,
  noteProblem,
  REPLACEMENT_WANTED,
} from '../request/asked-for.ts';

/** Rows that were not asked for keep what the earlier run said of them; a duplicate names the row that it repeats here. */
export function carriedOutcome(
  row: InputRow,
  only: readonly RowStatus[] | undefined,
): RowOutcome | undefined {
  if (isAskedFor(row, only)) return undefined;
  const { earlier } = row;
  if (earlier === undefined || earlier.overwritten !== undefined) {
    return row.kind === 'valid' ? refusedFor(STATUS_UNKNOWN, earlier) : undefined;
  }
  if (earlier.noted !== undefined && isRefusedForNote(row, only))
    return row.kind === 'valid' ? refusedFor(noteProblem(earlier.noted), earlier) : undefined;
  if (row.kind === 'valid' && isRefusedUnreplaced(row, only)) {
    return { status: 'invalid', problems: [REPLACEMENT_WANTED], calls: earlier };
  }
  if (earlier.status !== 'duplicate') return { status: 'carried', earlier };
  if (row.kind === 'valid') return refusedFor(TWIN_GONE, earlier);
  return row.kind === 'duplicate' ? ownOutcome(row) : { status: 'carried', earlier };
}

function refusedFor(problem: Problem, earlier: EarlierResult | undefined): RowOutcome {
  return {
    status: 'invalid',
    problems: [problem],
    ...(earlier !== undefined && { calls: earlier }),
  };
}

/** The outcome that the input alone decides. */
export function ownOutcome(row: Exclude<InputRow, ValidRow>): RowOutcome {
  if (row.kind === 'duplicate') return { status: 'duplicate', firstRow: row.firstRow };
  if (row.kind === 'skipped') return { status: 'skipped', why: row.why };
  const { problems, earlier } = row;
  return { status: 'invalid', problems, ...(earlier !== undefined && { calls: earlier }) };
}

/** The row's opportunity, if the service itself said something of it. */
export function answeredFor({ row, outcome }: SettledRow): OpportunityId | undefined {
  const answered =
    'confirmedBy' in outcome || (outcome.status === 'failed' && outcome.fault.kind === 'refused');
  return answered && row.kind === 'valid' ? row.target.opportunityId : undefined;
}
