import type { Disk } from '../../../disk/disk.ts';
import { RunError } from '../../../model/run-error.ts';
import type { Lock } from '../lock/lock.ts';
import type { RunPaths } from './run-paths.ts';

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
