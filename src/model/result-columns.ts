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
