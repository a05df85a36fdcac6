import { isChange, statusOf, type RowStatus } from '../../model/outcome.ts';
import type { JournalEntry } from '../../store/journal-line.ts';
import { DistinctCount } from './distinct-count.ts';
import { shortened } from './reported-row.ts';

/** The rows that a run changed, or would change. */
export interface ChangedRows {
  readonly byStatus: Readonly<Partial<Record<RowStatus, number>>>;
  readonly opportunities: number;
  /** The entity types of these rows. */
  readonly byType: ReadonlyMap<string, number>;
}

export interface ChangesFold {
  /** A row that was not changed counts for nothing. */
  readonly add: (status: RowStatus, opportunityId: string, entityType: string) => void;
  readonly now: () => ChangedRows;
}

/** Types are named by whoever wrote the results: more than these would fill the page. */
const TYPES_KEPT = 100;
const TYPE_KEPT = 120;

export function foldChanges(): ChangesFold {
  const byStatus: Partial<Record<RowStatus, number>> = {};
  const byType = new Map<string, number>();
  const opportunities = new DistinctCount();
  return {
    add: (status, opportunityId, entityType) => {
      if (!isChange(status)) return;
      byStatus[status] = (byStatus[status] ?? 0) + 1;
      opportunities.add(opportunityId);
      const type = shortened(entityType, TYPE_KEPT);
      if (byType.has(type) || byType.size < TYPES_KEPT) byType.set(type, (byType.get(type) ?? 0) + 1);
    },
    now: () => ({ byStatus, byType, opportunities: opportunities.size }),
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
      changes.add(statusOf(entry.outcome), opportunityId, entityType);
    },
    now: changes.now,
  };
}
