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

/** The columns of an undo's own table, in order; the first says by which operation a row goes. */
export const UNDO_COLUMNS: readonly string[] = [
  'Undo by',
  'Undone row',
  'Done at',
  'Opportunity',
  'Entity type',
  'Entity',
  'Replacement type',
  'Replacement',
];

/** Whether a header is that of an undo's results, whatever columns stand behind its own. */
export function isUndoHeader(header: readonly string[]): boolean {
  return UNDO_COLUMNS.slice(0, 2).every((name, index) => header[index] === name);
}

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

/** The columns of what was added, removed or kept between two exports. */
export const CHANGE_COLUMNS: readonly string[] = [
  'Change',
  'Opportunity ID',
  'Entity Type',
  'Related Entity',
  'Row Before',
  'Row After',
];

/** What makes an export's lines an input, among its columns. */
const READ_OF_AN_EXPORT = 3;
/** Of the other columns, those that remain where people have taken some out, or renamed them. */
const LEAST_BESIDE = 4;

/**
 * Whether a header is that of an export, in whatever order, with columns of people's own, and without one or two of those that are not
 * read. With fewer it can't be told from a list that somebody has made.
 */
export function isExportHeader(header: readonly string[]): boolean {
  const has = (name: string): boolean => header.includes(name);
  const beside = EXPORT_COLUMNS.slice(READ_OF_AN_EXPORT).filter(has).length;
  return EXPORT_COLUMNS.slice(0, READ_OF_AN_EXPORT).every(has) && beside >= LEAST_BESIDE;
}

/** A cell of one of our columns. */
export interface NotedCell {
  readonly column: ResultColumn;
  readonly text: string;
}
