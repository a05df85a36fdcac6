import type { CallRecord } from '../model/outcome.ts';
import type { ValidRow } from '../model/row.ts';
import type { EarlierTries } from '../store/journal-state.ts';

/** A row that is being settled, with what is known of its calls. */
export interface RowInHand {
  readonly row: ValidRow;
  /** The tries of earlier sessions for it. */
  readonly earlier: EarlierTries | undefined;
  /** Its first call leaves: others may come up behind it. */
  readonly left: () => void;
  readonly calls: CallsSoFar;
}

/** The row's calls: those of earlier runs and sessions, and then this one's. */
export interface CallsSoFar {
  attempts: number;
  requestIds: string[];
  startedAt: number | undefined;
  finishedAt: number | undefined;
  removedAs: string | undefined;
}

export function takeInHand(row: ValidRow, earlier: EarlierTries | undefined, left: () => void): RowInHand {
  const calls: CallsSoFar = {
    attempts: (row.earlier?.attempts ?? 0) + (earlier?.attempts ?? 0),
    requestIds: [...(row.earlier?.requestIds ?? []), ...(earlier?.requestIds ?? [])],
    startedAt: row.earlier?.startedAt ?? earlier?.startedAt,
    finishedAt: undefined,
    removedAs: earlier?.removedAs,
  };
  return { row, earlier, left, calls };
}

/** The record that an outcome keeps of them. */
export function recordOf(
  { attempts, requestIds, startedAt, finishedAt, removedAs }: CallsSoFar,
  nowMs: number,
): CallRecord {
  const times = startedAt !== undefined && { startedAt, finishedAt: finishedAt ?? nowMs };
  return { attempts, requestIds, ...times, ...(removedAs !== undefined && { removedAs }) };
}
