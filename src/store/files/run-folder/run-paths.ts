import { dirname, join } from 'node:path';
import { fileStem } from '../../input-bytes.ts';

/** Where everything of one run stands. */
export interface RunPaths {
  /** The finished results: appears whole or not at all. */
  readonly results: string;
  readonly summary: string;
  /** The run's folder: its copy of the input, journal, lock and the results so far. */
  readonly folder: string;
  readonly inputCopy: string;
  readonly journal: string;
  readonly lock: string;
  readonly partialResults: string;
}

/** `done.csv` and `people.results.csv` share their stems with their folders: `done.oppsweep`, `people.oppsweep`. */
export function runPaths(resultsPath: string): RunPaths {
  const base = join(dirname(resultsPath), fileStem(resultsPath));
  const folder = `${base.replace(/\.results$/i, '')}.oppsweep`;
  return {
    results: resultsPath,
    summary: `${base}.summary.json`,
    folder,
    inputCopy: join(folder, 'input'),
    journal: join(folder, 'journal.jsonl'),
    lock: join(folder, 'lock'),
    partialResults: join(folder, 'results.partial.csv'),
  };
}
