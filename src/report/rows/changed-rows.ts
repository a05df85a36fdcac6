import { attachedAlone, callsOf, isChange, statusOf, type RowStatus } from '../../model/outcome.ts';
import type { JournalEntry } from '../../store/journal-line.ts';
import { DistinctCount } from './distinct-count.ts';
import { shortened } from './reported-row.ts';

/** The rows that a run changed, or would change. */
export interface ChangedRows {
  readonly byStatus: Readonly<Partial<Record<RowStatus, number>>>;
  /** Rows of a plan whose opportunity could not be read, by their status: a run would send them, whatever it changes. In no other figure here. */
  readonly unread: Readonly<Partial<Record<RowStatus, number>>>;
  /** Rows that were replaced, and had nothing to be removed. */
  readonly attachedAlone: number;
  readonly opportunities: number;
  /** The entity types of these rows. */
  readonly byType: ReadonlyMap<string, number>;
}

export interface ChangesFold {
  /** A row that was not changed counts for nothing. */
  readonly add: (row: FoldedRow) => void;
  readonly now: () => ChangedRows;
}

/** A row as it counts here. */
export interface FoldedRow {
  readonly status: RowStatus;
  readonly opportunityId: string;
  readonly entityType: string;
  readonly unread: boolean;
  readonly attachedAlone: boolean;
}

/** Types are named by whoever wrote the results: more than these would fill the page. */
const TYPES_KEPT = 100;
const TYPE_KEPT = 120;

export function foldChanges(): ChangesFold {
  const byStatus: Partial<Record<RowStatus, number>> = {};
  const unreadBy: Partial<Record<RowStatus, number>> = {};
  const byType = new Map<string, number>();
  const opportunities = new DistinctCount();
  let alone = 0;
  return {
    add: ({ status, opportunityId, entityType, unread, attachedAlone: isAlone }) => {
      if (!isChange(status)) return;
      if (unread) {
        unreadBy[status] = (unreadBy[status] ?? 0) + 1;
        return;
      }
      byStatus[status] = (byStatus[status] ?? 0) + 1;
      if (isAlone) alone += 1;
      opportunities.add(opportunityId);
      const type = shortened(entityType, TYPE_KEPT);
      if (byType.has(type) || byType.size < TYPES_KEPT) byType.set(type, (byType.get(type) ?? 0) + 1);
    },
    now: () => ({
      byStatus,
      unread: unreadBy,
      attachedAlone: alone,
      byType,
      opportunities: opportunities.size,
    }),
  };
}

export interface JournalChangesFold {
  readonly add: (entry: JournalEntry) => void;
  readonly now: () => ChangedRows;
}

/** Folds a journal's entries into what its run changed: rows that kept the line of earlier results are not in it. */
export function foldJournalChanges(): JournalChangesFold {
  const changes = foldChanges();
  return {
    add: (entry) => {
      if (entry.t !== 'done') return;
      const [opportunityId = '', entityType = ''] = entry.key.split(' ');
      const { outcome } = entry;
      const status = statusOf(outcome);
      const unread = 'notes' in outcome && outcome.notes.includes('unread');
      const alone = status === 'replaced' && attachedAlone(callsOf(outcome));
      changes.add({ status, opportunityId, entityType, unread, attachedAlone: alone });
    },
    now: changes.now,
  };
}
