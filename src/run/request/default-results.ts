import { dirname, join } from 'node:path';
import { fileStem } from '../../store/input-bytes.ts';
import type { RunPlaces } from '../../store/run-store.ts';

/**
 * The results beside the input: `people.csv` gives `people.results.csv`. Results that are run again give
 * `people.again.results.csv`, then `people.again-2.results.csv`; a plan that is run, `people.planned.results.csv`.
 * `isOutput`: the input is the output of a run, whatever its name, so that its stem is taken.
 */
export function defaultResultsPath(
  inputPath: string,
  kind: 'results' | 'plan' | 'undo' | 'undo.plan' | 'export' = 'results',
  isOutput: boolean = false,
): string {
  const own = fileStem(inputPath);
  const base = own.replace(/\.results$/i, '');
  return join(dirname(inputPath), `${kind === 'results' ? runName(own, base, isOutput) : base}.${kind}.csv`);
}

/**
 * Results that an undo and a report of a run are called after: its own, with the account in their name where somebody has named the run by
 * it (`accounts.111122223333.results.csv`), since other accounts' runs of a fleet are called the same.
 */
export function calledAfter(named: string, { run, results }: Pick<RunPlaces, 'run' | 'results'>): string {
  if (run !== named) return results;
  const [account] = run.split('/');
  return join(dirname(results), `${fileStem(results).replace(/\.results$/i, '')}.${account}.results.csv`);
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
