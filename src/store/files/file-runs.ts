import { dirname } from 'node:path';
import type { QuotaUsage } from '../account-quota.ts';
import { soundRecords, type RunStore } from '../run-store.ts';
import { lookAtWrites } from './file-quotas.ts';
import { livingHolder } from './lock/lock.ts';
import { leaseOf } from './run-folder/file-lease.ts';
import { readRecord } from './run-folder/file-record.ts';
import { findRun, isOutputOfRun, runsIn } from './find-run.ts';
import { placesOf } from './run-folder/folder-contents.ts';
import { openRun } from './run-folder/open-run.ts';
import type { FolderDependencies } from './run-folder/own-files.ts';
import { runPaths } from './run-folder/run-paths.ts';

/** Runs in folders beside their inputs; a run's name is the path of its results. */
export function fileRuns(deps: FolderDependencies): RunStore {
  const { disk, clock } = deps;
  const writesIn = async (ledgerFolder: string | undefined): Promise<QuotaUsage> => ({
    ...(ledgerFolder === undefined
      ? { nowMs: clock.wallMs, times: [] }
      : await lookAtWrites(ledgerFolder, deps)),
    holder: undefined,
  });
  const record: RunStore['record'] = (name, from) => readRecord(runPaths(name), { ...deps, writesIn }, from);
  return {
    open: async (asked, told) => leaseOf(await openRun(asked, deps, told), disk),
    record,
    holder: (name) => livingHolder(runPaths(name).lock, deps),
    list: () => runsIn('.', disk),
    beside: async ({ name, is }) => soundRecords(await runsIn(dirname(name), disk, is), record),
    find: async (meant) => (await findRun(meant, disk)).results,
    isOutput: (path) => isOutputOfRun(path, disk),
    places: (name) => placesOf(runPaths(name)),
  };
}
