import type { Disk } from '../../../disk/disk.ts';
import type { JournalEntry } from '../../journal-line.ts';
import { headAfter, NO_LINES, type ChainHead } from '../../journal-chain.ts';
import { foldJournal, type JournalState } from '../../journal-state.ts';
import { hasLostJournal, journalLost } from './damaged-folder.ts';
import { readJournal } from './read-journal.ts';
import type { RunPaths } from './run-paths.ts';

/** A journal's state, and how far it is sound. */
export interface FoundState {
  /** Empty where there is no journal yet. */
  readonly state: JournalState;
  /** Length up to the last sound entry: what follows is torn. */
  readonly soundBytes: number;
  /** The chain up to there. */
  readonly chain: ChainHead;
}

/**
 * Folds the run's journal; `seen` is shown each entry.
 *
 * @throws RunError `state_damaged` where the journal is lost
 */
export async function readState(
  paths: RunPaths,
  disk: Disk,
  seen: (entry: JournalEntry) => void = () => undefined,
): Promise<FoundState> {
  const fold = foldJournal();
  let soundBytes = 0;
  let lines = 0;
  let last: string | undefined;
  if (await disk.exists(paths.journal)) {
    for await (const { entry, line, endByte } of readJournal(paths.journal, disk.read(paths.journal))) {
      fold.add(entry);
      seen(entry);
      soundBytes = endByte;
      lines += 1;
      last = line;
    }
  }
  const state = fold.state();
  if (state.job === undefined && (await hasLostJournal(paths, disk))) throw journalLost(paths);
  return { state, soundBytes, chain: last === undefined ? NO_LINES : headAfter(last, lines) };
}
