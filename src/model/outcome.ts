import { attaches, type WriteOperation, type WriteRule } from './call.ts';
import { assertNever, NO_PLACE, REPLACEMENT_LOST, type Fault } from './fault.ts';
import type { NotedCell, ResultColumn } from './result-columns.ts';
import type { Problem } from './problem.ts';

/** What a read showed of a row beforehand. */
export type RowNote =
  // The last of the opportunity's solutions, Marketplace solutions and Marketplace products, of which it needs one; of another type.
  | 'last_solution'
  | 'last_of_type'
  // The opportunity's review status suggests that the change will be refused.
  | 'locked_review'
  | 'already_attached'
  // What is to be replaced is not there; the replacement would be attached all the same.
  | 'old_absent'
  // The replacement has no place until the old entity is gone, which is therefore detached first.
  | 'detach_first'
  | 'unread';

/** Sentences of results by which such a row is told apart where only they are left. */
export const UNREAD_WORDS = 'The opportunity could not be read: what it holds is not known.';
export const OLD_ABSENT_WORDS = 'The old one was not there: only the new one was attached.';

/** Whether a row that was replaced had nothing to be removed. */
export function attachedAlone({ made }: Pick<CallRecord, 'made'>): boolean {
  return made?.length === 1 && made.every(attaches);
}

/** The calls that were made for a row. Times are epoch milliseconds. */
export interface CallRecord {
  /** Writes tried. */
  readonly attempts: number;
  /** Every attempt's request id, oldest first; an attempt without an answer has none. */
  readonly requestIds: readonly string[];
  readonly startedAt?: number;
  readonly finishedAt?: number;
  /** The changes that were really made, in their order: what `undo` takes back. */
  readonly made?: readonly WriteOperation[];
  /** The whole ARN under which a look showed what was removed, where the call named its last segment alone. */
  readonly removedAs?: string;
}

/** The write that met a row's fault. */
export interface FailedWrite {
  readonly operation: WriteOperation;
  /** Whether a read of this session showed the opportunity: then it is known, and may be read. */
  readonly opportunitySeen: boolean;
}

/** A row's line in an earlier run's results, where the input is itself a results file. Times are epoch milliseconds. */
export interface EarlierResult {
  readonly status: RowStatus;
  /** A word of somebody's own in place of the status, which is then that of a row that is not sent. */
  readonly overwritten?: string;
  /** A note of somebody's in a cell of ours that no run fills so. */
  readonly noted?: NotedCell;
  readonly attempts: number;
  readonly requestIds: readonly string[];
  readonly startedAt?: number;
  readonly finishedAt?: number;
  /** The cells of our columns, as they were; those that the earlier results lack are absent. */
  readonly cells: Readonly<Partial<Record<ResultColumn, string>>>;
}

/** Begins the line by which the message of a row that is refused now keeps what was answered before. */
const ANSWERED_BEFORE = 'Before that: ';

/** The first answer to a row, as the message of a refusal keeps it; `undefined` where it was never more than refused. */
export function answeredBefore({ status, overwritten, cells }: EarlierResult): string | undefined {
  const { exception = '', message = '' } = cells;
  const lines = message.split('\n');
  const kept = lines.findIndex((line) => line.startsWith(ANSWERED_BEFORE));
  if (kept >= 0) return lines.slice(kept).join('\n');
  if (overwritten === undefined && isUntold(status, cells)) return undefined;
  const emptied = overwritten?.trim() === '' ? 'no status' : `status “${overwritten ?? ''}”`;
  const word = overwritten === undefined ? status : emptied;
  const words = exception === '' ? word : `${word} ${exception}`;
  return `${ANSWERED_BEFORE}${words}${message === '' ? '' : `: ${message}`}`;
}

/** Whether the earlier run, or one before it, settled the row rather than refused it. */
export function wasAnswered(earlier: EarlierResult | undefined): boolean {
  if (earlier === undefined) return false;
  return earlier.startedAt !== undefined || answeredBefore(earlier) !== undefined;
}

/** Stands in `replacement_id` of results where a run was to replace what it removes, and by what is not known of the row. */
export const WANTED = '?';

/** Whether an earlier run was to replace what the row names, and had nothing for it: to remove it bare is not what was meant. */
export function wantsReplacement(earlier: EarlierResult | undefined): boolean {
  return earlier?.cells.replacement_id?.trim() === WANTED;
}

/** Whether the row's status, or its exception, tells that it was, or was to be, replaced. */
export function saysReplaced({ status, cells: { exception } }: EarlierResult): boolean {
  return REPLACED.has(status) || exception === NO_PLACE || exception === REPLACEMENT_LOST;
}
const REPLACED: ReadonlySet<RowStatus> = new Set(['replaced', 'would_replace']);

/** Refused, or left out with values that are not good: neither was looked at. */
function isUntold(
  status: RowStatus,
  { exception, opportunity_id: opportunity }: EarlierResult['cells'],
): boolean {
  if (status === 'skipped') return opportunity === '';
  return status === 'invalid' || exception === INVALID_ROW;
}

