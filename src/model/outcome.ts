import type { Fault } from './fault.ts';
import type { Problem } from './row.ts';

/** The calls that were made for a row. Times are epoch milliseconds. */
export interface CallRecord {
  /** Writes tried. */
  readonly attempts: number;
  /** Every attempt's request id, oldest first; an attempt without an answer has none. */
  readonly requestIds: readonly string[];
  readonly startedAt?: number;
  readonly finishedAt?: number;
}

/** What became of a row. */
export type RowOutcome =
  | {
      readonly status: 'disassociated' | 'associated' | 'replaced';
      /** `read`: the answer was lost, and a read showed the change was made. */
      readonly confirmedBy: 'answer' | 'read';
      readonly calls: CallRecord;
    }
  | {
      readonly status: 'already_absent' | 'already_present';
      readonly confirmedBy: 'preflight' | 'read_back';
      readonly calls: CallRecord;
    }
  | { readonly status: 'duplicate'; readonly firstRow: number }
  | { readonly status: 'invalid'; readonly problems: readonly [Problem, ...Problem[]] }
  | { readonly status: 'failed'; readonly fault: Fault; readonly calls: CallRecord }
  // It may or may not have been done: no answer came, and a read could not settle it.
  | { readonly status: 'unknown'; readonly fault: Fault; readonly calls: CallRecord };

export type RowStatus = RowOutcome['status'];

/** Whether the row ended as the user wished: what exit code 0 rests on. */
export function isSettledAsWished(status: RowStatus): boolean {
  return status !== 'invalid' && status !== 'failed' && status !== 'unknown';
}
