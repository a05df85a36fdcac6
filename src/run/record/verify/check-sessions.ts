import { isDeepStrictEqual } from 'node:util';
import { ROW_STATUSES, type RowStatus } from '../../../model/outcome.ts';
import type { Tally } from '../../../model/tally.ts';
import type { Session } from '../../../store/sessions.ts';

/** One thing that an auditor relies on. */
export interface Check {
  readonly what: string;
  readonly sound: boolean;
  /** The finding instead; empty where it is sound. */
  readonly found: string;
}

type Counts = Tally['byStatus'];

/** Counts that differ, in words: `310 disassociated instead of 300`. */
export function differenceOf(found: Counts, wanted: Counts): string {
  const differ = ROW_STATUSES.filter((status) => (found[status] ?? 0) !== (wanted[status] ?? 0));
  if (differ.length === 0) return 'a status that is none of ours';
  return differ
    .map((status) => `${found[status] ?? 0} ${status} instead of ${wanted[status] ?? 0}`)
    .join(', ');
}

/** The summary's sessions, by the journal; and what they settled, by the results. A summary of the first version has none. */
export function sessionChecks(
  told: readonly Session[] | undefined,
  noted: readonly Session[],
  results: Counts,
): readonly Check[] {
  if (told === undefined) return [];
  // What began after the summary was written is not in it.
  const finished = noted.slice(0, noted.findLastIndex(({ ended }) => ended === 'finished') + 1);
  const differs = finished.findIndex((session, index) => !isDeepStrictEqual(session, told[index]));
  return [
    {
      what: 'the summary tells of the sessions that the journal has: who, when, where, with which options, and what they did',
      sound: differs < 0 && told.length === finished.length,
      found:
        differs < 0
          ? `${told.length} sessions are told of ${finished.length}`
          : `session ${differs + 1} is told otherwise`,
    },
    settledCheck(finished, results),
  ];
}

/** Whether results have what sessions say that they settled. */
export function settledCheck(sessions: readonly Session[], results: Counts): Check {
  const short = missing(settledBy(sessions), results);
  return {
    what: 'the results have the rows that the sessions settled',
    sound: short === undefined,
    found: short ?? '',
  };
}

function settledBy(sessions: readonly Session[]): Counts {
  const sum: Partial<Record<RowStatus, number>> = {};
  for (const { rows } of sessions) {
    // Object.entries forgets the key type that rows are declared with.
    for (const [status, of] of Object.entries(rows) as [RowStatus, number][]) {
      sum[status] = (sum[status] ?? 0) + of;
    }
  }
  return sum;
}

/** Results may have more: rows that the input decides, and those that kept the line of earlier results. */
function missing(settled: Counts, results: Counts): string | undefined {
  for (const [status, of] of Object.entries(settled) as [RowStatus, number][]) {
    const there = results[status] ?? 0;
    if (there < of) return `${there} rows are ${status} there, and sessions settled ${of} so`;
  }
  return undefined;
}