export const INVALID_ROW = 'InvalidRow';

/** The option that leaves a row out, and what it saw. Texts of the input are as a message may show them. */
export type SkipReason =
  | { readonly kind: 'locked'; readonly reviewStatus: string }
  // The condition as it was given, and the cell for which it does not hold.
  | {
      readonly kind: 'where';
      readonly condition: string;
      readonly column: string;
      readonly cell: string;
    }
  | { readonly kind: 'entities'; readonly cell: string }
  | { readonly kind: 'not_mapped'; readonly cell: string }
  // Nothing is named: the opportunity holds nothing, or its cells are empty.
  | { readonly kind: 'no_entity' };

export type RowOutcome =
  | {
      readonly status: WriteRule['done'] | 'replaced';
      /** `read`: the answer was lost, and a read showed the change was made. */
      readonly confirmedBy: 'answer' | 'read';
      readonly calls: CallRecord;
    }
  | {
      readonly status: WriteRule['needless'];
      readonly confirmedBy: 'preflight' | 'read_back';
      readonly calls: CallRecord;
    }
  | {
      readonly status: WriteRule['would'] | 'would_replace';
      readonly notes: readonly RowNote[];
      /** Writes that a run would spend on the row. */
      readonly writesNeeded: number;
    }
  // Left out as an option asks: nothing was sent for it in this run; the calls are those of an earlier one.
  | { readonly status: 'skipped'; readonly why: SkipReason; readonly calls?: CallRecord }
  // Not asked for in this run: what the earlier run said of it still holds.
  | { readonly status: 'carried'; readonly earlier: EarlierResult }
  | { readonly status: 'duplicate'; readonly firstRow: number }
  // Nothing was sent for it in this run; the calls are those of an earlier one, whose results are the input.
  | {
      readonly status: 'invalid';
      readonly problems: readonly [Problem, ...Problem[]];
      readonly calls?: CallRecord;
    }
  | {
      readonly status: 'failed';
      readonly fault: Fault;
      readonly calls: CallRecord;
      /** Absent where a read's fault, or what it showed, kept the row from being sent. */
      readonly write?: FailedWrite;
    }
  // It may or may not have been done: no answer came, and a read could not settle it.
  | {
      readonly status: 'unknown';
      readonly fault: Fault;
      readonly calls: CallRecord;
      readonly write?: FailedWrite;
    };

/** The word that the results have for it. */
export type RowStatus = Exclude<RowOutcome['status'], 'carried'>;

export function statusOf(outcome: RowOutcome): RowStatus {
  return outcome.status === 'carried' ? outcome.earlier.status : outcome.status;
}

/** Every status there is, in the order they are shown, and whether a row that has it ended as the user wished. */
const AS_WISHED: Readonly<Record<RowStatus, boolean>> = {
  disassociated: true,
  associated: true,
  replaced: true,
  already_absent: true,
  already_present: true,
  would_disassociate: true,
  would_associate: true,
  would_replace: true,
  duplicate: true,
  skipped: true,
  invalid: false,
  failed: false,
  unknown: false,
};

// Object.keys forgets the key type that the record is declared with.
export const ROW_STATUSES: readonly RowStatus[] = Object.keys(AS_WISHED) as RowStatus[];

/** Whether the row ended as the user wished: what exit code 0 rests on. */
export function isSettledAsWished(status: RowStatus): boolean {
  return AS_WISHED[status];
}

const NO_CALLS: CallRecord = { attempts: 0, requestIds: [] };

/** The calls made for a row; none for a row that was never sent. */
export function callsOf(outcome: RowOutcome): CallRecord {
  if (outcome.status === 'carried') return outcome.earlier;
  return ('calls' in outcome ? outcome.calls : undefined) ?? NO_CALLS;
}

/** The exception's name as the results have it, or an empty string where nothing went wrong. */
export function exceptionOf(outcome: RowOutcome): string {
  switch (outcome.status) {
    case 'carried':
      return outcome.earlier.cells.exception ?? '';
    case 'invalid':
      return INVALID_ROW;
    case 'duplicate':
      return 'DuplicateRow';
    case 'failed':
    case 'unknown':
      return outcome.fault.exception;
    case 'disassociated':
    case 'associated':
    case 'replaced':
    case 'already_absent':
    case 'already_present':
    case 'would_disassociate':
    case 'would_associate':
    case 'would_replace':
    case 'skipped':
      return '';
    default:
      return assertNever(outcome);
  }
}

/** The statuses of rows that hold another association than before, or would. */
const CHANGES: ReadonlySet<RowStatus> = new Set([
  'disassociated',
  'associated',
  'replaced',
  'would_disassociate',
  'would_associate',
  'would_replace',
]);

export function isChange(status: RowStatus): boolean {
  return CHANGES.has(status);
}
