import type { AccountQuota, QuotaStore, QuotaUsage, QuotaUse } from '../account-quota.ts';
import { ledgerLockPath, openFileLedger, readLedgerTimes, type FileLedger } from './ledger/file-ledger.ts';
import { takeTogether } from './ledger/take-together.ts';
import { setRight } from '../../model/clock.ts';
import { basename, join } from 'node:path';
import { ledgerFolder } from './ledger/ledger-folder.ts';
import { openSharedReads, type SharedReads } from './ledger/shared-reads.ts';
import { ledgerUnwritable } from './ledger/unwritable-ledger.ts';
import { livingHolder } from './lock/lock.ts';
import type { FolderDependencies } from './run-folder/own-files.ts';

export interface FileQuotasDependencies extends FolderDependencies {
  /** `XDG_STATE_HOME`, or `~/.local/state`. */
  readonly stateHome: string;
}

/** The counts of accounts' calls in the user's state folder, for every process on this machine. */
export function fileQuotas(given: FileQuotasDependencies): QuotaStore {
  return {
    open: async (owner, use) => {
      const deps = { ...given, clock: setRight(given.clock, use.clockAheadMs ?? 0) };
      const folder = ledgerFolder({ stateHome: deps.stateHome, ...owner });
      const writes = use.writes === 'lease' ? await openWrites(folder, use, deps) : undefined;
      try {
        return quotaOf(folder, { writes, reads: await openReads(folder, deps) }, deps);
      } catch (error) {
        await writes?.close();
        throw error;
      }
    },
  };
}

/** How many times are kept where the daily quota does not ask for more: 8 MB of memory, when full. */
const USUAL_CAPACITY = 1_000_000;

function openWrites(
  folder: string,
  { purpose, writesPerDay, journaled }: QuotaUse,
  deps: FolderDependencies,
): Promise<FileLedger> {
  const capacity = Math.max(USUAL_CAPACITY, writesPerDay === 'unlimited' ? 0 : writesPerDay);
  // An account has one name wherever the state is kept; another account's writes are none of this one's.
  const known = journaled !== undefined && basename(journaled.place) === basename(folder);
  return openFileLedger({ folder, kind: 'writes', purpose, capacity, ...(known && { journaled }) }, deps);
}

/** Reads that a version before this one has noted count as long as they are of the last day. */
async function openReads(folder: string, { disk, clock }: FolderDependencies): Promise<SharedReads> {
  try {
    await disk.makeFolder(folder, 0o700);
    const before = await readLedgerTimes(folder, 'reads', disk);
    return await openSharedReads({ folder, disk, clock, capacity: USUAL_CAPACITY, before });
  } catch (error) {
    throw ledgerUnwritable(join(folder, 'reads'), error);
  }
}

interface Counts {
  /** Absent where this process only looks. */
  readonly writes: FileLedger | undefined;
  readonly reads: SharedReads;
}

function quotaOf(folder: string, { writes, reads }: Counts, deps: FolderDependencies): AccountQuota {
  return {
    place: folder,
    restored: writes?.restored ?? 0,
    usage: async (kind) => {
      if (kind === 'writes') return writesUsage(folder, writes, deps);
      await reads.lookUp();
      return { nowMs: reads.nowMs, times: reads.times, holder: undefined };
    },
    takeWrite: writes === undefined ? onlyLooks : takeTogether(writes),
    takeRead: reads.take,
    close: async () => {
      await Promise.all([writes?.close(), reads.close()]);
    },
  };
}

async function onlyLooks(): Promise<never> {
  throw new Error('This process only looks at what others write.');
}

async function writesUsage(
  folder: string,
  writes: FileLedger | undefined,
  deps: FolderDependencies,
): Promise<QuotaUsage> {
  const { nowMs, times } = writes ?? (await lookAtWrites(folder, deps));
  return { nowMs, times, holder: await livingHolder(ledgerLockPath(folder, 'writes'), deps) };
}

/** The writes that are counted in a folder of ledgers, as they are now. */
export async function lookAtWrites(
  folder: string,
  { disk, clock }: Pick<FolderDependencies, 'disk' | 'clock'>,
): Promise<Pick<QuotaUsage, 'nowMs' | 'times'>> {
  const times = await readLedgerTimes(folder, 'writes', disk);
  return { nowMs: () => Math.max(clock.wallMs(), times.at(-1) ?? 0), times };
}
