import { ROW_STATUSES, type EarlierResult } from '../../model/outcome.ts';
import { RESULT_COLUMNS, type ResultColumn } from '../../model/result-columns.ts';
import { RunError } from '../../model/run-error.ts';
import { mayBeRequestId, noteIn } from './decisions/noted-cells.ts';
import type { FoundColumn, FoundColumns } from './found-columns.ts';
import type { OwnSets } from './own-columns.ts';

/** A results file of this tool, of whatever version: the user's columns and ours, found by their names. */
export interface ResultsFile {
  /** Where each of our columns stands that the file has, from 0. */
  readonly places: ReadonlyMap<ResultColumn, number>;
  /** The same places. */
  readonly ours: ReadonlySet<number>;
  /** Of what was sent. */
  readonly columns: FoundColumns;
}

/** The same, and the user's own columns: where a row was invalid, that is where it is corrected. */
export interface ResultsReading extends ResultsFile {
  readonly ownColumns: FoundColumns;
  readonly ownSets: OwnSets;
  /** Whether the run was to replace all that it removes, as far as its first lines tell. */
  readonly replacesAll: boolean;
}

/** Columns without which results tell too little; all others may be absent, more, or elsewhere. */
export const NEEDED_COLUMNS: readonly ResultColumn[] = [
  'row',
  'status',
  'opportunity_id',
  'entity_type',
  'entity_id',
  'request_ids',
];

/** What results tell of, and columns of them that nobody else's files have: some of both show that a file was results once. */
const TOLD_OF: readonly ResultColumn[] = ['status', 'opportunity_id', 'entity_id'];
const TELLING_COLUMNS: readonly ResultColumn[] = [
  'exception',
  'tip',
  'attempts',
  'request_ids',
  'started_at',
  'finished_at',
];

/** Columns of ours that nobody fills in who adds a row. */
const TOLD_BY_A_RUN: readonly ResultColumn[] = [
  'exception',
  'message',
  'attempts',
  'request_ids',
  'started_at',
];
/** Characters kept of a word that stands in place of a status. */
const MOST_OF_A_WORD = 60;

/** Recognises a results file by the columns it needs; `known` are the columns of results that are known. */
export function resultsFile(
  header: readonly string[],
  known: readonly ResultColumn[] = RESULT_COLUMNS,
): ResultsFile | undefined {
  const places = new Map<ResultColumn, number>();
  for (const name of known) {
    const index = placeOf(header, name);
    if (index !== undefined) places.set(name, index);
  }
  const column = (name: ResultColumn): FoundColumn | undefined => {
    const index = places.get(name);
    return index === undefined ? undefined : { index, name: header[index] ?? name, found: 'header' };
  };
  const [opportunity, entity, type] = [column('opportunity_id'), column('entity_id'), column('entity_type')];
  if (!NEEDED_COLUMNS.every((name) => places.has(name))) return undefined;
  if (opportunity === undefined || entity === undefined || type === undefined) return undefined;
  return {
    places,
    ours: new Set(places.values()),
    columns: {
      opportunity,
      entity,
      type: { kind: 'column', column: type },
      replacement: column('replacement_id'),
    },
  };
}

/** The needed columns that a header lacks, or has twice, which else is one of results; `undefined` of any other. */
export function lostResultColumns(header: readonly string[]): readonly ResultColumn[] | undefined {
  const names = new Set(header.map((cell) => cell.replace(/^(result_)+/, '')));
  const [told, telling] = [TOLD_OF, TELLING_COLUMNS].map(
    (some) => some.filter((name) => names.has(name)).length,
  );
  const wereResults = names.has('request_ids')
    ? told === TOLD_OF.length
    : (told ?? 0) >= 2 && (telling ?? 0) >= 2;
  if (!wereResults) return undefined;
  const lost = NEEDED_COLUMNS.filter((name) => placeOf(header, name) === undefined);
  return lost.length === 0 ? undefined : lost;
}

/**
 * The place of one of our columns: where the input had a column of its name, ours is the one that carries `result_`
 * more often. `undefined` where it is not there, or cannot be told from another.
 */
function placeOf(header: readonly string[], name: ResultColumn): number | undefined {
  let found: { readonly index: number; readonly length: number; readonly twice: boolean } | undefined;
  for (const [index, cell] of header.entries()) {
    if (!cell.endsWith(name) || !/^(result_)*$/.test(cell.slice(0, -name.length))) continue;
    if (found !== undefined && cell.length < found.length) continue;
    found = { index, length: cell.length, twice: cell.length === found?.length };
  }
  return found?.twice === true ? undefined : found?.index;
}

/** The earlier run's word on a record; `undefined` of a row that was added since, which has no status. */
export function earlierResult(record: readonly string[], { places }: ResultsFile): EarlierResult | undefined {
  const cells: Partial<Record<ResultColumn, string>> = {};
  for (const [name, index] of places) cells[name] = record[index] ?? '';
  const { status: word = '' } = cells;
  const status = ROW_STATUSES.find((known) => known === word);
  if (word.trim() === '' && TOLD_BY_A_RUN.every((name) => (cells[name] ?? '').trim() === ''))
    return undefined;
  const startedAt = Date.parse(cells.started_at ?? '');
  const finishedAt = Date.parse(cells.finished_at ?? '');
  const { attempts = '', request_ids: requestIds = '' } = cells;
  const noted = noteIn(cells);
  return {
    status: status ?? 'invalid',
    ...(status === undefined && { overwritten: word.replace(/\s+/g, ' ').slice(0, MOST_OF_A_WORD) }),
    ...(noted !== undefined && { noted }),
    attempts: /^\d{1,9}$/.test(attempts) ? Number(attempts) : 0,
    requestIds: requestIds
      .split(' ')
      .filter((id) => id !== '' && (noted === undefined || mayBeRequestId(id))),
    ...(!Number.isNaN(startedAt) && { startedAt }),
    ...(!Number.isNaN(finishedAt) && { finishedAt }),
    cells,
  };
}

/**
 * Whether lines of results tell that their run was to replace all that it removes: most have a replacement, or the mark of one that is
 * wanted, and nothing was removed bare. Of a run whose input says by what, the user's own column tells it of each row.
 */
export function toldToReplace(samples: readonly (readonly string[])[], results: ResultsFile): boolean {
  const lines = samples.flatMap((record) => earlierResult(record, results) ?? []);
  const isBare = ({ cells }: EarlierResult): boolean => (cells.replacement_id ?? '').trim() === '';
  const bare = lines.filter(isBare);
  const isMeant = bare.some(({ status }) => status === 'disassociated' || status === 'would_disassociate');
  return !isMeant && lines.length > 0 && bare.length * 2 <= lines.length;
}

/** A record without our columns: the user's cells, those beyond the header too. */
export function ownCells(record: readonly string[], { ours }: ResultsFile): readonly string[] {
  return record.filter((_, index) => !ours.has(index));
}

/** Results of an earlier run in which columns are missing without which they can't be read. */
export function resultColumnsLost(name: string, lost: readonly ResultColumn[]): RunError {
  const are = lost.length === 1 ? 'is' : 'are';
  return new RunError(
    'input_columns',
    `${name} looks like results of an earlier run in which ${lost.join(', ')} ${are} not there, or there twice.`,
    { code: 'restore_result_columns', columns: [...new Set([...NEEDED_COLUMNS, ...lost])] },
  );
}
