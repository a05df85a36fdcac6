import { basename, join } from 'node:path';
import type { Disk } from '../../disk/disk.ts';
import { irregularAt } from '../../disk/irregular-file.ts';
import type { Machine } from '../../disk/machine.ts';
import { RunError } from '../../model/run-error.ts';
import { acquireLock, type Lock } from '../../store/files/lock/lock.ts';
import { unwritable } from '../../store/files/run-folder/unwritable.ts';
import { exportPlaces, type ExportPlaces } from './export-places.ts';
import { openKeptList, type KeptList } from './kept-list.ts';
import { openKeptReads, type KeptReads } from './kept-reads.ts';
import { assertNamesFit } from '../../store/files/run-folder/run-paths.ts';
import { setAside } from './set-aside.ts';

/** Everything that decides what an export holds; going on with other terms is refused. */
export type ExportTerms = Readonly<Record<string, string>>;

/** The column and the sheet of the file that names opportunities, as somebody chose them. */
export interface ChosenIds {
  readonly opportunityColumn?: string | undefined;
  readonly sheet?: string | undefined;
}

/** The export, as it was begun. */
export interface ExportJob {
  readonly version: 1;
  readonly tool: string;
  readonly terms: ExportTerms;
  /** No term: what they make of the file is one. */
  readonly chosen?: ChosenIds;
  /** ISO 8601, UTC. */
  readonly begunAt: string;
}

/** The export that is asked for. */
export interface ExportTarget {
  /** The path of the export. */
  readonly output: string;
  readonly terms: ExportTerms;
  readonly chosen?: ChosenIds;
  readonly tool: string;
  /** What this process does, for another one that finds the export held. */
  readonly purpose: string;
  readonly restart: boolean;
}

export interface FolderDependencies {
  readonly disk: Disk;
  readonly machine: Machine;
  readonly wallMs: () => number;
}

/** An export under way, held by this process until it is closed. */
export interface ExportFolder {
  readonly places: ExportPlaces;
  readonly job: ExportJob;
  /** Whether an earlier session began it. */
  readonly resumed: boolean;
  /** The summary's text, where all was read and nothing is left but to publish. */
  readonly finished: string | undefined;
  readonly list: KeptList;
  readonly reads: KeptReads;
  /** Removes what was begun, where nothing was listed or read yet: false, and it stays, where something was. */
  readonly discard: () => Promise<boolean>;
  /** Lets it go; whatever was kept stays. */
  readonly close: () => Promise<void>;
}

/**
 * Begins an export, or goes on with it.
 *
 * @throws RunError `results_exist` where something of another's stands in its place, `output_unwritable` where it is no file, `run_held`
 */
export async function openExport(
  target: ExportTarget,
  deps: FolderDependencies,
  setAsideAs: (paths: readonly string[]) => void,
): Promise<ExportFolder> {
  const places = exportPlaces(target.output);
  const irregular = irregularAt(places.results);
  if (irregular !== undefined) {
    const message = `${places.results} is ${irregular}, not a file.`;
    throw new RunError('output_unwritable', message, { code: 'name_results' });
  }
  try {
    if (target.restart) setAsideAs(await setAsideHeld(target, places, deps));
    return await lockedAndOpened(target, places, deps);
  } catch (error) {
    throw unwritable(`The export's folder ${places.folder}`, error);
  }
}

/**
 * The job of the export that stands under way in this place; `undefined` where none does.
 *
 * @throws RunError `state_damaged`
 */
export async function exportUnderWay(output: string, disk: Disk): Promise<ExportJob | undefined> {
  const places = exportPlaces(output);
  const text = await textOf(disk, places.job);
  return text === undefined ? undefined : jobIn(text, places);
}

async function lockedAndOpened(
  target: ExportTarget,
  places: ExportPlaces,
  deps: FolderDependencies,
): Promise<ExportFolder> {
  const { disk } = deps;
  assertNamesFit([places.folder, places.results, places.summary, places.unread]);
  await refuseStrangers(places, disk);
  await disk.makeFolder(places.folder);
  const lock = await acquireLock(places.lock, { purpose: target.purpose, refusal: 'run_held' }, deps);
  try {
    return await opened(target, { places, lock }, deps);
  } catch (error) {
    await release(lock);
    throw error;
  }
}

/** A lock that can't be removed is taken over once this process is gone: no reason to call what was done undone. */
async function release(lock: Lock): Promise<void> {
  await lock.release().catch(() => undefined);
}

