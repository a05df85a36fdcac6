import type { JobEntry } from '../../../store/journal-line.ts';
import type { RunRecord, RunStore } from '../../../store/run-store.ts';
import { journalFault } from '../journal-fault.ts';
import { byAge, earlierRun, isRunAgainOf, isUndoOf, ownerOf, type EarlierRun } from './earlier-run.ts';

/** What stands beside a run and came after it. Elsewhere there may be more. */
export interface RunsSince {
  /** Oldest first. */
  readonly undos: readonly RunRecord[];
  /** Runs that took its results, or those of one of these, as they were for their input: line by line they have the same rows. */
  readonly again: readonly RunAgain[];
}

export interface RunAgain {
  readonly run: RunRecord;
  readonly undos: readonly RunRecord[];
}

export async function runsSince(run: EarlierRun, runs: Pick<RunStore, 'beside'>): Promise<RunsSince> {
  const { undos, again: first } = await standBeside(run, runs);
  const again = new Map<string, RunAgain>();
  const found = [...first];
  for (const later of found) {
    if (again.has(later.job.id)) continue;
    const beside = await standBeside(earlierRun(later), runs);
    again.set(later.job.id, { run: later, undos: beside.undos });
    found.push(...beside.again);
  }
  return { undos, again: [...again.values()].toSorted((left, right) => byAge(left.run, right.run)) };
}

async function standBeside(
  run: EarlierRun,
  runs: Pick<RunStore, 'beside'>,
): Promise<{ readonly undos: readonly RunRecord[]; readonly again: readonly RunRecord[] }> {
  const is = (job: JobEntry): boolean => isUndoOf(job, run) || isRunAgainOf(job, run);
  const beside = await runs.beside({ name: run.name, is });
  const again: RunRecord[] = [];
  for (const later of beside) {
    const isSame = isRunAgainOf(later.job, run) && ownerOf(later) === run.owner;
    if (isSame && (await journalFault(later)) === undefined) again.push(later);
  }
  return { undos: beside.filter(({ job }) => isUndoOf(job, run)).toSorted(byAge), again };
}
