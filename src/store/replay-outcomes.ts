import type { RowOutcome } from '../model/outcome.ts';
import { RunError } from '../model/run-error.ts';
import type { DoneEntry, JournalEntry } from './journal-line.ts';

/** The outcomes that earlier sessions recorded, asked for row by row in the input's order. */
export interface RecordedOutcomes {
  /** `key` is the row's opportunity, type and identifier now: another one than was recorded is a damaged run. */
  readonly take: (ordinal: number, key: string) => Promise<RowOutcome | undefined>;
  /** Nothing is recorded that was not taken. */
  readonly isOver: () => boolean;
  /** Lets the journal go where it was not read to its end. */
  readonly close: () => Promise<void>;
}

/**
 * Reads the journal along with the input. Rows are settled at most a window ahead of the first unsettled one, so only
 * that many outcomes are ever held.
 */
export function replayOutcomes(entries: AsyncIterable<JournalEntry>): RecordedOutcomes {
  const done = replayDone(entries);
  return {
    take: async (ordinal, key) => {
      const recorded = await done.take(ordinal);
      if (recorded !== undefined && recorded.key !== key) throw otherRow(ordinal, recorded.key, key);
      return recorded?.outcome;
    },
    isOver: done.isOver,
    close: done.close,
  };
}

/** The same for whoever judges for himself whether they are of the rows that he has. */
export interface RecordedEnds {
  readonly take: (ordinal: number) => Promise<DoneEntry | undefined>;
  readonly isOver: () => boolean;
  readonly close: () => Promise<void>;
}

export function replayDone(entries: AsyncIterable<JournalEntry>): RecordedEnds {
  const done = doneEntries(entries);
  const ahead = new Map<number, DoneEntry>();
  let ended = false;
  return {
    isOver: () => ended && ahead.size === 0,
    take: async (ordinal) => {
      while (!ahead.has(ordinal)) {
        const next = await done.next();
        ended = next.done === true;
        if (next.done === true) return undefined;
        ahead.set(next.value.ordinal, next.value);
      }
      const recorded = ahead.get(ordinal);
      ahead.delete(ordinal);
      return recorded;
    },
    close: async () => {
      await done.return(undefined);
    },
  };
}

async function* doneEntries(entries: AsyncIterable<JournalEntry>): AsyncGenerator<DoneEntry> {
  for await (const entry of entries) if (entry.t === 'done') yield entry;
}

function otherRow(ordinal: number, recorded: string, now: string): RunError {
  return new RunError(
    'state_damaged',
    `The run's journal has "${recorded}" for data row ${ordinal + 1}, but its copy of the input has "${now}".`,
    { code: 'begin_again' },
  );
}
