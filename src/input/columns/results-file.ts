import { ROW_STATUSES, type EarlierResult } from '../../model/outcome.ts';
import { RESULT_COLUMNS, type ResultColumn } from '../../model/result-columns.ts';
import type { FoundColumn, FoundColumns } from './understanding.ts';

/** A results file of this tool: the user's columns, then ours. */
export interface ResultsFile {
  /** How many columns are the user's. */
  readonly ownWidth: number;
  /** Of what was sent. */
  readonly columns: FoundColumns;
}

/** The same, and the user's own columns: where a row was invalid, that is where it is corrected. */
export interface UnderstoodResultsFile extends ResultsFile {
  readonly ownColumns: FoundColumns | undefined;
}

/**
 * Recognises a results file by our columns, side by side; each may carry `result_` where the input had its name, and
 * what somebody has added behind them is the user's too.
 */
export function resultsFile(header: readonly string[]): ResultsFile | undefined {
  let ownWidth = header.length - RESULT_COLUMNS.length;
  while (ownWidth >= 0 && !haveOursAt(header, ownWidth)) ownWidth -= 1;
  if (ownWidth < 0) return undefined;
  const column = (name: ResultColumn): FoundColumn => {
    const index = ownWidth + RESULT_COLUMNS.indexOf(name);
    return { index, name: header[index] ?? name, found: 'header' };
  };
  return {
    ownWidth,
    columns: {
      opportunity: column('opportunity_id'),
      entity: column('entity_id'),
      type: { kind: 'column', column: column('entity_type') },
      replacement: column('replacement_id'),
    },
  };
}

/** Whether a header that is no results file's was one: what only results have is there, somewhere. */
export function wasResultsHeader(header: readonly string[]): boolean {
  const names = new Set(header.map((cell) => cell.replace(/^(result_)+/, '')));
  return (['opportunity_id', 'entity_id', 'request_ids', 'status'] as const).every((name) => names.has(name));
}

function haveOursAt(header: readonly string[], start: number): boolean {
  return RESULT_COLUMNS.every((name, index) => {
    const cell = header[start + index] ?? '';
    return cell.endsWith(name) && /^(result_)*$/.test(cell.slice(0, -name.length));
  });
}

/** What the earlier run said of a record; `undefined` where its status is none of ours. */
export function earlierResult(
  record: readonly string[],
  { ownWidth }: ResultsFile,
): EarlierResult | undefined {
  const cells = RESULT_COLUMNS.map((_, index) => record[ownWidth + index] ?? '');
  const cell = (name: ResultColumn): string => cells[RESULT_COLUMNS.indexOf(name)] ?? '';
  const status = ROW_STATUSES.find((known) => known === cell('status'));
  if (status === undefined) return undefined;
  const startedAt = Date.parse(cell('started_at'));
  const finishedAt = Date.parse(cell('finished_at'));
  return {
    status,
    attempts: /^\d{1,9}$/.test(cell('attempts')) ? Number(cell('attempts')) : 0,
    requestIds: cell('request_ids')
      .split(' ')
      .filter((id) => id !== ''),
    ...(!Number.isNaN(startedAt) && { startedAt }),
    ...(!Number.isNaN(finishedAt) && { finishedAt }),
    cells,
  };
}

/** A record without our columns: the user's cells, those beyond the header too. */
export function ownCells(record: readonly string[], { ownWidth }: ResultsFile): readonly string[] {
  return [...record.slice(0, ownWidth), ...record.slice(ownWidth + RESULT_COLUMNS.length)];
}
