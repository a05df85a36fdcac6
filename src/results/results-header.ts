import { RESULT_COLUMNS } from '../model/result-columns.ts';

/** The results' header: the user's columns as they were, then ours, prefixed `result_` where the names clash. */
export function resultsHeader(inputHeader: readonly string[]): string[] {
  const taken = new Set(inputHeader.map((name) => name.trim().toLowerCase()));
  return [...inputHeader, ...RESULT_COLUMNS.map((name) => unclashed(name, taken))];
}

function unclashed(name: string, taken: ReadonlySet<string>): string {
  return taken.has(name) ? unclashed(`result_${name}`, taken) : name;
}
