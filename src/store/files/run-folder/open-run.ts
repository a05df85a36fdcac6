import { basename } from 'node:path';
import type { Disk } from '../../../disk/disk.ts';
import { beginReading, identify } from '../../input-bytes.ts';
import type { JobEntry } from '../../journal-line.ts';
import type { RunTerms } from '../../run-store.ts';
import {
  assertSameInput,
  assertSameName,
  assertSameTerms,
  newJob,
  nothingToGoOnWith,
  resultsExist,
} from '../../same-run.ts';
import type { Lock } from '../lock/lock.ts';
import { copyInput } from './copy-input.ts';
import { copyDamaged } from './damaged-folder.ts';
import { assertNoLinks, clearBeginning, lockFolder, type FolderDependencies } from './own-files.ts';
import { NOTHING_FOUND, readState, type FoundState } from './read-state.ts';
import { assertNamesFit, runPaths, type RunPaths } from './run-paths.ts';
import { holdsAnything, setAside, standBeside } from './set-aside.ts';

/** A run's folder that is ours alone until it is released. */
export interface OpenRun extends FoundState {
  readonly paths: RunPaths;
  readonly job: JobEntry;
  /** Those of the input: what holds its data gets the same. */
  readonly permissions: number | undefined;
  /** The run's copy of its input, where it stands now. */
  readonly inputCopy: () => string;
  /** Whether the run's own names are its own by now: what a restart is to set aside has them until then. */
  readonly isInPlace: () => boolean;
  /** Gives a new run its place, before its first line: what a restart begins anew is set aside now, and no sooner. */
  readonly takePlace: () => Promise<void>;
  /** Ends our hold; a run whose first line was never written leaves nothing behind. */
  readonly release: (begun: boolean) => Promise<void>;
}

/**
 * Opens a new run, or an earlier one to go on with; `end` in its state says that it is finished. `told` hears what a restart has
 * set aside, once it has.
 */
export async function openRun(
  asked: RunTerms,
  deps: FolderDependencies,
  told: (setAside: readonly string[]) => void,
): Promise<OpenRun> {
  const input = asked.inputBytes && (await beginReading(asked.inputBytes));
  try {
    const terms = { ...asked, inputBytes: input?.bytes, paths: runPaths(asked.name), told };
    const { paths } = terms;
    assertNamesFit([paths.folder, paths.results, paths.summary]);
    const lock = await lockFolder(terms, deps);
    return await openLocked(terms, lock, deps);
  } finally {
    await input?.close();
  }
}

interface FolderTerms extends RunTerms {
  readonly paths: RunPaths;
  readonly told: (setAside: readonly string[]) => void;
}

async function openLocked(terms: FolderTerms, lock: Lock, deps: FolderDependencies): Promise<OpenRun> {
  let isReplaced: boolean;
  try {
    isReplaced = terms.restart && (await holdsAnything(terms.paths, deps.disk));
  } catch (error) {
    await lock.release().catch(() => undefined);
    throw error;
  }
  return isReplaced ? openBeside(terms, lock, deps) : open(terms, lock, deps);
}

async function open(terms: FolderTerms, lock: Lock, { disk, clock }: FolderDependencies): Promise<OpenRun> {
  const { paths, restart, told } = terms;
  let kept = true;
  try {
    await assertNoLinks(paths, disk);
    const read = await readState(paths, disk, 'newest mark');
    const { state } = read;
    if (state.job === undefined) {
      await assertRoom(terms, disk);
      await clearBeginning(paths, lock, disk);
      // From here on what stands there is this process's own.
      kept = false;
    }
    const job = state.job ?? (await copyAndBegin(terms, paths.inputCopy, { disk, clock }));
    if (state.job !== undefined) await assertSame(job, terms, disk);
    let inPlace = !restart;
    return {
      ...read,
      paths,
      job,
      permissions: (await disk.look(paths.inputCopy))?.permissions,
      inputCopy: () => paths.inputCopy,
      takePlace: async () => {
        if (inPlace) return;
        told((await setAside(paths, new Date(clock.wallMs()), disk, 'outputs')).names);
        inPlace = true;
      },
      isInPlace: () => inPlace,
      release: (begun) => release(lock, paths, begun, disk),
    };
  } catch (error) {
    await release(lock, paths, kept, disk).catch(() => undefined);
    throw error;
  }
}

/** The earlier run stays as it is until the new one's input is judged and it begins. */
async function openBeside(terms: FolderTerms, lock: Lock, deps: FolderDependencies): Promise<OpenRun> {
  const { paths } = terms;
  const copy = (path: string): Promise<JobEntry> => copyAndBegin(terms, path, deps);
  const beside = await standBeside({ ...terms, lock, copy }, deps);
  const { permissions } = (await deps.disk.look(beside.inputCopy())) ?? {};
  return { ...NOTHING_FOUND, ...beside, paths, permissions };
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
async function assertRoom({ paths, restart, inputBytes }: FolderTerms, disk: Disk): Promise<void> {
  for (const path of restart ? [] : [paths.results, paths.summary]) {
    // A link that leads nowhere takes the name too.
    if ((await disk.look(path)) !== undefined) throw resultsExist(path);
  }
  if (inputBytes === undefined) throw nothingToGoOnWith(paths.folder);
}

async function copyAndBegin(
  terms: FolderTerms,
  path: string,
  { disk, clock }: Pick<FolderDependencies, 'disk' | 'clock'>,
): Promise<JobEntry> {
  const { inputName, inputBytes, inputPermissions: permissions, paths } = terms;
  if (inputBytes === undefined) throw nothingToGoOnWith(paths.folder);
  const source = { name: inputName, bytes: inputBytes, permissions };
  const input = await copyInput(source, path, disk);
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
  if (inputBytes === undefined) assertSameName(job.input, inputName, paths.folder);
  else assertSameInput(job, await identify(inputName, inputBytes), paths.folder);
}
