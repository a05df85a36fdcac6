import type { RowOutcome, RowStatus } from '../../model/outcome.ts';
import type { InputRow, ValidRow } from '../../model/row.ts';
import { isAskedFor } from '../request/survey-input.ts';

/** Rows that were not asked for keep what the earlier run said of them; a duplicate names the row that it repeats here. */
export function carriedOutcome(
  row: InputRow,
  only: readonly RowStatus[] | undefined,
): RowOutcome | undefined {
  if (isAskedFor(row, only)) return undefined;
  if (row.earlier === undefined) return row.kind === 'valid' ? STATUS_UNKNOWN : undefined;
  return row.kind === 'duplicate' && row.earlier.status === 'duplicate'
    ? ownOutcome(row)
    : { status: 'carried', earlier: row.earlier };
}

/** Somebody has written a word of their own there, such as "skip": nothing is sent for it. */
const STATUS_UNKNOWN: RowOutcome = {
  status: 'invalid',
  problems: [
    {
      kind: 'status_unknown',
      field: 'row',
      message: 'Its status is none of this tool’s, so the option only can’t tell whether the row is meant.',
    },
  ],
};

/** The outcome that the input alone decides. */
export function ownOutcome(row: Exclude<InputRow, ValidRow>): RowOutcome {
  if (row.kind === 'duplicate') return { status: 'duplicate', firstRow: row.firstRow };
  if (row.kind === 'skipped') return { status: 'skipped', why: row.why };
  const { problems, earlier } = row;
  return { status: 'invalid', problems, ...(earlier !== undefined && { calls: earlier }) };
}
