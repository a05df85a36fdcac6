import type { OpportunityId } from '../../model/entity.ts';
import type { RowOutcome, RowStatus } from '../../model/outcome.ts';
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
    return refusedFor(STATUS_UNKNOWN, row);
  }
  if (earlier.noted !== undefined && isRefusedForNote(row, only))
    return refusedFor(noteProblem(earlier.noted), row);
  if (row.kind === 'valid' && isRefusedUnreplaced(row, only)) {
    return { status: 'invalid', problems: [REPLACEMENT_WANTED], calls: earlier };
  }
  if (earlier.status !== 'duplicate') return { status: 'carried', earlier };
  if (row.kind === 'valid') return refusedFor(TWIN_GONE, row);
  return row.kind === 'duplicate' ? ownOutcome(row) : { status: 'carried', earlier };
}

/** What somebody wrote into the line stays told until it is answered, whatever else is wrong with the row; one that is none of these stays so. */
function refusedFor(problem: Problem, row: InputRow): RowOutcome | undefined {
  const { kind, earlier } = row;
  if (kind !== 'valid' && kind !== 'invalid') return undefined;
  return {
    status: 'invalid',
    problems: kind === 'invalid' ? [problem, ...row.problems] : [problem],
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
