import { basename, dirname, join } from 'node:path';
import { systemErrorCode, type Disk } from '../../disk/disk.ts';
import { isDenied } from '../../model/run-error.ts';
import type { JobEntry } from '../journal-line.ts';
import { readJournal } from '../journal/read-journal.ts';
import { runPaths, type RunPaths } from './run-folder/run-paths.ts';

/** The paths of the run that a user names by its results, by its folder, by the partial results in that, or by its input. */
export async function findRun(named: string, disk: Disk): Promise<RunPaths> {
  const folder = folderOf(named);
  const meant = runPaths(folder === undefined ? named : resultsOf(folder));
  const results = await resultsBeside(folder ?? meant.folder, disk);
  return results === undefined ? meant : runPaths(results);
}

/**
 * The results' path of the run in a folder; `undefined` where there is none. The journal has their name; where the folder
 * was renamed, as a restart does, they bear its new name as it does: those of the old one may be another run's by now.
 */
async function resultsBeside(folder: string, disk: Disk): Promise<string | undefined> {
  const job = await jobIn(folder, disk);
  if (job === undefined) return undefined;
  const stem = basename(runPaths(job.results).folder, '.oppsweep');
  return join(dirname(folder), basename(folder, '.oppsweep') + job.results.slice(stem.length));
}

async function jobIn(folder: string, disk: Disk): Promise<JobEntry | undefined> {
  const path = join(folder, 'journal.jsonl');
  if (!(await disk.exists(path))) return undefined;
  for await (const { entry } of readJournal(path, disk.read(path)))
    return entry.t === 'job' ? entry : undefined;
  return undefined;
}

/** The results' paths of the runs whose folders stand in this one, by name; `is`: those whose first line is so. */
export async function runsIn(
  folder: string,
  disk: Disk,
  is?: (job: JobEntry) => boolean,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const name of (await disk.list(folder)).toSorted()) {
    if (!name.endsWith('.oppsweep')) continue;
    const path = join(folder, name);
    try {
      const job = await jobIn(path, disk);
      // A damaged one is listed, too.
      if (job === undefined ? await disk.exists(join(path, 'journal.jsonl')) : (is?.(job) ?? true))
        found.push((await findRun(path, disk)).results);
    } catch (error) {
      if (!isDenied(systemErrorCode(error))) throw error;
      // Whoever asks for each of them is told so of this one.
      if (is === undefined) found.push(runPaths(resultsOf(path)).results);
    }
  }
  return found;
}

/** Whether a file is what a run has left, whatever it is called: the folder beside it says so; one that may not be looked into says nothing. */
export async function isOutputOfRun(path: string, disk: Disk): Promise<boolean> {
  const results = await resultsBeside(runPaths(path).folder, disk).catch(unlessDenied);
  return results !== undefined && basename(results) === basename(path);
}

function resultsOf(folder: string): string {
  return folder.replace(/\.oppsweep$/, '.results.csv');
}

function unlessDenied(error: unknown): undefined {
  if (!isDenied(systemErrorCode(error))) throw error;
}

function folderOf(named: string): string | undefined {
  const path = named.replace(/[/\\]+$/, '');
  if (path.endsWith('.oppsweep')) return path;
  return basename(path) === 'results.partial.csv' ? dirname(path) : undefined;
}
