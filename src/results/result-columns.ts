/** The columns this tool adds after the user's own, in order: a contract that others script against. */
export const RESULT_COLUMNS = [
  'row',
  'status',
  'exception',
  'message',
  'tip',
  'opportunity_id',
  'entity_type',
  'entity_id',
  'replacement_id',
  'attempts',
  'request_ids',
  'started_at',
  'finished_at',
] as const;

export type ResultColumn = (typeof RESULT_COLUMNS)[number];

/** The results' header: the user's columns as they were, then ours, prefixed `result_` where the names clash. */
export function resultsHeader(inputHeader: readonly string[]): string[] {
  const taken = new Set(inputHeader.map((name) => name.trim().toLowerCase()));
  return [...inputHeader, ...RESULT_COLUMNS.map((name) => unclashed(name, taken))];
}

function unclashed(name: string, taken: ReadonlySet<string>): string {
  return taken.has(name) ? unclashed(`result_${name}`, taken) : name;
}
