import type { Disk } from '../../../disk/disk.ts';
import type { JobEntry, MarkEntry } from '../../journal-line.ts';
import { foldChain, NO_LINES, type ChainHead } from '../../journal-chain.ts';
import { foldJournal, type JournalState } from '../../journal-state.ts';
import type { JournalFound, ReadFrom } from '../../run-store.ts';
import { hasLostJournal, journalLost } from './damaged-folder.ts';
import { stateAt } from '../../marks/packed-state.ts';
import { linesBack } from '../../journal/lines-back.ts';
import { marksBack, type PlacedMark } from '../../journal/marks-back.ts';
import { readJournal } from '../../journal/read-journal.ts';
import type { RunPaths } from './run-paths.ts';

/** A journal's state, and how far it is sound. */
export interface FoundState {
  /** Empty where there is no journal yet. */
  readonly state: JournalState;
  /** Where reading began; `undefined`: at the beginning. */
  readonly mark: MarkEntry | undefined;
  /** Length up to the last sound entry: what follows is torn. */
  readonly soundBytes: number;
  /** The chain up to there. */
  readonly chain: ChainHead;
  readonly found: JournalFound;
}

/** Of a run that has no journal yet. */
export const NOTHING_FOUND: FoundState = {
  state: foldJournal().state(),
  mark: undefined,
  soundBytes: 0,
  chain: NO_LINES,
  found: { chain: NO_LINES, brokenAt: undefined, bytesBehind: 0 },
};

/**
 * Folds the run's journal.
 *
 * @throws RunError `state_damaged` where the journal is lost
 */
export async function readState(paths: RunPaths, disk: Disk, from: ReadFrom): Promise<FoundState> {
  const begin = from === 'beginning' ? undefined : await newestMark(paths.journal, disk);
  const fold = foldJournal(begin?.state);
  const links = foldChain(undefined, begin?.before);
  const { fromByte = 0 } = begin ?? {};
  let soundBytes = 0;
  let bytes = fromByte;
  let beforeEnd: ChainHead | undefined;
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const piece of disk.read(paths.journal, fromByte)) {
      bytes += piece.length;
      yield piece;
    }
  };
  if (await disk.exists(paths.journal)) {
    for await (const { entry, line, endByte } of readJournal(paths.journal, counted(), fromByte)) {
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
  return { state, mark: begin?.mark, soundBytes, chain, found };
}

interface Beginning extends PlacedMark {
  readonly state: JournalState;
}

async function newestMark(path: string, disk: Disk): Promise<Beginning | undefined> {
  if (!(await disk.exists(path))) return undefined;
  const job = await firstLine(path, disk);
  if (job === undefined) return undefined;
  for await (const placed of marksBack(linesBack(disk.readBack(path)), job.id)) {
    return { ...placed, state: stateAt(placed.mark, job) };
  }
  return undefined;
}

async function firstLine(path: string, disk: Disk): Promise<JobEntry | undefined> {
  for await (const { entry } of readJournal(path, disk.read(path))) {
    return entry.t === 'job' ? entry : undefined;
  }
  return undefined;
}

function headIn({ lines, sha256 }: ChainHead): ChainHead {
  return { lines, sha256 };
}
