import { RunError } from '../../model/run-error.ts';
import type { RunContents } from '../../store/run-store.ts';
import { partsOf } from './summary-parts.ts';

type JudgedRun = Pick<RunContents, 'job' | 'state' | 'found' | 'places' | 'publishedSummary'>;

/**
 * What shows that a journal is not as its run left it: lines that don't follow each other, or fewer than its summary was written after.
 * A clause; `undefined` where nothing does. Whole chains can be forged: the last hash, kept elsewhere, shows that.
 */
export async function journalFault(run: JudgedRun): Promise<string | undefined> {
  const { brokenAt, chain } = run.found;
  if (brokenAt !== undefined) return `line ${brokenAt} does not follow the one before it`;
  const { journal: told, runId } = partsOf(await run.publishedSummary());
  if (told === undefined) return undefined;
  if (runId !== run.job.id) return `${run.places.summary} ${OF_ANOTHER}`;
  if (chain.lines < told.lines)
    return `the summary was written after ${told.lines} lines, and it has ${chain.lines}`;
  const isOther = chain.lines === told.lines && chain.sha256 !== told.sha256;
  return isOther ? `its line ${told.lines} is not the one that the summary names` : undefined;
}

const OF_ANOTHER = 'is the summary of another run';

/** What a fault means: where the folder and the summary are of two runs, neither needs to have been changed. A clause. */
export function faultWords(fault: string): string {
  return fault.endsWith(OF_ANOTHER)
    ? `the folder and the summary are not of one run: ${fault}, or the folder is`
    : `the journal was changed: ${fault}`;
}

/** Refuses to take a run at its journal's word where that was changed: before it is gone on with, and before it is undone. */
export async function assertSoundJournal(run: JudgedRun): Promise<void> {
  const fault = await journalFault(run);
  if (fault === undefined) return;
  throw new RunError(
    'state_damaged',
    `${run.places.folder}: ${faultWords(fault)}. What the run did can't be told from it.`,
    { code: 'restore_changed_folder' },
  );
}
