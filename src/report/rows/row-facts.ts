import { REPLACEMENT_LOST } from '../../model/fault.ts';
import {
  isChange,
  isSettledAsWished,
  OLD_ABSENT_WORDS,
  UNREAD_WORDS,
  type EarlierResult,
  type RowStatus,
} from '../../model/outcome.ts';
import { foldChanges, type ChangedRows, type FoldedRow } from './changed-rows.ts';
import { bytesOf, keepRows } from './kept-rows.ts';
import { ownColumns, type OwnColumns } from './own-columns.ts';
import { shortened, shownRow, TAKEN_BACK, type ShownRow, type SinceBy } from './reported-row.ts';

/** The rows of some results, counted; bounded, however many there are. */
export interface RowFacts {
  readonly rows: number;
  readonly byStatus: Counts;
  /** Lines whose status is none of ours: somebody has written a word of their own there. */
  readonly otherStatus: number;
  /** Of the rows that need somebody: replacements that were lost, then the most frequent first. */
  readonly reasons: readonly Reason[];
  /** Rows of reasons beyond those. */
  readonly otherReasons: number;
  /** What this run changed, or would change; rows that kept the line of earlier results are left out. */
  readonly changed: ChangedRows;
  /** Of the rows that a run changed, those that an earlier run did. */
  readonly changedBefore: number;
  readonly attempts: number;
  readonly requestIds: number;
  /** Rows that need somebody, as many as are shown; the others are in the counts. */
  readonly shown: readonly ShownRow[];
  /** Rows that need nobody, and that undos have taken back since. */
  readonly takenBack: RowsSince;
  /** Rows that needed somebody, and that later runs have done. */
  readonly doneSince: RowsSince;
  /** The user's own columns, of all of these rows. */
  readonly own: OwnColumns;
}

export interface RowsSince {
  readonly byStatus: Counts;
  /** As many as are shown. */
  readonly shown: readonly ShownRow[];
}

/**
 * What became of a row since, by its place in the results from 0 on: `counted` where only that it was taken back is kept; `undefined`
 * where nothing did.
 */
export type SinceOf = (row: EarlierResult, ordinal: number) => SinceBy | 'counted' | undefined;

export type Counts = Readonly<Partial<Record<RowStatus, number>>>;

/** An exception that rows ended with, and what to do about it. */
export interface Reason {
  readonly status: RowStatus;
  /** Empty for rows of a plan that a person should look at. */
  readonly exception: string;
  readonly tip: string;
  readonly rows: number;
  /** The first row's; empty where the tip is all there is to say. */
  readonly message: string;
  /** Whether other rows have other ones. */
  readonly differs: boolean;
}

export interface RowFactsFold {
  /** `undefined`: a line whose status is none of ours. */
  readonly add: (row: EarlierResult | undefined, own?: readonly string[]) => void;
  readonly facts: () => RowFacts;
}

/** Exceptions are named by the service: a proxy that makes one up for each row must not fill the page. */
const REASONS_KEPT = 100;
const EXCEPTION_KEPT = 120;
const TIP_KEPT = 400;
const MESSAGE_KEPT = 200;
/** What the rows may take of a page that is to stay under 2 MB. */
const BYTES_OF_ROWS = 1_750_000;

