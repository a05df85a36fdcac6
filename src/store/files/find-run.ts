import { basename, dirname, join } from 'node:path';
import type { Disk } from '../../disk/disk.ts';
import { readJournal } from './journal/read-journal.ts';
import { runPaths, type RunPaths } from './run-folder/run-paths.ts';

/** The paths of the run that a user names by its results, by its folder, or by the partial results in that. */
export async function findRun(named: string, disk: Disk): Promise<RunPaths> {
  const folder = folderOf(named);
  if (folder === undefined) return runPaths(named);
  const journal = join(folder, 'journal.jsonl');
  if (await disk.exists(journal)) {
    for await (const { entry } of readJournal(journal, disk.read(journal))) {
      if (entry.t === 'job') return runPaths(join(dirname(folder), entry.results));
    }
  }
  return runPaths(folder.replace(/\.oppsweep$/, '.results.csv'));
}

/** The results' paths of the runs whose folders stand in this one, by name. */
export async function runsIn(folder: string, disk: Disk): Promise<readonly string[]> {
  const found: string[] = [];
  for (const name of (await disk.list(folder)).toSorted()) {
    if (!name.endsWith('.oppsweep')) continue;
    const path = join(folder, name);
    if (await disk.exists(join(path, 'journal.jsonl'))) found.push((await findRun(path, disk)).results);
  }
  return found;
}

/** Whether a file is what a run has left, whatever it is called: the folder beside it says so. */
export async function isOutputOfRun(path: string, disk: Disk): Promise<boolean> {
  const { journal } = runPaths(path);
  if (!(await disk.exists(journal))) return false;
  for await (const { entry } of readJournal(journal, disk.read(journal))) {
    if (entry.t === 'job') return entry.results === basename(path);
  }
  return false;
}

function folderOf(named: string): string | undefined {
  const path = named.replace(/[/\\]+$/, '');
  if (path.endsWith('.oppsweep')) return path;
  return basename(path) === 'results.partial.csv' ? dirname(path) : undefined;
}
