import {
  callsOf,
  isSettledAsWished,
  ROW_STATUSES,
  statusOf,
  type EarlierResult,
  type RowStatus,
} from '../../../model/outcome.ts';
import { RunError } from '../../../model/run-error.ts';
import { associationsIn, namesReplacement } from '../../../model/row.ts';
import type { DoneEntry } from '../../../store/journal-line.ts';
import type { RunRecord } from '../../../store/run-store.ts';
import { onlyFrom } from '../../request/input-terms.ts';
import type { RunAgain } from './runs-since.ts';
import { associationsBack, isBack } from './taken-back.ts';

/** Rows of a run that needed somebody, and that a later run of its results has done. */
export interface DoneSince {
  /** The later run, by its results. */
  readonly results: string;
  readonly rows: number;
}

/** How a row was done, by which run. */
export interface RowDoneSince {
  readonly run: RunRecord;
  readonly status: RowStatus;
  /** When its last call was answered, epoch milliseconds; absent where none was needed. */
  readonly atMs?: number;
}

/** Of a line of the run's results, by its place from 0 on. `undefined` where nobody has to see to it, or no later run has proven it done. */
export type DoneSinceOf = (row: EarlierResult, ordinal: number) => RowDoneSince | undefined;

/**
 * By the counts of the later runs, where these tell it: none of their rows, of which there may be a million, is looked at then. Each
 * asked for rows alone that needed somebody, went on where the one before it had come to, and was not undone; else `undefined`.
 */
export function doneByCounts(again: readonly RunAgain[]): readonly DoneSince[] | undefined {
  const inputs = new Set(again.map(({ run }) => run.job.input.sha256));
  const areCounted = again.every(({ run, undos }) => undos.length === 0 && asksForNeedy(run));
  if (!areCounted || inputs.size < again.length) return undefined;
  return again
    .map(({ run: { places, state } }) => ({
      results: places.results,
      rows: ROW_STATUSES.filter(isBack).reduce(
        (sum, status) => sum + (state.settled.byStatus[status] ?? 0),
        0,
      ),
    }))
    .filter(({ rows }) => rows > 0);
}

function asksForNeedy({ job }: RunRecord): boolean {
  return onlyFrom(job.terms)?.some(isSettledAsWished) === false;
}

/** Reads the journals of the later runs, of which the first that has done a row is told. */
export async function readDoneSince(again: readonly RunAgain[]): Promise<DoneSinceOf> {
  const runs: { readonly run: RunRecord; readonly ends: RowEnds }[] = [];
  for (const { run, undos } of again) {
    const ends = await endsOf(run, undos).catch(unlessDamaged);
    if (ends !== undefined) runs.push({ run, ends });
  }
  return (row, ordinal) => {
    if (isSettledAsWished(row.status)) return undefined;
    const wantsReplacement = (row.cells.replacement_id ?? '') !== '';
    for (const { run, ends } of runs) {
      const end = ends.of(ordinal);
      if (end === undefined || (wantsReplacement && !end.replaces)) continue;
      const { status, atMs } = end;
      return { run, status, ...(atMs !== undefined && { atMs }) };
    }
    return undefined;
  };
}

/** A damaged journal proves nothing; its own command tells of that. */
function unlessDamaged(error: unknown): undefined {
  if (!(error instanceof RunError) || error.code !== 'state_damaged') throw error;
}

interface RowEnd {
  readonly status: RowStatus;
  readonly replaces: boolean;
  readonly atMs: number | undefined;
}

interface RowEnds {
  readonly of: (ordinal: number) => RowEnd | undefined;
}

/** Of the rows that a run left as they were meant to be, but for those that an undo of it has taken back: a number each. */
async function endsOf(run: RunRecord, undos: readonly RunRecord[]): Promise<RowEnds> {
  const back = await associationsBack(undos);
  const beganMs = Date.parse(run.job.at);
  let ends = new Float64Array(1_024);
  for await (const entry of run.entries()) {
    if (entry.t !== 'done' || !isBack(statusOf(entry.outcome))) continue;
    if (associationsIn(entry.key).some((one) => back.has(one))) continue;
    if (entry.ordinal >= ends.length) ends = longer(ends, entry.ordinal);
    ends[entry.ordinal] = packed(entry, beganMs);
  }
  return { of: (ordinal) => unpacked(ends[ordinal] ?? 0) };
}

function longer(ends: Float64Array<ArrayBuffer>, ordinal: number): Float64Array<ArrayBuffer> {
  const room = new Float64Array(Math.max(ends.length * 2, ordinal + 1));
  room.set(ends);
  return room;
}

/** Status and what it replaces below, the time above. Its calls may be those of the run before: a look was enough then. */
function packed({ outcome, key }: DoneEntry, beganMs: number): number {
  const { finishedAt = 0 } = callsOf(outcome);
  const atMs = finishedAt >= beganMs ? finishedAt : 0;
  const status = ROW_STATUSES.indexOf(statusOf(outcome)) + 1;
  return (atMs * STATUSES + status) * 2 + Number(namesReplacement(key));
}

const STATUSES = ROW_STATUSES.length + 1;

function unpacked(end: number): RowEnd | undefined {
  const rest = Math.floor(end / 2);
  const status = ROW_STATUSES[(rest % STATUSES) - 1];
  const atMs = Math.floor(rest / STATUSES);
  return status && { status, replaces: end % 2 === 1, atMs: atMs === 0 ? undefined : atMs };
}
