import type { Disk } from '../../../disk/disk.ts';
import type { Machine } from '../../../disk/machine.ts';
import type { QuotaUsage } from '../../account-quota.ts';
import type { ReadFrom, RunRecord } from '../../run-store.ts';
import { holderSeen } from '../lock/lock.ts';
import { folderContents } from './folder-contents.ts';
import { readState } from './read-state.ts';
import type { RunPaths } from './run-paths.ts';

export interface RecordDependencies {
  readonly disk: Disk;
  readonly machine: Machine;
  /** The writes counted in a folder of ledgers. */
  readonly writesIn: (ledgerFolder: string | undefined) => Promise<QuotaUsage>;
}

/** The run that a folder tells of; `undefined` where it holds none. */
export async function readRecord(
  paths: RunPaths,
  deps: RecordDependencies,
  from: ReadFrom = 'beginning',
): Promise<RunRecord | undefined> {
  const { disk, writesIn } = deps;
  const found = await readState(paths, disk, from);
  const { job, session } = found.state;
  if (job === undefined) return undefined;
  return {
    ...folderContents({ ...found, paths, job }, disk),
    recent: found.state.recent,
    ...(await holderSeen(paths.lock, deps)),
    writes: () => writesIn(session?.ledgerFolder),
  };
}
