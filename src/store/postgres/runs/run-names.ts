import { basename } from 'node:path';
import { fileStem } from '../../input-bytes.ts';
import type { RunPlaces } from '../../run-store.ts';

/** A run of a store, as somebody means it. */
export interface MeantRun {
  /** `undefined`: of whichever account has one of this name. */
  readonly account: string | undefined;
  readonly name: string;
  /** Where its results go on this machine. */
  readonly results: string;
  /** Whether somebody has named these, rather than the run. */
  readonly byPath: boolean;
}

const WITH_ACCOUNT = /^([^/\\]+)\/([^/\\]+)$/;
const RESULTS = /\.(csv|tsv|txt)$/i;

/**
 * By its name, with its account before it or not (`123456789012/people`), or by the path of its results (`people.results.csv`). `given`: the
 * name that an option gives it, whatever its results are called.
 */
export function meantRun(text: string, given?: string): MeantRun {
  const isPath = RESULTS.test(text);
  const [, account, name] = (isPath ? undefined : WITH_ACCOUNT.exec(text)) ?? [];
  const own = name ?? nameOf(text);
  const results = isPath ? text : `${own}.results.csv`;
  if (given !== undefined)
    return { ...meantRun(given), results: isPath ? text : meantRun(given).results, byPath: isPath };
  return { account, name: own, results, byPath: isPath };
}

/** `people` of `out/people.results.csv`. */
function nameOf(path: string): string {
  return fileStem(basename(path)).replace(/\.results$/i, '');
}

/** `store`: as people are told of it. */
export function placesIn(store: string, { account, name, results }: MeantRun): RunPlaces {
  const run = account === undefined ? name : `${account}/${name}`;
  const summary = `${results.replace(RESULTS, '')}.summary.json`;
  const inStore = (what: string): string => `${what} of run ${run} in the store ${store}`;
  return {
    ...(account !== undefined && { run }),
    results,
    summary,
    folder: `the store ${store} (run ${run})`,
    inputCopy: inStore('the copy of the input'),
    partialResults: inStore('the results so far'),
  };
}
