import { foldChain, type ChainHead } from '../../journal-chain.ts';
import type { MarkEntry } from '../../journal-line.ts';
import { foldJournal, type JournalState } from '../../journal-state.ts';
import { marksBack, type PlacedMark } from '../../journal/marks-back.ts';
import { readJournal } from '../../journal/read-journal.ts';
import { stateAt } from '../../marks/packed-state.ts';
import type { JournalFound, ReadFrom } from '../../run-store.ts';
import type { Ask } from '../database/database.ts';
import { heldOnce } from './held-once.ts';
import { keptLines, markLinesBack } from './kept-text.ts';
import type { RunRow } from './run-row.ts';

/** A run's journal, folded up to the last line that its row tells of. */
export interface KeptState {
  readonly state: JournalState;
  /** Where reading began; `undefined`: at the beginning. */
  readonly mark: MarkEntry | undefined;
  readonly chain: ChainHead;
  readonly found: JournalFound;
}

export async function readKeptState(
  ask: Ask,
  row: RunRow,
  words: string,
  from: ReadFrom,
): Promise<KeptState> {
  const begin = from === 'beginning' ? undefined : await newestMark(ask, row, words);
  const fold = foldJournal(begin?.state);
  const links = foldChain(undefined, begin?.before);
  let beforeEnd: ChainHead | undefined;
  const lines = keptLines(ask, row.id, begin?.fromByte ?? 1, row.lines);
  for await (const { entry, line } of readJournal(words, lines)) {
    if (entry.t === 'end') beforeEnd = headIn(links.found());
    links.add(line);
    fold.add(entry);
  }
  const { brokenAt, ...found } = links.found();
  const chain = headIn(found);
  // Lines that were cut off break no link: the row tells how far they had come.
  const cutOff = chain.lines === row.lines && chain.sha256 === row.head ? undefined : chain.lines + 1;
  const { resolved, ...state } = fold.state();
  return {
    state: { ...state, resolved: resolved && heldOnce(resolved) },
    mark: begin?.mark,
    chain,
    found: { chain: beforeEnd ?? chain, brokenAt: brokenAt ?? cutOff, bytesBehind: 0 },
  };
}

interface Beginning extends PlacedMark {
  readonly state: JournalState;
}

async function newestMark(ask: Ask, row: RunRow, words: string): Promise<Beginning | undefined> {
  for await (const { entry: job } of readJournal(words, keptLines(ask, row.id, 1, 1))) {
    if (job.t !== 'job') return undefined;
    for await (const placed of marksBack(markLinesBack(ask, row.id, row.lines), job.id)) {
      return { ...placed, state: stateAt(placed.mark, job) };
    }
  }
  return undefined;
}

function headIn({ lines, sha256 }: ChainHead): ChainHead {
  return { lines, sha256 };
}
