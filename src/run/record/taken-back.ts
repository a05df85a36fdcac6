import { isSettledAsWished, ROW_STATUSES } from '../../model/outcome.ts';
import type { JobEntry } from '../../store/journal-line.ts';
import type { RunRecord, RunStore } from '../../store/run-store.ts';

/** Rows of a run that an undo of it has taken back. */
export interface TakenBack {
  /** The undo, by its results. */
  readonly results: string;
  readonly rows: number;
}

/** A run as its journal or its summary tells of it. */
export interface RunToUndo {
  readonly results: string;
  readonly startedAt: string;
  readonly catalog: string | undefined;
  readonly endpoint: string | undefined;
}

/** By its record. */
export function runToUndo({ job, places }: Pick<RunRecord, 'job' | 'places'>): RunToUndo {
  const { catalog, endpoint } = job.terms;
  return { results: places.results, startedAt: job.at, catalog, endpoint };
}

/** The undos of a run that stand beside it, and have taken rows of it back. Elsewhere there may be more. */
export async function takenBack(
  name: string,
  run: RunToUndo,
  runs: Pick<RunStore, 'list' | 'record'>,
): Promise<readonly TakenBack[]> {
  const found: TakenBack[] = [];
  for (const beside of await runs.list({ name, is: (job) => isUndoOf(job, run) })) {
    // One that was damaged tells of nothing, and its own command tells of that.
    const record = await runs.record(beside, 'newest mark').catch(() => undefined);
    if (record === undefined) continue;
    const { byStatus } = record.state.settled;
    const settled = ROW_STATUSES.filter(isSettledAsWished);
    const rows = settled.reduce((sum, status) => sum + (byStatus[status] ?? 0), 0);
    if (rows > 0) found.push({ results: record.places.results, rows });
  }
  return found;
}

/** A rehearsal takes back what another rehearsal did, and nothing of a real run. */
function isUndoOf(
  { terms, input, at }: JobEntry,
  { results, startedAt, catalog, endpoint }: RunToUndo,
): boolean {
  const { command, planned } = terms;
  if (command !== 'undo' || planned !== undefined || at < startedAt) return false;
  return (
    stemOf(input.name) === stemOf(results) && terms['catalog'] === catalog && terms['endpoint'] === endpoint
  );
}

/** A run is named by its results, by its folder, or by the results so far in that. */
function stemOf(named: string): string {
  const parts = named.split(/[\\/]/).filter((part) => part !== '');
  const last = parts.at(parts.at(-1) === 'results.partial.csv' ? -2 : -1) ?? '';
  return last.replace(/\.(oppsweep|csv|tsv|txt)$/i, '').replace(/\.results$/i, '');
}
