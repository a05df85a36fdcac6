import { RunError } from '../../model/run-error.ts';
import type { RunRecord } from '../../store/run-store.ts';
import { partsOf } from './summary-parts.ts';

/**
 * What shows that a journal is not as its run left it: lines that don't follow each other, or fewer than its summary was written after.
 * A clause; `undefined` where nothing does. Whole chains can be forged: the last hash, kept elsewhere, shows that.
 */
export async function journalFault(run: RunRecord): Promise<string | undefined> {
  const { brokenAt, chain, state } = run;
  if (brokenAt !== undefined) return `line ${brokenAt} does not follow the one before it`;
  const { journal: told } = partsOf(await run.publishedSummary());
  if (told === undefined) return undefined;
  if (chain.lines < told.lines)
    return `the summary was written after ${told.lines} lines, and it has ${chain.lines}`;
  const isOther = state.end !== undefined && chain.lines === told.lines && chain.sha256 !== told.sha256;
  return isOther ? `its line ${told.lines} is not the one that the summary names` : undefined;
}

/** Refuses to take a run at its journal's word where that was changed. */
export async function assertSoundJournal(run: RunRecord): Promise<void> {
  const fault = await journalFault(run);
  if (fault === undefined) return;
  throw new RunError(
    'state_damaged',
    `The journal in ${run.places.folder} was changed: ${fault}. What the run did can't be told from it.`,
    { code: 'restore_changed_folder' },
  );
}
