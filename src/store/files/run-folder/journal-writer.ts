import type { AppendFile } from '../../../disk/append-file.ts';
import type { RunError } from '../../../model/run-error.ts';
import { chainFrom, NO_LINES, type ChainHead } from '../../journal-chain.ts';
import type { JournalEntry } from '../../journal-line.ts';
import type { JournalWriter } from '../../run-store.ts';
import { unwritable } from './unwritable.ts';

/** A journal in a file. */
export interface FileJournal extends JournalWriter {
  /** Resolves once all that was noted is durable; rejects where it can't be. */
  readonly flush: () => Promise<void>;
  /** The same, and nobody else has written: what follows from the journal may be done. */
  readonly settle: () => Promise<void>;
  /** With all that was given to be written; once that failed, with what was written for sure. */
  readonly head: () => ChainHead;
  /** Whether what the file holds is not known, since it could not be written. */
  readonly failed: () => boolean;
  readonly close: () => Promise<void>;
}

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Group commit: entries queued while a flush is under way share the next one. After the first failure nothing more is
 * written: what the disk holds is then unknown, and only a resume may judge it. So it is once another process has written there.
 * `durable` is shown each entry once it is.
 */
export function writeJournal(
  file: AppendFile,
  start: ChainHead = NO_LINES,
  durable: (entry: JournalEntry) => void = () => undefined,
): FileJournal {
  const chain = chainFrom(start);
  let written = start;
  let lines: string[] = [];
  let entries: JournalEntry[] = [];
  let waiting: Waiting[] = [];
  let committing: Promise<void> | undefined;
  let failure: RunError | undefined;

  const commitAll = async (): Promise<void> => {
    while (lines.length > 0 && failure === undefined) {
      const bytes = Buffer.from(lines.join(''));
      const [served, sent] = [waiting, entries];
      const head = chain.head();
      lines = [];
      entries = [];
      waiting = [];
      try {
        // Before: nothing is written into what another process works on. After: nobody has come between.
        file.assertOurs();
        await file.append(bytes);
        await file.flush();
        file.assertOurs();
        written = head;
        for (const entry of sent) durable(entry);
        for (const one of served) one.resolve();
      } catch (error) {
        failure = unwritable("The run's journal", error);
        for (const one of [...served, ...waiting]) one.reject(failure);
      }
    }
    committing = undefined;
  };
  const queue = (entry: JournalEntry): void => {
    lines.push(chain.link(entry));
    entries.push(entry);
  };
  const commitSoon = (): void => {
    // Once round the event loop, so that whatever its answers bring shares the flush.
    committing ??= new Promise<void>((resolve) => setImmediate(resolve)).then(commitAll);
  };

  const assertSound = (): void => {
    if (failure !== undefined) throw failure;
  };
  const flush = async (): Promise<void> => {
    await committing;
    assertSound();
  };

  return {
    append: (entry) =>
      new Promise((resolve, reject) => {
        if (failure !== undefined) {
          reject(failure);
          return;
        }
        queue(entry);
        waiting.push({ resolve, reject });
        commitSoon();
      }),
    note: (entry) => {
      queue(entry);
      commitSoon();
    },
    flush,
    failed: () => failure !== undefined,
    head: () => (failure === undefined ? chain.head() : written),
    settle: async () => {
      await flush();
      try {
        file.assertOurs();
      } catch (error) {
        failure = unwritable("The run's journal", error);
        throw failure;
      }
    },
    close: async () => {
      await committing;
      await file.close();
      assertSound();
    },
  };
}
