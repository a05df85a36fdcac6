import type { InputOptions } from '../../input/columns/input-options.ts';
import type { RowStatus } from '../../model/outcome.ts';
import type { ValidRow } from '../../model/row.ts';
import type { MaxFailures } from '../../calls/stop/max-failures.ts';
import type { Clock, Dice } from '../../model/clock.ts';
import type { RunStore, RunTerms } from '../../store/run-store.ts';
import type { OpenService } from '../service/open-service.ts';
import type { Operation } from '../../model/operation.ts';
import type { RetryPolicy } from '../../partner-central/retry.ts';
import type { SettledRow } from '../../results/results-csv.ts';
import type { StopSwitch } from '../../calls/stop/stop-switch.ts';
import type { RereadableInput, Survey } from './survey-input.ts';

/** One run, as it was asked for. */
export interface RunRequest extends RunTerms {
  readonly command: string;
  readonly operationOf: (row: ValidRow) => Operation;
  readonly inputOptions: InputOptions;
  readonly retryPolicy: RetryPolicy;
  readonly maxFailures: MaxFailures;
  /** Where the input is a results file: the statuses whose rows are run again; all, if absent. */
  readonly only: readonly RowStatus[] | undefined;
  /** Valid rows to settle in this session, at most. */
  readonly limit: number;
  /** Rows whose work is under way at once, at most. */
  readonly slots: number;
  /** Of these, the rows that wait for their first call. */
  readonly waiting: number;
  /** Read each opportunity before anything of it is changed. */
  readonly preflight: boolean;
  /** Don't remove an opportunity's last entity of its type. */
  readonly protectLast: boolean;
  /** Leave out rows whose opportunity's review status suggests a refusal. */
  readonly skipLocked: boolean;
  /** The identifiers are those of calls that were made before: none is a slip of writing. */
  readonly provenIds: boolean;
  /** Tell what would be done, and write nothing. */
  readonly planOnly: boolean;
  readonly defuseAll: boolean;
  /** Spells the options that sentences in the results name, where whoever reads them has flags. */
  readonly spell?: (sentence: string) => string;
  /** For the summary: the options in force. */
  readonly options: Readonly<Record<string, string | number | boolean>>;
}

/** What is about to be done. */
export interface WorkAhead {
  readonly survey: Survey;
  /** Of its rows to run, those that earlier sessions have settled. */
  readonly rowsDone: number;
}

/** What a run needs of the world, beside its request. */
export interface JobDependencies {
  readonly runs: RunStore;
  readonly clock: Clock;
  /** Connects to the service, or starts the emulator; called once the input is known to be good. */
  readonly openService: (input: RereadableInput) => Promise<OpenService>;
  /** Asks whoever may be asked; rejects with a `RunError` where the answer is no. */
  readonly confirm: (ahead: WorkAhead, service: OpenService) => Promise<void>;
  readonly stopSwitch: StopSwitch;
  /** Sees each row once its line is written, in the input's order; the run waits for it. */
  readonly settled?: (settled: SettledRow) => Promise<void>;
  readonly dice: Dice;
}
