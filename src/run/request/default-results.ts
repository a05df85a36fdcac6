import { dirname, join } from 'node:path';
import { fileStem } from '../../store/input-bytes.ts';

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

function runName(own: string, base: string, isOutput: boolean): string {
  if (base !== own) return again(base);
  if (/\.plan$/i.test(base)) return base.replace(/\.plan$/i, '.planned');
  return isOutput ? again(base) : base;
}

function again(base: string): string {
  const [, first, number = '1'] = /^(.*)\.again(?:-(\d+))?$/.exec(base) ?? [];
  return first === undefined ? `${base}.again` : `${first}.again-${Number(number) + 1}`;
}
