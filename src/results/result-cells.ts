import { isOfAttaching } from '../model/call.ts';
import { valuesOf, type InputRow } from '../model/row.ts';
import { isDeclined } from '../model/fault.ts';
import {
  answeredBefore,
  callsOf,
  WANTED,
  wantsReplacement,
  type CallRecord,
  type EarlierResult,
  type RowOutcome,
} from '../model/outcome.ts';
import { defuse } from './defuse.ts';
import { describeOutcome } from './describe-outcome.ts';
import { RESULT_COLUMNS, type ResultColumn } from '../model/result-columns.ts';

/** The cells of the columns this tool adds, in the order of `RESULT_COLUMNS`, defused. */
export function resultCells(
  row: InputRow,
  outcome: RowOutcome,
  spell: (sentence: string) => string = (sentence) => sentence,
): string[] {
  if (outcome.status === 'carried') return carriedCells(row, outcome.earlier);
  const values = valuesOf(row);
  const calls = callsOf(outcome);
  const words = describeOutcome(outcome, row.row);
  const cells: Record<ResultColumn, string> = {
    row: String(row.row),
    status: outcome.status,
    exception: words.exception,
    message: withHistory(isOurs(outcome) ? spell(words.message) : words.message, row, outcome),
    tip: spell(words.tip),
    opportunity_id: values.opportunityId,
    entity_type: values.entityType,
    entity_id: values.entityId,
    replacement_id: isOfAttaching(outcome.status) ? '' : replacementOf(row),
    ...callCells(calls),
  };
  return RESULT_COLUMNS.map((name) => defuse(cells[name]));
}

type CallCells = Pick<
  Record<ResultColumn, string>,
  'attempts' | 'request_ids' | 'started_at' | 'finished_at'
>;

function callCells({ attempts, requestIds, startedAt, finishedAt }: CallRecord): CallCells {
  return {
    attempts: String(attempts),
    request_ids: defuse(requestIds.join(' ')),
    started_at: instant(startedAt),
    finished_at: instant(finishedAt),
  };
}

/** A row that is not sent is to be replaced no less when it is run again. */
function replacementOf(row: InputRow): string {
  const { replacementId } = valuesOf(row);
  if (replacementId !== '') return replacementId;
  return row.wantsReplacement === true || wantsReplacement(row.earlier) ? WANTED : '';
}

/** What was answered before the row was refused stays; and what is passed over of its own cells is told: by that it is read again. */
function withHistory(message: string, { earlier, overruled = [] }: InputRow, { status }: RowOutcome): string {
  const before = earlier === undefined || status !== 'invalid' ? undefined : answeredBefore(earlier);
  return [message, ...overruled, before ?? ''].filter((part) => part !== '').join('\n');
}

/** As the earlier results had them, which were defused then. */
function carriedCells(row: InputRow, { cells }: EarlierResult): string[] {
  return RESULT_COLUMNS.map((name) => (name === 'row' ? String(row.row) : (cells[name] ?? '')));
}

/** Whether the message is this tool's: the service's words are given as they came. */
function isOurs(outcome: RowOutcome): boolean {
  return !('fault' in outcome) || isDeclined(outcome.fault.exception);
}

/** The last second that was told, as ISO 8601 up to its milliseconds: most calls leave and end in the one before. */
let second = { fromMs: Number.NaN, text: '' };

/** UTC with milliseconds, as ISO 8601; empty where nothing was sent. */
function instant(epochMs: number | undefined): string {
  if (epochMs === undefined) return '';
  const ms = epochMs - second.fromMs;
  if (ms >= 0 && ms < 1000 && Number.isInteger(ms)) return `${second.text}${String(ms).padStart(3, '0')}Z`;
  const text = new Date(epochMs).toISOString();
  second = { fromMs: Math.floor(epochMs / 1000) * 1000, text: text.slice(0, -'000Z'.length) };
  return text;
}
