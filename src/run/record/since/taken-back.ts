import { basename } from 'node:path';
import type { RowsSoFar, UndoneRow } from '../../../store/journal-state.ts';
import { RunError } from '../../../model/run-error.ts';
import { isChange, ROW_STATUSES, statusOf, type RowStatus } from '../../../model/outcome.ts';
import { associationsIn, namesReplacement } from '../../../model/row.ts';
import type { RunAgain } from './runs-since.ts';
import type { RunRecord } from '../../../store/run-store.ts';

/** Rows of a run that an undo of it has taken back. */
export interface TakenBack {
  /** The undo, by its results. */
  readonly results: string;
  readonly rows: number;
  /** That taking these back costs, or would have cost. */
  readonly writes: number;
}

/**
 * Of a run's undos, those that have taken rows back. A row counts once, for the first that took it back, or found that somebody else had;
 * not where a later run of its results, one of `again`, has changed it once more.
 */
export async function takenBackBy(
  undos: readonly RunRecord[],
  again: readonly RunAgain[] = [],
): Promise<readonly TakenBack[]> {
  const [only, ...others] = undos;
  const changed = await changedAgain(undos, again);
  if (only !== undefined && others.length === 0 && changed.size === 0) return byItsCounts(only);
  const counted = new Set<string>();
  const found: TakenBack[] = [];
  for (const undo of undos) {
    const keys = (await keysTakenBack(undo)).filter(
      (key) => !counted.has(key) && !associationsIn(key).some((one) => changed.has(one)),
    );
    for (const key of keys) counted.add(key);
    const writes = keys.reduce((sum, key) => sum + (namesReplacement(key) ? 2 : 1), 0);
    if (keys.length > 0) found.push({ results: undo.places.results, rows: keys.length, writes });
  }
  return found;
}

/** What later runs of a run's results have changed once more since it was undone, as `associationsIn` has it. */
export async function changedAgain(
  undos: readonly RunRecord[],
  again: readonly RunAgain[],
): Promise<ReadonlySet<string>> {
  const [first] = undos;
  const changed = new Set<string>();
  for (const { run, undos: own } of first === undefined ? [] : again) {
    if (first === undefined || run.job.at < first.job.at) continue;
    const back = await associationsBack(own);
    for await (const entry of run.entries())
      if (entry.t === 'done' && isChange(statusOf(entry.outcome)))
        for (const one of associationsIn(entry.key)) if (!back.has(one)) changed.add(one);
  }
  return changed;
}

/** One alone needs no look at its rows, of which there may be a million. Of what it replaced, a row costs two writes. */
function byItsCounts({ places, state: { settled } }: RunRecord): readonly TakenBack[] {
  const of = (status: RowStatus): number => settled.byStatus[status] ?? 0;
  const rows = ROW_STATUSES.filter(isBack).reduce((sum, status) => sum + of(status), 0);
  return rows === 0 ? [] : [{ results: places.results, rows, writes: rows + of('replaced') }];
}

export async function keysTakenBack({ entries }: RunRecord): Promise<readonly string[]> {
  const keys = new Set<string>();
  for await (const entry of entries())
    if (entry.t === 'done' && isBack(statusOf(entry.outcome))) keys.add(entry.key);
  return [...keys];
}

/** What undos have brought back, or taken off again, as `associationsIn` has it. */
export async function associationsBack(undos: readonly RunRecord[]): Promise<ReadonlySet<string>> {
  const back = new Set<string>();
  for (const undo of undos)
    for (const key of await keysTakenBack(undo)) for (const one of associationsIn(key)) back.add(one);
  return back;
}

/**
 * The rows of a run that was cut off or stopped, with those marked that undos have taken back: they are not sent again. Throws a `RunError`
 * where an undo has begun one of them, and not finished it.
 */
export async function withUndone(
  unsettled: RowsSoFar['unsettled'],
  undos: readonly RunRecord[],
): Promise<RowsSoFar['unsettled']> {
  if (unsettled.size === 0 || undos.length === 0) return unsettled;
  assertFinished(unsettled, undos);
  const undone = new Map<string, UndoneRow>();
  for (const { places, entries } of undos)
    for await (const entry of entries()) {
      if (entry.t !== 'done') continue;
      const status = statusOf(entry.outcome);
      if (!isBack(status)) continue;
      const found = isChange(status) ? 'made' : 'not_made';
      for (const one of associationsIn(entry.key))
        if (undone.get(one)?.found !== 'made') undone.set(one, { by: basename(places.results), found });
    }
  return new Map(
    [...unsettled].map(([ordinal, tries]) => {
      const [by] = associationsIn(tries.key).flatMap((one) => undone.get(one) ?? []);
      return [ordinal, by === undefined ? tries : { ...tries, undone: by }];
    }),
  );
}

/** Of a row in doubt here that is in doubt there, too, nobody knows whether it is to be done. */
function assertFinished(unsettled: RowsSoFar['unsettled'], undos: readonly RunRecord[]): void {
  const own = new Map(
    [...unsettled.values()].flatMap(({ row, key }) => associationsIn(key).map((one) => [one, row] as const)),
  );
  for (const { places, state } of undos) {
    const begun = [...state.unsettled.values()].flatMap(({ key }) => associationsIn(key));
    const row = begun.map((one) => own.get(one)).find((found) => found !== undefined);
    if (row === undefined) continue;
    const undo = basename(places.results);
    throw new RunError(
      'run_held',
      `The undo ${undo} has begun to take back row ${row}, and is not finished: what it has put back might be done again.`,
      { code: 'finish_undo', run: places.run ?? places.results },
    );
  }
}

/** Whether a row of an undo that ended so is as it was before the run. */
export function isBack(status: RowStatus): boolean {
  return isChange(status) || status === 'already_absent' || status === 'already_present';
}
