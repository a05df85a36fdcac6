import type { InputOptions } from '../../input/columns/input-options.ts';
import type { AskedMap } from './offline-pairs.ts';
import type { RowStatus } from '../../model/outcome.ts';
import type { CallLimits } from '../service/call-limits.ts';
import type { CallOptions } from '../../calls/call-context.ts';
import type { RecordedOptions } from '../../store/journal-line.ts';
import type { RunTerms } from '../../store/run-store.ts';
import type { RetryPolicy } from '../../partner-central/retry.ts';

/** One run, as it was asked for. */
export interface RunRequest extends RunTerms, CallOptions {
  readonly command: string;
  readonly inputOptions: InputOptions;
  readonly replaceMap?: AskedMap | undefined;
  /** Whether all lines of an export are meant. */
  readonly allLines?: boolean;
  readonly retryPolicy: RetryPolicy;
  /** Where the input is a results file: the statuses whose rows are run again; all, if absent. */
  readonly only: readonly RowStatus[] | undefined;
  /** Valid rows to settle in this session, at most. */
  readonly limit: number;
  /** Rows whose work is under way at once, at most. */
  readonly slots: number;
  /** Of these, the rows that wait for their first call. */
  readonly waiting: number;
  readonly defuseAll: boolean;
  /** Spells the options that sentences in the results name, where whoever reads them has flags. */
  readonly spell?: (sentence: string) => string;
  /** The command that goes on with the run, where one began it. */
  readonly goOn?: string;
  /** Of a plan, the same of the run that it plans. */
  readonly runIt?: string;
  /** As a fleet's workers know the run; absent where it is no fleet's. */
  readonly fleetRun?: string;
  /** The limits of the real run, where this one is a rehearsal that is not held to them. */
  readonly rehearses?: CallLimits;
  /** The run that this one takes back: by ACCOUNT/RUN, where a store has it, and the accounts that it is of, as far as that is known. */
  readonly undoes?: { readonly run: string | undefined; readonly accounts: readonly string[] };
  /** In force, as the session's record keeps them. */
  readonly options: RecordedOptions;
}
