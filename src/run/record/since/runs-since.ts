import type { JobEntry } from '../../../store/journal-line.ts';
import type { RunRecord, RunStore } from '../../../store/run-store.ts';
import { journalFault } from '../journal-fault.ts';
import { correctedSince, type Corrected, type Looking } from './corrected.ts';
import { byAge, earlierRun, isRunAgainOf, isUndoOf, ownerOf, type EarlierRun } from './earlier-run.ts';

/** What stands beside a run and came after it. Elsewhere there may be more. */
export interface RunsSince {
  /** How its results were corrected for these. */
  readonly corrected?: Corrected;
  /** Oldest first. */
  readonly undos: readonly RunRecord[];
  /** Runs that took its results, or those of one of these, as they were or corrected: line by line they have the same rows. */
  readonly again: readonly RunAgain[];
}

export interface RunAgain {
  readonly run: RunRecord;
  readonly undos: readonly RunRecord[];
}

export async function runsSince(run: RunRecord, looking: Looking): Promise<RunsSince> {
  const corrected = await correctedSince(run, looking);
  const since = await runsSinceThen({ ...earlierRun(run), correctedSha256: corrected?.sha256 }, looking);
  return { ...since, ...(corrected !== undefined && { corrected }) };
}

/** Of a run that is known by its summary. */
export async function runsSinceThen(run: EarlierRun, looking: Looking): Promise<RunsSince> {
  const { runs } = looking;
  const { undos, again: first } = await standBeside(run, runs);
  const again = new Map<string, RunAgain>();
  const found = [...first];
  for (const later of found) {
    if (again.has(later.job.id)) continue;
    const correctedSha256 = (await correctedSince(later, looking))?.sha256;
    const beside = await standBeside({ ...earlierRun(later), correctedSha256 }, runs);
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
