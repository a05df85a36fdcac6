import type { RowStatus } from '../../../model/outcome.ts';
import type { Tally } from '../../../model/tally.ts';
import { identify } from '../../../store/input-bytes.ts';
import type { RunStore } from '../../../store/run-store.ts';
import type { Summary } from '../../../store/summary.ts';
import { resultRows } from '../result-rows.ts';
import { verifyRemains } from './verify-remains.ts';
import type { Verification } from './verification.ts';

/** A run's results, and its summary where there is one: all that may be left of it. */
export interface Remains {
  readonly name: string;
  readonly results: () => AsyncIterable<Uint8Array>;
  readonly summary: string | undefined;
  /** The run's folder, where it stands in its place all the same, and its journal is empty or gone. */
  readonly emptied?: string | undefined;
}

/** What is read of a disk. */
interface FilesThere {
  readonly exists: (path: string) => Promise<boolean>;
  readonly read: (path: string) => AsyncIterable<Uint8Array>;
  readonly readWhole: (path: string) => Promise<Uint8Array | undefined>;
}

/** Results without a run, and what stands beside them. */
export async function remainsOf(
  name: string,
  { disk, runs }: { readonly disk: FilesThere; readonly runs: Pick<RunStore, 'places' | 'holder'> },
): Promise<Remains> {
  const { summary, folder } = runs.places(name);
  const text = await disk.readWhole(summary);
  // Of a run that has just begun, the journal is to come.
  const isEmptied = (await disk.exists(folder)) && (await runs.holder(name)) === undefined;
  return {
    name,
    results: () => disk.read(name),
    summary: text && Buffer.from(text).toString('utf8'),
    emptied: isEmptied ? folder : undefined,
  };
}

/** Where a run stood, told without its folder. */
export interface RemainsStatus {
  readonly version: 1;
  readonly state: 'finished';
  /** Counted in the results as they are now. */
  readonly counts: Tally;
  readonly summary: Summary | undefined;
  /** Whether the results are those that the summary tells of; absent where there is none. */
  readonly resultsIntact: boolean | undefined;
  /** The run's folder, where it has no journal any more; absent where it does not stand there. */
  readonly emptied?: string;
  readonly verification: Verification;
}

/** Reads the results line by line. Rejects with `input_unreadable` where they are no results. */
export async function readRemains({
  name,
  results,
  summary: text,
  emptied,
}: Remains): Promise<RemainsStatus> {
  const summary = text === undefined ? undefined : parseSummary(text);
  const counts = await countResults(name, results());
  const { sha256 } = await identify(name, results());
  return {
    version: 1,
    state: 'finished',
    counts,
    summary,
    resultsIntact: summary && summary.results.sha256 === sha256,
    verification: verifyRemains({ sha256, counts, emptied }, summary),
    ...(emptied !== undefined && { emptied }),
  };
}

/** Counts the lines of results by what they say. Rejects with `input_unreadable` where they are no results. */
export async function countResults(name: string, bytes: AsyncIterable<Uint8Array>): Promise<Tally> {
  const byStatus: Partial<Record<RowStatus, number>> = {};
  const byException: Record<string, number> = {};
  let rows = 0;
  let attempts = 0;
  for await (const earlier of resultRows(name, bytes)) {
    rows += 1;
    if (earlier === undefined) continue;
    byStatus[earlier.status] = (byStatus[earlier.status] ?? 0) + 1;
    attempts += earlier.attempts;
    const exception = earlier.cells.exception ?? '';
    if (exception !== '') byException[exception] = (byException[exception] ?? 0) + 1;
  }
  return { rows, byStatus, byException, attempts };
}

/** `undefined` for what is no summary of ours: it is told as if it weren't there. */
export function parseSummary(text: string): Summary | undefined {
  try {
    // Its shape is looked at just below, as far as it is relied on.
    const summary = JSON.parse(text) as Partial<Summary> | null;
    const { results, tool, command, finishedAt } = summary ?? {};
    const isOurs = [results?.sha256, tool, command, finishedAt].every((part) => typeof part === 'string');
    return isOurs ? (summary as Summary) : undefined;
  } catch {
    return undefined;
  }
}
