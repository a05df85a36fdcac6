import { readDoneSince, type DoneSince } from './done-since.ts';
import { resultRows } from '../result-rows.ts';
import type { RunAgain } from './runs-since.ts';

/** What later runs have done of the rows that needed somebody, by the oldest's copy of the results: none where that is gone. */
export async function countDoneSince(again: readonly RunAgain[]): Promise<readonly DoneSince[]> {
  const [oldest] = again;
  if (oldest === undefined) return [];
  const { job, input } = oldest.run;
  const doneOf = await readDoneSince(again);
  const rows = new Map<string, number>();
  let ordinal = 0;
  try {
    for await (const row of resultRows(job.input.name, input())) {
      const done = row && doneOf(row, ordinal);
      ordinal += 1;
      if (done === undefined) continue;
      const { results } = done.run.places;
      rows.set(results, (rows.get(results) ?? 0) + 1);
    }
  } catch {
    // Its own command tells of that; of a part nobody knows what it is a part of.
    return [];
  }
  return [...rows].map(([results, number]) => ({ results, rows: number }));
}
