import { join } from 'node:path';
import { systemErrorCode, type Disk } from '../../../disk/disk.ts';
import type { Machine } from '../../../disk/machine.ts';
import type { Clock } from '../../../model/clock.ts';
import { RunError } from '../../../model/run-error.ts';
import { acquireLock, type Lock } from '../lock/lock.ts';
import type { RunPaths } from './run-paths.ts';

export interface FolderDependencies {
  readonly disk: Disk;
  readonly machine: Machine;
  readonly clock: Clock;
}

/** Who may read and write the run's folder: it holds the user's data. */
export const FOLDER_PERMISSIONS = 0o700;

/** Refuses a folder in which a name of the run's own leads elsewhere: what stands there is not written, and not read. */
export async function assertNoLinks(paths: RunPaths, disk: Disk): Promise<void> {
  for (const path of [paths.inputCopy, paths.journal, paths.lock]) {
    const found = await disk.look(path);
    if (found !== undefined && !found.isFile) throw notOurs(path, 'a link or a folder');
  }
}

/**
 * Clears away what a process left that was cut off as it began a run: a copy of the input, and a journal without a first line.
 * Refuses to touch files that no such process can have made.
 */
export async function clearBeginning(paths: RunPaths, lock: Lock, disk: Disk): Promise<void> {
  const ours = lock.tookOver || (await isTornJournal(paths.journal, disk));
  for (const path of [paths.journal, paths.inputCopy]) {
    if (!(await disk.exists(path))) continue;
    if (!ours) throw notOurs(path, 'a file');
    await disk.remove(path);
  }
}

/** What a first line begins with, however early it was torn. */
const TORN = /^([0-9a-f]{0,8}|[0-9a-f]{8} (\{.*)?)$/s;
const READ_BYTES = 10;

async function isTornJournal(path: string, disk: Disk): Promise<boolean> {
  if (!(await disk.exists(path))) return false;
  for await (const piece of disk.read(path)) {
    return TORN.test(Buffer.from(piece.subarray(0, READ_BYTES)).toString('latin1'));
  }
  return true;
}

function notOurs(path: string, what: string): RunError {
  return new RunError(
    'results_exist',
    `${path} is ${what} that no run of oppsweep made: nothing there is touched.`,
    {
      code: 'name_other_results',
    },
  );
}

/** Locks the run's folder, which is made where there is none. */
export async function lockFolder(
  { paths, purpose }: { readonly paths: RunPaths; readonly purpose: string },
  { disk, machine, clock }: FolderDependencies,
): Promise<Lock> {
  try {
    await disk.makeFolder(paths.folder, FOLDER_PERMISSIONS);
    const lock = await acquireLock(
      paths.lock,
      { purpose, refusal: 'run_held' },
      { disk, machine, wallMs: clock.wallMs },
    );
    if (lock.tookOver) await removeStrays(paths.folder, disk);
    return lock;
  } catch (error) {
    await disk.removeEmptyFolder(paths.folder).catch(() => undefined);
    if (!isNoPlace(error)) throw error;
    throw new RunError(
      'output_unwritable',
      `The run's folder ${paths.folder} could not be made: ${reasonOf(error)}.`,
      { code: 'name_writable_output' },
      error,
    );
  }
}

const NO_PLACE: readonly unknown[] = [
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOTDIR',
  'ENOENT',
  'ENAMETOOLONG',
  'EINVAL',
  'ELOOP',
  'EEXIST',
];

/** Whether nothing can be written there, however often it is tried: a disk that is full or fails is another matter. */
function isNoPlace(error: unknown): boolean {
  return NO_PLACE.includes(systemErrorCode(error));
}

/** The dead process's: files that were never given their names, and locks of who was about to take a lock over. */
const STRAY = /^(\.[0-9a-f]{12}\.tmp|lock(\.[0-9a-f]{16})+)$/;

async function removeStrays(folder: string, disk: Disk): Promise<void> {
  for (const name of await disk.list(folder)) {
    // Not worth a run: the next one who takes it over tries again.
    if (STRAY.test(name)) await disk.remove(join(folder, name)).catch(() => undefined);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
