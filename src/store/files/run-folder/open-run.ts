import { basename, join } from 'node:path';
import { systemErrorCode, type Disk } from '../../../disk/disk.ts';
import type { Machine } from '../../../disk/machine.ts';
import type { Clock } from '../../../model/clock.ts';
import { RunError } from '../../../model/run-error.ts';
import { beginReading, identify } from '../../input-bytes.ts';
import type { JobEntry } from '../../journal-line.ts';
import type { RunTerms } from '../../run-store.ts';
import { assertSameInput, assertSameTerms, newJob, nothingToGoOnWith, resultsExist } from '../../same-run.ts';
import { acquireLock, type Lock } from '../lock/lock.ts';
import { copyInput } from './copy-input.ts';
import { copyDamaged } from './damaged-folder.ts';
import { assertNoLinks, clearBeginning, FOLDER_PERMISSIONS } from './own-files.ts';
import { readState, type FoundState } from './read-state.ts';
import { assertNamesFit, runPaths, type RunPaths } from './run-paths.ts';
import { setAside } from './set-aside.ts';

export interface FolderDependencies {
  readonly disk: Disk;
  readonly machine: Machine;
  readonly clock: Clock;
}

/** A run's folder that is ours alone until it is released. */
export interface OpenRun extends FoundState {
  readonly paths: RunPaths;
  readonly job: JobEntry;
  /** Those of the input: what holds its data gets the same. */
  readonly permissions: number | undefined;
  /** Ends our hold; a run whose first line was never written leaves nothing behind. */
  readonly release: (begun: boolean) => Promise<void>;
}

/**
 * Opens a new run, or an earlier one to go on with; `end` in its state says that it is finished. `told` hears at once
 * what a restart has set aside.
 */
export async function openRun(
  asked: RunTerms,
  deps: FolderDependencies,
  told: (setAside: readonly string[]) => void,
): Promise<OpenRun> {
  const input = asked.inputBytes && (await beginReading(asked.inputBytes));
  try {
    return await open({ ...asked, inputBytes: input?.bytes, paths: runPaths(asked.name) }, deps, told);
  } finally {
    await input?.close();
  }
}

interface FolderTerms extends RunTerms {
  readonly paths: RunPaths;
}

async function open(
  terms: FolderTerms,
  deps: FolderDependencies,
  told: (setAside: readonly string[]) => void,
): Promise<OpenRun> {
  const { paths } = terms;
  assertNamesFit([paths.folder, paths.results, paths.summary]);
  if (terms.restart) told(await restart(terms, deps));
  const lock = await lockFolder(terms, deps);
  let kept = true;
  try {
    await assertNoLinks(paths, deps.disk);
    const read = await readState(paths, deps.disk, 'newest mark');
    const { state } = read;
    if (state.job === undefined) {
      await assertRoom(terms, deps.disk);
      await clearBeginning(paths, lock, deps.disk);
      // From here on what stands there is this process's own.
      kept = false;
    }
    const job = state.job ?? (await begin(terms, deps));
    if (state.job !== undefined) await assertSame(job, terms, deps.disk);
    const { permissions } = (await deps.disk.look(paths.inputCopy)) ?? {};
    const letGo = (begun: boolean): Promise<void> => release(lock, paths, begun, deps.disk);
    return { ...read, paths, job, permissions, release: letGo };
  } catch (error) {
    await release(lock, paths, kept, deps.disk).catch(() => undefined);
    throw error;
  }
}

async function restart(terms: FolderTerms, deps: FolderDependencies): Promise<readonly string[]> {
  const { paths } = terms;
  // Held until it has its new name: nobody can begin to work in what is being moved away.
  const lock = (await deps.disk.exists(paths.folder)) ? await lockFolder(terms, deps) : undefined;
  try {
    const aside = await setAside(paths, new Date(deps.clock.wallMs()), deps.disk);
    await lock?.release(aside.paths.lock).catch(() => undefined);
    return aside.names;
  } catch (error) {
    await lock?.release().catch(() => undefined);
    throw error;
  }
}

async function lockFolder(
  { paths, purpose }: FolderTerms,
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

async function release(lock: Lock, paths: RunPaths, kept: boolean, disk: Disk): Promise<void> {
  if (!kept) {
    // The folder may hold what is not ours: only what this process made is removed.
    for (const file of [paths.journal, paths.partialResults, paths.inputCopy]) await disk.remove(file);
  }
  await lock.release();
  await disk.removeEmptyFolder(paths.folder);
}

/** What a new run needs: its names are free, and there is an input. */
async function assertRoom({ paths, inputBytes }: FolderTerms, disk: Disk): Promise<void> {
  for (const path of [paths.results, paths.summary]) if (await disk.exists(path)) throw resultsExist(path);
  if (inputBytes === undefined) throw nothingToGoOnWith(paths.folder);
}

async function begin(terms: FolderTerms, { disk, clock }: FolderDependencies): Promise<JobEntry> {
  const { inputName, inputBytes, inputPermissions: permissions, paths } = terms;
  if (inputBytes === undefined) throw nothingToGoOnWith(paths.folder);
  const source = { name: inputName, bytes: inputBytes, permissions };
  const input = await copyInput(source, paths.inputCopy, disk);
  return newJob(terms, input, basename(paths.results), clock.wallMs());
}

async function assertSame(
  job: JobEntry,
  { terms, inputName, inputBytes, paths }: FolderTerms,
  disk: Disk,
): Promise<void> {
  assertSameTerms(job, { terms }, paths.folder);
  if (!(await disk.exists(paths.inputCopy))) throw copyDamaged(paths, 'is gone');
  const copy = await identify(inputName, disk.read(paths.inputCopy));
  if (copy.sha256 !== job.input.sha256) throw copyDamaged(paths, 'was changed');
  if (inputBytes !== undefined) assertSameInput(job, await identify(inputName, inputBytes), paths.folder);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
