import type { WriteOperation } from '../../model/call.ts';
import type { Clock } from '../../model/clock.ts';
import type { RecordedOptions } from '../../store/journal-line.ts';

/** Who makes a report, and how it words what is the command line's. */
export interface ReportContext {
  /** This program and its version. */
  readonly tool: string;
  /** In which moments are told; `undefined`: this machine's. */
  readonly timeZone: string | undefined;
  readonly clock: Pick<Clock, 'wallMs'>;
  /** Spells the options that a sentence names. */
  readonly spell: (sentence: string) => string;
  /** Options that are not at their defaults, as they are typed. */
  readonly optionWords: (options: RecordedOptions) => string;
  /** The command that takes the changes of a run back, which is named by its results or, in a store, by ACCOUNT/RUN. */
  readonly undoCommand: (run: string, where: RunPlace) => string;
  /** The command that lists the calls of an operation in CloudTrail. */
  readonly trailCommand: (operation: WriteOperation, fromIso: string, toIso: string) => string;
  /** The command that lays these results beside what those list. */
  readonly joinCommand: (results: string, operations: readonly WriteOperation[]) => string;
}

/** The service that a run was of, as its terms name it. */
export interface RunPlace {
  readonly catalog: string;
  /** Its origin, or `emulator`. */
  readonly endpoint: string;
}