/** An export that another process is at is not moved away from under it. */
async function setAsideHeld(
  { purpose }: ExportTarget,
  places: ExportPlaces,
  deps: FolderDependencies,
): Promise<readonly string[]> {
  const { disk, wallMs } = deps;
  if (await disk.exists(places.folder)) {
    await acquireLock(places.lock, { purpose, refusal: 'run_held' }, deps);
  }
  const done = await setAside(places, new Date(wallMs()), disk);
  for (const path of done) await disk.remove(join(path, basename(places.lock)));
  return done;
}

async function opened(
  target: ExportTarget,
  { places, lock }: { readonly places: ExportPlaces; readonly lock: Lock },
  { disk, wallMs }: FolderDependencies,
): Promise<ExportFolder> {
  await removeStrays(places, disk);
  const before = await textOf(disk, places.job);
  const finished = await textOf(disk, places.finished);
  const job = before === undefined ? newJob(target, wallMs()) : jobIn(before, places);
  if (before !== undefined) refuseOtherTerms(job.terms, target.terms, places);
  // A finished export may have lost its job to the cleaning up that was cut off.
  else if (finished === undefined) {
    await disk.replaceFile(places.job, Buffer.from(`${JSON.stringify(job)}\n`));
  }
  const list = await openKeptList(disk, places.list);
  const reads = await openKeptReads(disk, places.reads).catch(async (error: unknown) => {
    await list.close();
    throw error;
  });
  return {
    places,
    job,
    resumed: before !== undefined,
    finished,
    list,
    reads,
    discard: async () => {
      if (list.items().length + reads.count() > 0) return false;
      await disk.remove(places.job);
      await Promise.allSettled([list.close(), reads.close()]);
      for (const path of [places.list, places.reads]) await disk.remove(path);
      return true;
    },
    close: async () => {
      await Promise.allSettled([list.close(), reads.close()]);
      await release(lock);
      await disk.removeEmptyFolder(places.folder).catch(() => undefined);
    },
  };
}

/** Temporary files that a crash left. */
async function removeStrays({ folder }: ExportPlaces, disk: Disk): Promise<void> {
  for (const name of await disk.list(folder)) {
    if (TEMPORARY.test(name)) await disk.remove(join(folder, name));
  }
}

const TEMPORARY = /^\.[0-9a-f]+\.tmp$/;

function newJob({ tool, terms, chosen }: ExportTarget, wallMs: number): ExportJob {
  return { version: 1, tool, terms, ...(chosen && { chosen }), begunAt: new Date(wallMs).toISOString() };
}

/** A finished export is no other one's to replace; nor is a folder that is none of ours to fill. */
async function refuseStrangers(places: ExportPlaces, disk: Disk): Promise<void> {
  const isOurs = (await disk.exists(places.job)) || (await disk.exists(places.finished));
  if (isOurs) return;
  // A link that leads nowhere takes the name too.
  if ((await disk.look(places.results)) !== undefined) {
    throw new RunError('results_exist', `${places.results} is there already.`, {
      code: 'name_other_results',
    });
  }
  const names = await disk.list(places.folder);
  if (names.some((name) => !/^lock(\.|$)/.test(name) && !TEMPORARY.test(name))) {
    throw new RunError('results_exist', `${places.folder} is there already, and is no export's.`, {
      code: 'name_other_results',
    });
  }
}

function jobIn(text: string, places: ExportPlaces): ExportJob {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && 'terms' in value) {
      const job = value as ExportJob;
      if (Object.values(job.chosen ?? {}).every((name: unknown) => typeof name === 'string')) return job;
    }
  } catch {
    // Told below.
  }
  throw new RunError('state_damaged', `${places.job} can't be read.`, { code: 'restore_folder' });
}

function refuseOtherTerms(before: ExportTerms, now: ExportTerms, { folder }: ExportPlaces): void {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  const changed = names.filter((name) => before[name] !== now[name]);
  if (changed.length === 0) return;
  throw new RunError(
    'results_exist',
    `${folder} holds an export of other terms: ${changed.join(', ')} changed.`,
    { code: 'keep_options' },
  );
}

async function textOf(disk: Disk, path: string): Promise<string | undefined> {
  const bytes = await disk.readWhole(path);
  return bytes === undefined ? undefined : Buffer.from(bytes).toString('utf8');
}
