import { RunError } from '../../model/run-error.ts';
import type { RunRecord, RunStore } from '../../store/run-store.ts';

/** The record of the run that somebody means by its results, its folder, or its results so far. */
export async function findRecord(meant: string, runs: RunStore): Promise<RunRecord> {
  const name = await runs.find(meant);
  const record = await runs.record(name);
  if (record !== undefined) return record;
  throw new RunError('input_unreadable', `There is no run in ${runs.places(name).folder}.`, {
    code: 'name_a_run',
  });
}
