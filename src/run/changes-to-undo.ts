import type { Disk } from '../disk/disk.ts';
import { openInput } from '../input/open-input.ts';
import type { Target } from '../model/row.ts';
import type { JobEntry } from '../results/journal-line.ts';
import { readJournal } from '../results/read-journal.ts';
import { replayOutcomes } from '../results/replay-outcomes.ts';
import { rowKey } from '../results/row-key.ts';
import type { RunPaths } from '../results/run-paths.ts';
import { inputOptionsFrom } from './input-terms.ts';

/** What a run really changed for one of its rows. */
export interface ChangeToUndo {
  readonly row: number;
  /** With a replacement where the run attached one. */
  readonly target: Target;
  /** Epoch milliseconds. */
  readonly finishedAt: number;
}

/** The rows that a run really changed, newest first. Held in memory: some 200 bytes a row. */
export async function changesToUndo(
  job: JobEntry,
  soundBytes: number,
  paths: RunPaths,
  disk: Disk,
): Promise<readonly ChangeToUndo[]> {
  const { batches } = await openInput(
    { name: job.input.name, bytes: disk.read(paths.inputCopy) },
    inputOptionsFrom(job.terms),
  );
  const recorded = replayOutcomes(readJournal(paths.journal, disk.read(paths.journal)), soundBytes);
  const changes: ChangeToUndo[] = [];
  for await (const batch of batches) {
    for (const row of batch) {
      if (row.kind !== 'valid') continue;
      const outcome = await recorded.take(row.ordinal, rowKey(row.target));
      if (outcome === undefined || !('calls' in outcome) || outcome.calls.made === undefined) continue;
      const { made, finishedAt = 0 } = outcome.calls;
      const { replacement, ...own } = row.target;
      const attached = job.terms['operation'] === 'disassociate' && made.includes('AssociateOpportunity');
      const target = attached && replacement !== undefined ? { ...own, replacement } : own;
      changes.push({ row: row.row, target, finishedAt });
    }
  }
  return changes.toReversed().toSorted((left, right) => right.finishedAt - left.finishedAt);
}
