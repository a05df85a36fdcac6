import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import type { Disk } from '../../../disk/disk.ts';
import { renameAll, type Renaming } from '../../../disk/rename-all.ts';
import type { JobEntry } from '../../journal-line.ts';
import type { Lock } from '../lock/lock.ts';
import { lockFolder, type FolderDependencies } from './own-files.ts';
import { runPaths, type RunPaths } from './run-paths.ts';
import { unwritable } from './unwritable.ts';

/** A new run that stands beside the earlier one whose place it is to take. */
export interface StandsBeside {
  readonly job: JobEntry;
  readonly inputCopy: () => string;
  readonly isInPlace: () => boolean;
  readonly takePlace: () => Promise<void>;
  readonly release: (begun: boolean) => Promise<void>;
}

/** The earlier run's folder, held, and the new run that is to have its name. */
export interface PlaceHeld {
  readonly paths: RunPaths;
  readonly purpose: string;
  readonly lock: Lock;
  /** Copies the new run's input there. */
  readonly copy: (path: string) => Promise<JobEntry>;
  readonly told: (setAside: readonly string[]) => void;
}

/** Whether a folder that is held has more in it than its lock. */
export async function holdsAnything({ folder, lock }: RunPaths, disk: Disk): Promise<boolean> {
  return (await disk.list(folder)).some((name) => name !== basename(lock));
}

/**
 * Begins a new run without touching the one it replaces: all that there is of it is a copy of its input, under the name of a
 * temporary file in the folder that both are held by. `takePlace` sets the earlier one aside: until then it may still be let be.
 */
export async function standBeside(held: PlaceHeld, deps: FolderDependencies): Promise<StandsBeside> {
  const { paths, told } = held;
  const { disk, clock } = deps;
  let { lock } = held;
  let { folder } = paths;
  // Whoever takes the folder over from a process that is gone removes such a file.
  let copy = join(folder, `.${randomBytes(6).toString('hex')}.tmp`);
  const release = async (begun: boolean): Promise<void> => {
    if (!begun) for (const file of ownFiles()) await disk.remove(file);
    await lock.release(join(folder, basename(paths.lock)));
    await disk.removeEmptyFolder(folder);
  };
  const isInPlace = (): boolean => copy === paths.inputCopy;
  const ownFiles = (): readonly string[] =>
    isInPlace() ? [paths.journal, paths.partialResults, copy] : [copy];
  const takePlace = async (): Promise<void> => {
    const aside = await setAside(paths, new Date(clock.wallMs()), disk);
    // Held until it has its new name: nobody can begin to work in what is being moved away.
    ({ folder } = aside.paths);
    copy = join(folder, basename(copy));
    told(aside.names);
    const next = await lockFolder(held, deps);
    await lock.release(aside.paths.lock).catch(() => undefined);
    lock = next;
    ({ folder } = paths);
    await renameAll([[copy, paths.inputCopy]], disk);
    copy = paths.inputCopy;
  };
  try {
    return { job: await held.copy(copy), inputCopy: () => copy, isInPlace, takePlace, release };
  } catch (error) {
    await release(false).catch(() => undefined);
    throw error;
  }
}

/**
 * Renames an earlier run's results, summary and report, and its folder unless these are `outputs` without one, to a dated name beside
 * them; nothing is deleted. Gives the new names. Where one can't be renamed, all have their old names again.
 */
export async function setAside(
  paths: RunPaths,
  at: Date,
  disk: Disk,
  what: 'outputs' | 'all' = 'all',
): Promise<SetAside> {
  const dated = await freeNames(paths, at, disk);
  const parts = what === 'all' ? PARTS : OUTPUTS;
  const renamings = parts.map((part): Renaming => [paths[part], dated[part]]);
  const moved = await renameAll(renamings, disk).catch((error: unknown) => {
    throw unwritable('What stands in the place of the run', error);
  });
  return { paths: dated, names: moved.map(([, to]) => to) };
}

export interface SetAside {
  /** Where everything of the run stands now. */
  readonly paths: RunPaths;
  /** Those of them that there was something to rename to. */
  readonly names: readonly string[];
}

const OUTPUTS = ['results', 'summary', 'report'] as const;
const PARTS = [...OUTPUTS, 'folder'] as const;

/** `people.results.csv` becomes `people.2026-11-23T09-15-00Z.results.csv`; a second one of that second has `-2` behind it. */
async function freeNames(paths: RunPaths, at: Date, disk: Disk): Promise<RunPaths> {
  const stamp = at.toISOString().replace(/\.\d+/, '').replaceAll(':', '-');
  for (let number = 1; ; number += 1) {
    const dated = datedPaths(paths, number === 1 ? stamp : `${stamp}-${number}`);
    const taken = await Promise.all(PARTS.map((part) => disk.exists(dated[part])));
    if (!taken.includes(true)) return dated;
  }
}

function datedPaths({ results }: RunPaths, stamp: string): RunPaths {
  const name = basename(results).replace(/((\.results)?\.[^.]*)?$/i, `.${stamp}$1`);
  return runPaths(join(dirname(results), name));
}
