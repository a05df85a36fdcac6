import type { Disk } from '../disk/disk.ts';
import { runPaths, type RunPaths } from '../results/run-paths.ts';

/**
 * Renames an earlier run's folder, results and summary to a dated name beside them; nothing is deleted. Gives the new
 * names.
 */
export async function setAside(paths: RunPaths, at: Date, disk: Disk): Promise<readonly string[]> {
  const stamp = at.toISOString().replace(/\.\d+/, '').replaceAll(':', '-');
  // `people.results.csv` becomes `people.2026-11-23T09-15-00Z.results.csv`, with folder and summary of the same stem.
  const dated = runPaths(paths.results.replace(/((\.results)?\.[^.]*)$/, `.${stamp}$1`));
  const renames = [
    [paths.results, dated.results],
    [paths.summary, dated.summary],
    [paths.folder, dated.folder],
  ] as const;
  const done: string[] = [];
  for (const [from, to] of renames) {
    if (!(await disk.exists(from))) continue;
    await disk.rename(from, to);
    done.push(to);
  }
  return done;
}
