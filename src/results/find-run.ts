import { basename, dirname, join } from 'node:path';
import type { Disk } from '../disk/disk.ts';
import { readJournal } from './read-journal.ts';
import { runPaths, type RunPaths } from './run-paths.ts';

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

function folderOf(named: string): string | undefined {
  const path = named.replace(/[/\\]+$/, '');
  if (path.endsWith('.oppsweep')) return path;
  return basename(path) === 'results.partial.csv' ? dirname(path) : undefined;
}
