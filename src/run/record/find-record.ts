import { statSync } from 'node:fs';
import { RunError } from '../../model/run-error.ts';
import type { ReadFrom, RunPlaces, RunRecord, RunStore } from '../../store/run-store.ts';

/** A run by the name that its store has for it, and its record where there is one. */
export interface FoundRun {
  readonly name: string;
  readonly record: RunRecord | undefined;
}

/** The run that somebody means by its results, its folder, or its results so far. */
export async function findRecord(meant: string, runs: RunStore, from?: ReadFrom): Promise<FoundRun> {
  const name = await runs.find(meant);
  return { name, record: await runs.record(name, from) };
}

/** What is on this machine. */
interface FilesHere {
  readonly exists: (path: string) => Promise<boolean>;
  readonly read: (path: string) => AsyncIterable<Uint8Array>;
}

/**
 * A finished run of a store, by the results in a file here: what somebody names is looked at, there or not, and not the store's copy of
 * it.
 */
export function withResultsIn(file: string, run: RunRecord, files: FilesHere): RunRecord {
  if (run.state.end === undefined) return run;
  return {
    ...run,
    places: { ...run.places, results: file },
    resultsInStore: false,
    publishedResults: async () => ((await files.exists(file)) ? files.read(file) : undefined),
  };
}

/** A folder that is no run's has no results to tell from. */
export function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    // There is none.
    return false;
  }
}

/** What a command learns of a run that it doesn't go on with: of a damaged one, nothing is begun again. */
export async function lookedAt<Found>(look: Promise<Found>): Promise<Found> {
  try {
    return await look;
  } catch (error) {
    if (!(error instanceof RunError) || error.code !== 'state_damaged') throw error;
    if (error.advice?.code === 'remove_lock_file') throw error;
    throw new RunError(error.code, error.message, { code: 'restore_to_look' }, error);
  }
}

export function noRun({ folder }: RunPlaces): RunError {
  return new RunError('input_unreadable', `There is no run in ${folder}.`, { code: 'name_a_run' });
}
