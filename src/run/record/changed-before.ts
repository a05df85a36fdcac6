import { isChange, ROW_STATUSES, type RowStatus } from '../../model/outcome.ts';
import type { JournalState } from '../../store/journal-state.ts';

type Counts = Readonly<Partial<Record<RowStatus, number>>>;

/** Rows of a finished run that kept the line by which an earlier run's results tell of a change: nothing of them is this run's. */
export function changedBefore({ end, settled }: Pick<JournalState, 'end' | 'settled'>): number {
  if (end === undefined) return 0;
  return Math.max(0, changesIn(end.tally.byStatus) - changesIn(settled.byStatus));
}

function changesIn(byStatus: Counts): number {
  return ROW_STATUSES.filter(isChange).reduce((sum, status) => sum + (byStatus[status] ?? 0), 0);
}
