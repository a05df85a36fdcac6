import { basename, dirname, join } from 'node:path';
import { RunError } from '../../../model/run-error.ts';
import { fileStem, reportPath } from '../../input-bytes.ts';

/** Where everything of one run stands. */
export interface RunPaths {
  /** The finished results: appears whole or not at all. */
  readonly results: string;
  readonly summary: string;
  /** Where its report is, unless it was written elsewhere. */
  readonly report: string;
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
    report: reportPath(resultsPath),
    folder,
    inputCopy: join(folder, 'input'),
    journal: join(folder, 'journal.jsonl'),
    lock: join(folder, 'lock'),
    partialResults: join(folder, 'results.partial.csv'),
  };
}

/** Bytes that filesystems take in one name. */
const LONGEST_NAME = 255;

/**
 * Stops before anything is sent where a file could not be given its name at the end.
 *
 * @throws RunError `output_unwritable`
 */
export function assertNamesFit(paths: readonly string[]): void {
  const long = paths.map((path) => basename(path)).find((name) => Buffer.byteLength(name) > LONGEST_NAME);
  if (long === undefined) return;
  throw new RunError(
    'output_unwritable',
    `The name ${long.slice(0, 40)}…${long.slice(-24)} would have ${Buffer.byteLength(long)} bytes, and a file's name has ${LONGEST_NAME} at most: nothing was sent.`,
    { code: 'name_shorter_output' },
  );
}
