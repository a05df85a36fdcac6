import { isChange, ROW_STATUSES, statusOf, type RowStatus } from '../../model/outcome.ts';
import { namesReplacement } from '../../model/row.ts';
import type { JobEntry } from '../../store/journal-line.ts';
import { UNDONE_RUN } from '../../store/same-run.ts';
import type { RunRecord, RunStore } from '../../store/run-store.ts';

/** Rows of a run that an undo of it has taken back. */
export interface TakenBack {
  /** The undo, by its results. */
  readonly results: string;
  readonly rows: number;
  /** That taking these back costs, or would have cost. */
  readonly writes: number;
}

/** A run as its journal or its summary tells of it. */
export interface RunToUndo {
  /** Its own; `undefined` where nothing tells it. */
  readonly id: string | undefined;
  /** By which its store finds those beside it. */
  readonly name: string;
  readonly results: string;
  readonly startedAt: string;
  readonly catalog: string | undefined;
  readonly endpoint: string | undefined;
}

/** By its record. */
export function runToUndo({ job, places }: Pick<RunRecord, 'job' | 'places'>): RunToUndo {
  const { catalog, endpoint } = job.terms;
  const { results, run: name = results } = places;
  return { id: job.id, name, results, startedAt: job.at, catalog, endpoint };
}

/** What the undos of a run that stand beside it have taken back. Elsewhere there may be more. */
export async function takenBack(
  run: RunToUndo,
  runs: Pick<RunStore, 'beside'>,
): Promise<readonly TakenBack[]> {
  return takenBackBy(await undosOf(run, runs));
}

/** The undos of a run that stand beside it, oldest first. */
export async function undosOf(run: RunToUndo, runs: Pick<RunStore, 'beside'>): Promise<readonly RunRecord[]> {
  const undos = await runs.beside({ name: run.name, is: (job) => isUndoOf(job, run) });
  return undos.toSorted((left, right) => left.job.at.localeCompare(right.job.at));
}

/** Those that have taken rows back. A row counts once, for the first that took it back, or found that somebody else had. */
export async function takenBackBy(undos: readonly RunRecord[]): Promise<readonly TakenBack[]> {
  const [only, ...others] = undos;
  if (only !== undefined && others.length === 0) return byItsCounts(only);
  const counted = new Set<string>();
  const found: TakenBack[] = [];
  for (const undo of undos) {
    const keys = (await keysTakenBack(undo)).filter((key) => !counted.has(key));
    for (const key of keys) counted.add(key);
    const writes = keys.reduce((sum, key) => sum + (namesReplacement(key) ? 2 : 1), 0);
    if (keys.length > 0) found.push({ results: undo.places.results, rows: keys.length, writes });
  }
  return found;
}

/** One alone needs no look at its rows, of which there may be a million. Of what it replaced, a row costs two writes. */
function byItsCounts({ places, state: { settled } }: RunRecord): readonly TakenBack[] {
  const of = (status: RowStatus): number => settled.byStatus[status] ?? 0;
  const rows = ROW_STATUSES.filter(isBack).reduce((sum, status) => sum + of(status), 0);
  return rows === 0 ? [] : [{ results: places.results, rows, writes: rows + of('replaced') }];
}

async function keysTakenBack({ entries }: RunRecord): Promise<readonly string[]> {
  const keys = new Set<string>();
  for await (const entry of entries())
    if (entry.t === 'done' && isBack(statusOf(entry.outcome))) keys.add(entry.key);
  return [...keys];
}

/** Whether a row of an undo that ended so is as it was before the run. */
export function isBack(status: RowStatus): boolean {
  return isChange(status) || status === 'already_absent' || status === 'already_present';
}

/** A rehearsal takes back what another rehearsal did, and nothing of a real run. */
function isUndoOf({ terms, input, at }: JobEntry, run: RunToUndo): boolean {
  const { command, planned, catalog, endpoint } = terms;
  if (command !== 'undo' || planned !== undefined || at < run.startedAt) return false;
  if (catalog !== run.catalog || endpoint !== run.endpoint) return false;
  const undone = terms[UNDONE_RUN];
  // An earlier version noted no more than how the run was named.
  return undone === undefined || run.id === undefined
    ? stemOf(input.name) === stemOf(run.results)
    : undone === run.id;
}

/** A run is named by its results, by its folder, or by the results so far in that. */
function stemOf(named: string): string {
  const parts = named.split(/[\\/]/).filter((part) => part !== '');
  const last = parts.at(parts.at(-1) === 'results.partial.csv' ? -2 : -1) ?? '';
  return last.replace(/\.(oppsweep|csv|tsv|txt)$/i, '').replace(/\.results$/i, '');
}
