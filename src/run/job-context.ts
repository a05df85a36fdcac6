import type { StopSwitch } from '../calls/stop/stop-switch.ts';
import type { Machine } from '../disk/machine.ts';
import type { Clock, Dice } from '../model/clock.ts';
import type { SettledRow } from '../results/results-csv.ts';
import type { JournaledWrites } from '../store/account-quota.ts';
import type { RunStore } from '../store/run-store.ts';
import type { WorkToRehearse } from './request/run-target.ts';
import type { RereadableInput, Survey } from './request/survey-input.ts';
import type { RunEvents } from './run-events.ts';
import type { OpenService } from './service/open-service.ts';

/** The work that is about to be done. */
export interface WorkAhead {
  readonly survey: Survey;
  /** Of its rows to run, those that earlier sessions have settled. */
  readonly rowsDone: number;
}

/** The parts that the process lends a run. */
export interface JobContext {
  readonly events: RunEvents;
  readonly runs: RunStore;
  readonly clock: Clock;
  /** Where the run goes on, for its record. */
  readonly machine: Pick<Machine, 'host' | 'user'>;
  /** Connects to the service, or starts the emulator; called once the input is known to be good. */
  readonly openService: (
    input: RereadableInput,
    work: WorkToRehearse,
    journaled: JournaledWrites | undefined,
  ) => Promise<OpenService>;
  /** The account that the service is asked as, signed in to as for its calls. */
  readonly account?: () => Promise<string>;
  /** Asks whoever may be asked; rejects with a `RunError` where the answer is no. */
  readonly confirm: (ahead: WorkAhead, service: OpenService) => Promise<void>;
  readonly stopSwitch: StopSwitch;
  /** Sees each row once its line is written, in the input's order; the run waits for it. */
  readonly settled?: (settled: SettledRow) => Promise<void>;
  readonly dice: Dice;
  /** Finished rows between two marks, at the least, and rows of an input that is worth one; 1,000 unless it is given. */
  readonly markEvery?: number;
}
