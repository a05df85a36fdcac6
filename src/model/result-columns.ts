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

/** The columns of an export, in order: by them it is recognised where it is an input. */
export const EXPORT_COLUMNS: readonly string[] = [
  'Opportunity ID',
  'Entity Type',
  'Related Entity',
  'Stage',
  'Review Status',
  'Customer',
  'Project Title',
  'Partner CRM ID',
  'Last Modified',
];

/** Whether a header is that of an export; people may have added columns of their own behind it. */
export function isExportHeader(header: readonly string[]): boolean {
  return EXPORT_COLUMNS.every((name, index) => header[index] === name);
}
