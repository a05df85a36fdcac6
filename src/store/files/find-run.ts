import { basename, dirname, join } from 'node:path';
import type { Disk } from '../../disk/disk.ts';
import { readJournal } from './journal/read-journal.ts';
import { runPaths, type RunPaths } from './run-folder/run-paths.ts';

/** The paths of the run that a user names by its results, by its folder, by the partial results in that, or by its input. */
export async function findRun(named: string, disk: Disk): Promise<RunPaths> {
  const folder = folderOf(named);
  const meant = runPaths(folder?.replace(/\.oppsweep$/, '.results.csv') ?? named);
  const place = folder ?? meant.folder;
  const results = await resultsIn(join(place, 'journal.jsonl'), disk);
  return results === undefined ? meant : runPaths(join(dirname(place), results));
}

/** The name of the results as the journal has it; `undefined` where there is none. */
async function resultsIn(journal: string, disk: Disk): Promise<string | undefined> {
  if (!(await disk.exists(journal))) return undefined;
  for await (const { entry } of readJournal(journal, disk.read(journal))) {
    if (entry.t === 'job') return entry.results;
  }
  return undefined;
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
  return (await resultsIn(runPaths(path).journal, disk)) === basename(path);
}

function folderOf(named: string): string | undefined {
  const path = named.replace(/[/\\]+$/, '');
  if (path.endsWith('.oppsweep')) return path;
  return basename(path) === 'results.partial.csv' ? dirname(path) : undefined;
}
