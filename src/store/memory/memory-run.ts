import type { Holder } from '../holder.ts';
import type { JobEntry, JournalEntry } from '../journal-line.ts';

/** All that is kept of a run. */
export interface MemoryRun {
  readonly job: JobEntry;
  readonly input: readonly Uint8Array[];
  readonly journal: JournalEntry[];
  /** The results so far, in pieces. */
  partialResults: string[];
  results: string | undefined;
  summary: string | undefined;
  holder: Holder | undefined;
}
