import { basename, dirname, join } from 'node:path';
import type { Disk } from '../../../disk/disk.ts';
import { runPaths, type RunPaths } from './run-paths.ts';

/**
 * Renames an earlier run's folder, results and summary to a dated name beside them; nothing is deleted. Gives the new
 * names.
 */
export async function setAside(paths: RunPaths, at: Date, disk: Disk): Promise<SetAside> {
  const dated = await freeNames(paths, at, disk);
  const names: string[] = [];
  for (const part of PARTS) {
    if (!(await disk.exists(paths[part]))) continue;
    await disk.rename(paths[part], dated[part]);
    names.push(dated[part]);
  }
  return { paths: dated, names };
}

export interface SetAside {
  /** Where everything of the run stands now. */
  readonly paths: RunPaths;
  /** Those of them that there was something to rename to. */
  readonly names: readonly string[];
}

const PARTS = ['results', 'summary', 'folder'] as const;

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
