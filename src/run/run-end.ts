import type { RunError } from '../model/run-error.ts';
import type { ChainHead } from '../store/journal-chain.ts';
import type { Summary } from '../store/summary.ts';
import type { HalfReplaced } from './record/half-replaced.ts';
import type { TakenBack } from './record/since/taken-back.ts';
import type { RowsDone } from './rows/rows-done.ts';
import type { RunDigest } from './run-digest.ts';
import type { Tally } from '../model/tally.ts';

/** How a run, or this session of it, ended; and what of it was undone before, which its counts still have as done. */
export type RunEnd = SessionEnd & { readonly takenBack?: readonly TakenBack[] };

export type SessionEnd =
  | {
      readonly kind: 'finished';
      readonly tally: Tally;
      readonly digest: RunDigest;
      readonly summary: Summary;
    }
  /** An earlier session had finished it; nothing was done. */
  | {
      readonly kind: 'finished_before';
      readonly tally: Tally;
      readonly at: string;
      /** Whether the results file is still as the run left it. */
      readonly resultsIntact: boolean;
    }
  | {
      readonly kind: 'stopped';
      readonly done: RowsDone;
      readonly digest: RunDigest;
      readonly reason: RunError;
      /** How far the chain of the journal's lines has come. */
      readonly journal: ChainHead;
      /** Rows between whose calls it stopped. */
      readonly halfReplaced: readonly HalfReplaced[];
    };
