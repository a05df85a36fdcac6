import { RunError } from '../../../model/run-error.ts';
import { foldChain } from '../../journal-chain.ts';
import type { JobEntry, JournalEntry } from '../../journal-line.ts';
import { readJournal } from '../../journal/read-journal.ts';
import { gatherWritesBack } from '../../recent-events.ts';
import type { RunContents, RunPlaces } from '../../run-store.ts';
import type { Ask } from '../database/database.ts';
import type { KeptState } from './kept-state.ts';
import { isKept, keptBytes, keptLines } from './kept-text.ts';
import type { RunRow } from './run-row.ts';

export interface KeptRun extends KeptState {
  readonly row: RunRow;
  readonly job: JobEntry;
  readonly places: RunPlaces;
}

/** The contents of a run, read from its store whenever they are asked for. */
export function contentsOf({ row, job, state, mark, found, places }: KeptRun, ask: Ask): RunContents {
  const entries = (): AsyncIterable<JournalEntry> => entriesOf(ask, row, places.folder);
  return {
    job,
    state,
    found,
    marked: mark?.kept,
    places,
    input: () => copyOf(ask, row, places),
    entries,
    newestWrites: async () => {
      const times = gatherWritesBack(state.writes);
      const noted: JournalEntry[] = [];
      for await (const entry of entries()) if (entry.t === 'try' || entry.t === 'session') noted.push(entry);
      for (const entry of noted.toReversed()) if (!times.add(entry)) break;
      return times.timesMs();
    },
    publishedResults: async () =>
      (await isKept(ask, 'published', row.id)) ? keptBytes(ask, 'published', row.id) : undefined,
    resultsSoFar: async () =>
      (await isKept(ask, 'result', row.id)) ? keptBytes(ask, 'result', row.id) : undefined,
    publishedSummary: async () => {
      const [told] = await ask<{ summary: string | null }>('select summary from oppsweep.run where id = $1', [
        row.id,
      ]);
      return told?.summary ?? undefined;
    },
    checkChain: async (at) => {
      const fold = foldChain(at);
      for await (const { line } of readJournal(places.folder, keptLines(ask, row.id, 1))) fold.add(line);
      return fold.found();
    },
  };
}

/** Lines that are written from now on are of the session that reads here. */
async function* entriesOf(ask: Ask, { id, lines }: RunRow, words: string): AsyncGenerator<JournalEntry> {
  for await (const { entry } of readJournal(words, keptLines(ask, id, 1, lines))) yield entry;
}

async function* copyOf(ask: Ask, { id }: RunRow, { inputCopy }: RunPlaces): AsyncGenerator<Uint8Array> {
  if (!(await isKept(ask, 'input', id))) throw copyDamaged(inputCopy, 'is gone');
  yield* keptBytes(ask, 'input', id);
}

export function copyDamaged(inputCopy: string, how: 'is gone' | 'was changed'): RunError {
  const what = `${inputCopy.charAt(0).toUpperCase()}${inputCopy.slice(1)}`;
  return new RunError('state_damaged', `${what} ${how}.`, { code: 'begin_again' });
}