/** `beganMs`: when the run began, epoch milliseconds; what was changed before, an earlier run did. `header`: of the user's own cells. */
export function foldRows(
  beganMs: number | undefined,
  sinceOf: SinceOf = () => undefined,
  header: readonly string[] = [],
): RowFactsFold {
  const byStatus: Partial<Record<RowStatus, number>> = {};
  const back = countShown();
  const done = countShown();
  const reasons = new Map<string, Reason>();
  const shown = keepRows();
  const changed = foldChanges();
  let changedBefore = 0;
  let rows = 0;
  let otherStatus = 0;
  let otherReasons = 0;
  let attempts = 0;
  let requestIds = 0;
  return {
    add: (row, own = []) => {
      rows += 1;
      if (row === undefined) {
        otherStatus += 1;
        return;
      }
      byStatus[row.status] = (byStatus[row.status] ?? 0) + 1;
      attempts += row.attempts;
      requestIds += row.requestIds.length;
      const isBefore = beganMs !== undefined && (row.finishedAt ?? beganMs) < beganMs;
      if (isBefore && isChange(row.status)) changedBefore += 1;
      else changed.add(foldedOf(row));
      const since = sinceOf(row, rows - 1);
      const told = since === 'counted' ? undefined : since;
      const show = (): ShownRow => shownRow(row, own, told);
      if (told !== undefined && told.as !== TAKEN_BACK) done.add(row.status, show);
      else if (needsSomebody(row)) {
        const key = noteReason(reasons, row);
        if (key === undefined) otherReasons += 1;
        shown.add(key ?? '', show);
      } else if (since !== undefined) back.add(row.status, told && show);
    },
    facts: () => {
      const needy = shown.within(BYTES_OF_ROWS);
      const doneSince = done.within(BYTES_OF_ROWS - bytesOf(needy));
      const above = [...needy, ...doneSince.shown];
      const takenBack = back.within(BYTES_OF_ROWS - bytesOf(above));
      const all = [...above, ...takenBack.shown];
      return {
        rows,
        byStatus,
        otherStatus,
        reasons: [...reasons.values()].toSorted(
          (left, right) => Number(isLost(right)) - Number(isLost(left)) || right.rows - left.rows,
        ),
        otherReasons,
        changed: changed.now(),
        changedBefore,
        attempts,
        requestIds,
        shown: needy,
        takenBack,
        doneSince,
        own: ownColumns(header, all, BYTES_OF_ROWS - bytesOf(all)),
      };
    },
  };
}

interface CountShown {
  /** `show` is absent where nothing more is known of the row. */
  readonly add: (status: RowStatus, show: (() => ShownRow) | undefined) => void;
  readonly within: (bytes: number) => RowsSince;
}

function countShown(): CountShown {
  const byStatus: Partial<Record<RowStatus, number>> = {};
  const shown = keepRows();
  return {
    add: (status, show) => {
      byStatus[status] = (byStatus[status] ?? 0) + 1;
      if (show !== undefined) shown.add('', show);
    },
    within: (bytes) => ({ byStatus, shown: shown.within(bytes) }),
  };
}

function foldedOf({ status, cells }: EarlierResult): FoldedRow {
  const { opportunity_id: opportunityId = '', entity_type: entityType = '', message = '' } = cells;
  return {
    status,
    opportunityId,
    entityType,
    unread: status.startsWith('would_') && message.includes(UNREAD_WORDS),
    attachedAlone: status === 'replaced' && message.includes(OLD_ABSENT_WORDS),
  };
}

/** A plan's row is one to look at where a read showed something of it. */
export function needsSomebody({ status, cells }: EarlierResult): boolean {
  return !isSettledAsWished(status) || (status.startsWith('would_') && (cells.message ?? '') !== '');
}

/** The old entity was detached and could not come back: worse than any other end. */
export function isLost({ exception }: Pick<Reason, 'exception'>): boolean {
  return exception === REPLACEMENT_LOST;
}

/** The reason's key; `undefined` where there are too many. */
function noteReason(reasons: Map<string, Reason>, { status, cells }: EarlierResult): string | undefined {
  const exception = shortened(cells.exception ?? '', EXCEPTION_KEPT);
  // A plan's note stands in its message; there is nothing that went wrong.
  const told = cells.tip ?? '';
  const tip = shortened(told === '' ? (cells.message ?? '') : told, TIP_KEPT);
  const key = `${status} ${exception} ${tip}`;
  const known = reasons.get(key);
  if (known === undefined && reasons.size >= REASONS_KEPT) return undefined;
  const message = told === '' ? '' : shortened(cells.message ?? '', MESSAGE_KEPT);
  reasons.set(key, {
    status,
    exception,
    tip,
    rows: (known?.rows ?? 0) + 1,
    message: known?.message ?? message,
    differs: known !== undefined && (known.differs || known.message !== message),
  });
  return key;
}
