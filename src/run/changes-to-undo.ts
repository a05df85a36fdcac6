import type { Disk } from '../disk/disk.ts';
import { openInput } from '../input/open-input.ts';
import type { WriteOperation } from '../model/call.ts';
import type { Target } from '../model/row.ts';
import type { JobEntry } from '../results/journal-line.ts';
import { readJournal } from '../results/read-journal.ts';
import { replayOutcomes } from '../results/replay-outcomes.ts';
import { rowKey } from '../results/row-key.ts';
import type { RunPaths } from '../results/run-paths.ts';
import { inputOptionsFrom } from './input-terms.ts';
import type { Operation } from './operation.ts';

/** What takes back what a run really changed for one of its rows. */
export interface ChangeToUndo {
  readonly row: number;
  /** With a replacement, what the run removed is attached before what it attached is removed. */
  readonly operation: Operation;
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
      const own = job.terms['command'] === 'associate' ? 'associate' : 'disassociate';
      changes.push({ row: row.row, finishedAt, ...inverse(own, row.target, made) });
    }
  }
  return changes.toReversed().toSorted((left, right) => right.finishedAt - left.finishedAt);
}

/** Only what was made is taken back: of a replacement, perhaps one of its two calls. */
function inverse(
  operation: Operation,
  { opportunityId, entity, replacement }: Target,
  made: readonly WriteOperation[],
): Pick<ChangeToUndo, 'operation' | 'target'> {
  if (operation === 'associate') return { operation: 'disassociate', target: { opportunityId, entity } };
  if (replacement === undefined || !made.includes('AssociateOpportunity')) {
    return { operation: 'associate', target: { opportunityId, entity } };
  }
  const removed = made.includes('DisassociateOpportunity') ? { replacement: entity } : {};
  return { operation: 'disassociate', target: { opportunityId, entity: replacement, ...removed } };
}
