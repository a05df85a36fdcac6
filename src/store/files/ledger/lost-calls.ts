import { QUOTA_DAY_MS } from '../../../model/quota/quota-day.ts';

/** A call is counted just before it is noted, by a clock that may have been set meanwhile. */
const SAME_CALL_MS = 2_000;

/**
 * The calls of a journal that a ledger has lost, oldest first: none, where it has as many of the last day. Others' calls may be in it
 * too, so that each of the journal's is looked for by its time. Times are epoch milliseconds, oldest first.
 */
export function lostCalls(
  noted: readonly number[],
  journaled: readonly number[],
  nowMs: number,
): readonly number[] {
  const told = callsOfDay(journaled, nowMs);
  const left = callsOfDay(noted, nowMs);
  if (left.length >= told.length) return [];
  let next = 0;
  return told.map(Math.ceil).filter((timeMs) => {
    while ((left[next] ?? timeMs) < timeMs - SAME_CALL_MS) next += 1;
    const isThere = left[next] !== undefined && (left[next] ?? 0) <= timeMs + SAME_CALL_MS;
    if (isThere) next += 1;
    return !isThere;
  });
}

/** Those of the last 24 hours. */
export function callsOfDay(times: readonly number[], nowMs: number): readonly number[] {
  return times.filter((timeMs) => timeMs > nowMs - QUOTA_DAY_MS);
}
