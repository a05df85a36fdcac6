import { chainFrom, type ChainHead } from '../../journal-chain.ts';
import type { JournalEntry } from '../../journal-line.ts';
import type { JournalWriter } from '../../run-store.ts';
import type { Committer } from '../database/committer.ts';
import type { CallToCount, RunToken } from '../database/write.ts';

/** The journal of a run that is ours. */
export interface RunJournal extends JournalWriter {
  /** The entry and a call of the account: both are durable once it resolves, or neither. */
  readonly appendWith: (entry: JournalEntry, call: CallToCount) => Promise<void>;
  /** Resolves once all that was noted is durable; rejects where it can't be. */
  readonly flush: () => Promise<void>;
  /** With all that was given to be written; once that failed, with what was written for sure. */
  readonly head: () => ChainHead;
  /** The line and the head of an entry that is written elsewhere, with more in one step. */
  readonly link: (entry: JournalEntry) => { readonly line: string; readonly head: ChainHead };
}

/** `durable` is shown each entry once it is. */
export function journalOf(
  run: RunToken,
  committer: Committer,
  durable: (entry: JournalEntry) => void,
): RunJournal {
  const chain = chainFrom(run.written);
  const link: RunJournal['link'] = (entry) => ({ line: chain.link(entry), head: chain.head() });
  const write = async (entry: JournalEntry, call?: CallToCount): Promise<void> => {
    if (run.failure !== undefined) throw run.failure;
    const line = { run, ...link(entry), isMark: entry.t === 'mark' };
    await committer.add({ line, ...(call !== undefined && { call }) });
    durable(entry);
  };
  return {
    append: (entry) => write(entry),
    appendWith: write,
    note: (entry) => {
      // Whatever comes of it meets the next one that is appended.
      write(entry).catch(() => undefined);
    },
    flush: async () => {
      await committer.idle();
      if (run.failure !== undefined) throw run.failure;
    },
    head: () => (run.failure === undefined ? chain.head() : run.written),
    link,
  };
}
