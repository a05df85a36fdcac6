import type { DoneEntry, JournalEntry, MarkEntry } from '../journal-line.ts';
import { foldJournal, type JournalFold, type JournalState } from '../journal-state.ts';
import type { Progress } from '../run-store.ts';
import { packState } from './packed-state.ts';

/** Follows what a session writes into a journal, so that it can be marked. */
export interface MarkKeeper extends JournalFold {
  /** So many rows, from the first on, have their lines: no mark will tell of them. */
  readonly passed: (rows: number) => void;
  /** The mark of that progress; `undefined` where none can stand here. */
  readonly mark: (progress: Progress, run: string) => MarkEntry | undefined;
}

/** More rows behind the first that is not settled make a mark long: the next one has fewer. */
const MOST_AHEAD = 256;

/** `before`: what earlier sessions wrote. */
export function keepMarks(before: JournalState): MarkKeeper {
  const fold = foldJournal(before);
  const ahead = new Map<number, DoneEntry>();
  const passed = (rows: number): void => {
    for (const ordinal of ahead.keys()) if (ordinal < rows) ahead.delete(ordinal);
  };
  return {
    passed,
    state: fold.state,
    add: (entry: JournalEntry) => {
      fold.add(entry);
      if (entry.t === 'done') ahead.set(entry.ordinal, entry);
    },
    mark: (progress, run) => {
      const { rows, results, kept } = progress;
      passed(rows);
      // What earlier sessions settled behind these rows is not at hand.
      if (rows <= before.furthest || ahead.size > MOST_AHEAD) return undefined;
      const state = packState(fold.state());
      return { t: 'mark', version: 1, run, rows, results, ahead: [...ahead.values()], state, kept };
    },
  };
}
