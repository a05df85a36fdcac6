import { basename, dirname, join } from 'node:path';

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

/**
 * The results beside the input: `people.csv` gives `people.results.csv`. Results that are run again give
 * `people.again.results.csv`, then `people.again-2.results.csv`; a plan that is run, `people.planned.results.csv`.
 * `isOutput`: the input is the output of a run, whatever its name, so that its stem is taken.
 */
export function defaultResultsPath(
  inputPath: string,
  kind: 'results' | 'plan' | 'undo' = 'results',
  isOutput: boolean = false,
): string {
  const own = stem(inputPath);
  const base = own.replace(/\.results$/i, '');
  return join(dirname(inputPath), `${kind === 'results' ? runName(own, base, isOutput) : base}.${kind}.csv`);
}

function runName(own: string, base: string, isOutput: boolean): string {
  if (base !== own) return again(base);
  if (/\.plan$/i.test(base)) return base.replace(/\.plan$/i, '.planned');
  return isOutput ? again(base) : base;
}

function again(base: string): string {
  const [, first, number = '1'] = /^(.*)\.again(?:-(\d+))?$/.exec(base) ?? [];
  return first === undefined ? `${base}.again` : `${first}.again-${Number(number) + 1}`;
}

/** `done.csv` and `people.results.csv` share their stems with their folders: `done.oppsweep`, `people.oppsweep`. */
export function runPaths(resultsPath: string): RunPaths {
  const base = join(dirname(resultsPath), stem(resultsPath));
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

function stem(path: string): string {
  return basename(path)
    .replace(/\.gz$/i, '')
    .replace(/\.(csv|tsv|txt)$/i, '');
}
