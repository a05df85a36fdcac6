import { identify } from '../../../store/input-bytes.ts';
import type { RunRecord, RunStore } from '../../../store/run-store.ts';
import { RunError } from '../../../model/run-error.ts';
import type { Corrections, LineTeller } from '../../rows/hold-lines.ts';
import { journalFault } from '../journal-fault.ts';
import { resultsAsLeft } from '../results-as-left.ts';
import { earlierRun, isRunAgainOf, ownerOf } from './earlier-run.ts';

/** Results that somebody has corrected since, and that a run beside theirs was given as they are now. */
export interface Corrected extends Corrections {
  readonly sha256: string;
  /** The later runs, by their results. */
  readonly again: readonly string[];
}

/** What looking at results takes. */
export interface Looking {
  readonly runs: Pick<RunStore, 'beside'>;
  readonly teller: LineTeller;
  /** Results that are longer are not looked at. */
  readonly mostBytes: number;
}

/** `undefined` where the results are as the run left them, no run was given them so, or a line claims what the journal does not know. */
export async function correctedSince(
  run: RunRecord,
  { runs, teller, mostBytes }: Looking,
): Promise<Corrected | undefined> {
  const { results, run: name = results } = run.places;
  if ((await resultsAsLeft(run, mostBytes)) !== 'changed') return undefined;
  const bytes = await run.publishedResults();
  if (bytes === undefined) return undefined;
  const { sha256 } = await identify(results, bytes);
  const asNow = { ...earlierRun(run), resultsSha256: sha256 };
  const found = await runs.beside({ name, is: (job) => isRunAgainOf(job, asNow) });
  const again: string[] = [];
  for (const later of found)
    if (ownerOf(later) === asNow.owner && (await journalFault(later)) === undefined)
      again.push(later.places.results);
  const corrections = again.length === 0 ? undefined : await correctionsOf(run, teller);
  return corrections && { ...corrections, sha256, again };
}

/** Line by line, beside the journal and the input. */
async function correctionsOf(run: RunRecord, teller: LineTeller): Promise<Corrections | undefined> {
  const bytes = await run.publishedResults();
  if (bytes === undefined || (await journalFault(run)) !== undefined) return undefined;
  // Loaded when they are asked for: what reads results is most of the program.
  const [{ holdLines }, { openResults }] = await Promise.all([
    import('../../rows/hold-lines.ts'),
    import('../result-rows.ts'),
  ]);
  try {
    const held = await holdLines(run, await openResults(run.places.results, bytes), teller);
    const { different, missing, corrected } = held;
    return missing === 0 && corrected.rows === different ? corrected : undefined;
  } catch (error) {
    // A spreadsheet may have left what is no results any more; or the copy of the input is none.
    if (error instanceof RunError) return undefined;
    throw error;
  }
}
