import type { Disk } from '../../../disk/disk.ts';
import { foldChain, type ChainHead } from '../../journal-chain.ts';
import { foldJournal, type JournalState } from '../../journal-state.ts';
import type { JournalFound } from '../../run-store.ts';
import { hasLostJournal, journalLost } from './damaged-folder.ts';
import { readJournal } from '../journal/read-journal.ts';
import type { RunPaths } from './run-paths.ts';

/** A journal's state, and how far it is sound. */
export interface FoundState {
  /** Empty where there is no journal yet. */
  readonly state: JournalState;
  /** Length up to the last sound entry: what follows is torn. */
  readonly soundBytes: number;
  /** The chain up to there. */
  readonly chain: ChainHead;
  readonly found: JournalFound;
}

/**
 * Folds the run's journal.
 *
 * @throws RunError `state_damaged` where the journal is lost
 */
export async function readState(paths: RunPaths, disk: Disk): Promise<FoundState> {
  const fold = foldJournal();
  let soundBytes = 0;
  let bytes = 0;
  const links = foldChain();
  let beforeEnd: ChainHead | undefined;
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const piece of disk.read(paths.journal)) {
      bytes += piece.length;
      yield piece;
    }
  };
  if (await disk.exists(paths.journal)) {
    for await (const { entry, line, endByte } of readJournal(paths.journal, counted())) {
      if (entry.t === 'end') beforeEnd = headIn(links.found());
      links.add(line);
      fold.add(entry);
      soundBytes = endByte;
    }
  }
  const state = fold.state();
  if (state.job === undefined && (await hasLostJournal(paths, disk))) throw journalLost(paths);
  const { brokenAt, ...head } = links.found();
  const chain = headIn(head);
  const found = { chain: beforeEnd ?? chain, brokenAt, bytesBehind: bytes - soundBytes };
  return { state, soundBytes, chain, found };
}

function headIn({ lines, sha256 }: ChainHead): ChainHead {
  return { lines, sha256 };
}
