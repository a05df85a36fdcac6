import type { RowFacts } from './rows/row-facts.ts';
import type { CallFacts } from './calls/call-facts.ts';
import type { Wait } from './calls/wait-facts.ts';
import type { PlanTally } from '../model/tally.ts';
import type { Caller } from '../store/journal-line.ts';
import type { Session } from '../store/sessions.ts';

/** All that a page tells of a run. */
export interface Report {
  /** This program and its version. */
  readonly madeBy: string;
  readonly madeAtMs: number;
  /** In which moments are told, such as `Europe/Berlin`; `undefined`: this machine's. */
  readonly timeZone: string | undefined;
  readonly basis: Basis;
  readonly run: ReportedRun;
  /** Where the rows and their counts come from: of a run that is not finished, or whose results were changed or lost, its journal. */
  readonly told: 'journal' | 'results';
  readonly rows: RowFacts;
  readonly calls: CallFacts;
  /** Oldest first; none where no journal tells of them. */
  readonly waits: readonly Wait[];
  /** Oldest first; none where nothing tells of them. */
  readonly sessions: readonly Session[];
  /** Options of each session that are not at their defaults, as they are typed; `undefined`: not recorded. */
  readonly sessionOptions: readonly (string | undefined)[];
  readonly undo: UndoCost;
  /** By undos that stand beside the run. */
  readonly takenBack: readonly ReportedUndo[];
  /** Rows that needed somebody, by runs beside this one that had its results as their input. */
  readonly doneSince: readonly ReportedRunSince[];
  /** Of rows that kept the line of an earlier run's change. */
  readonly before: ReportedBefore;
  /** Where nothing else is otherwise than the run left it: what somebody has corrected in its results, and run again. */
  readonly corrected?: ReportedCorrections;
  readonly checks: readonly ReportedCheck[];
  /** Commands that list the run's calls in CloudTrail, the last joins them with the results; none where it has none there. */
  readonly trailCommands: readonly string[];
  /** What can't be known, and why: sentences. */
  readonly gaps: readonly string[];
}

/**
 * How far the report can be relied on:
 *
 * - `proven`: each check is sound.
 * - `journal`: one is not, and the journal is as the run left it: it tells what was changed, and nothing else is certain.
 * - `unproven`: nothing is certain.
 */
export type Basis = 'proven' | 'journal' | 'unproven';

/** A run by whatever is left of it: what nobody can tell is `undefined`. */
export interface ReportedRun {
  readonly state: 'finished' | 'stopped' | 'running';
  readonly id: string | undefined;
  readonly tool: string | undefined;
  readonly command: string | undefined;
  /** It told what would be done, and did nothing. */
  readonly planned: boolean;
  readonly catalog: string | undefined;
  readonly endpoint: string | undefined;
  readonly caller: Caller | undefined;
  /** Those that decide which rows are meant and how they are read, as they are typed; empty where all was found out. */
  readonly terms: string | undefined;
  readonly input: ReportedFile | undefined;
  /** Whether that was an earlier run's results, by which rows are numbered then. */
  readonly ofResults?: boolean;
  /** Of a run that is not finished, those so far. */
  readonly results: ReportedFile;
  /** The name that the results have once the run is finished. */
  readonly finalName: string;
  /** The name that its results have now, where it is not the one that the run gave them: renamed, or put in another's place. */
  readonly otherName: string | undefined;
  /** Whether the hash of the results is the recorded one, or that of the file as it is now. */
  readonly hashed: 'recorded' | 'now';
  readonly beganAt: string | undefined;
  /** Of a finished run. */
  readonly endedAt: string | undefined;
  /** Why it stopped; absent where it goes, or its process was cut off. */
  readonly stop: StopTold | undefined;
  /** Rows whose call left and has no answer yet; none of a run that is finished. Beside those counted by status. */
  readonly inDoubt: readonly RowInDoubt[];
  /** Replacements that a stop left between their calls, by what the opportunity holds of the two; among the rows above and below. */
  readonly halfReplaced: Readonly<Record<'both' | 'neither', number>>;
  /** Rows that are still to be settled, beside these. */
  readonly rowsLeft: number;
  readonly goOn: string | undefined;
  readonly outlook: Outlook;
  /** Whether a worker goes on with it, and nobody need do anything. */
  readonly goesOnByItself: boolean;
  readonly plan: ReportedPlan | undefined;
}

/** What a plan found out. */
export interface ReportedPlan extends PlanTally {
  readonly finishIfRunNow: string | undefined;
  /** The command of the run that it plans; absent where none would do anything, and where none is known. */
  readonly runIt?: string;
  /** What there is to consider: clauses. */
  readonly notes: readonly string[];
}

/** Of a run that is not finished, as far as it is known; epoch milliseconds. */
export interface Outlook {
  /** Of one under way. */
  readonly waits?: { readonly for: Wait['for']; readonly sinceMs: number; readonly untilMs?: number };
  /** The day's quota is used up until then. */
  readonly nextCallMs?: number;
  readonly finishMs?: number;
  /** Others have used it up, as the service said by throttling every call. */
  readonly quotaGone?: true;
}

/** Who or what ended a run before it was finished; clauses. */
export type StopTold = { readonly by: string } | { readonly why: string };

/** A row of the input, by its number and what was sent for it. */
export interface RowInDoubt {
  readonly row: number;
  readonly key: string;
}

export interface ReportedFile {
  readonly name: string;
  readonly sha256: string | undefined;
}

/** A later run that has had to do with rows of the run. */
export interface ReportedRunSince {
  /** It is named by its results. */
  readonly results: string;
  readonly rows: number;
  /** Its first and last call for them, epoch milliseconds; absent where none was needed. */
  readonly fromMs?: number;
  readonly toMs?: number;
  /** Who worked on it, as far as that is known. */
  readonly by: readonly string[];
}

export interface ReportedBefore {
  /** Whether the earlier runs were there to be asked for their undos. */
  readonly lookedAt: boolean;
  /** The input of a run that no journal proves: its lines say so, and nothing else does. */
  readonly asSaidBy?: string;
  /** The results of an undo whose journal is damaged. */
  readonly damaged?: string;
  /** By their undos. */
  readonly takenBack: readonly ReportedRunSince[];
}

export interface ReportedCorrections {
  readonly cells: number;
  readonly rows: number;
  /** The runs that were given these results, by theirs. */
  readonly again: readonly string[];
}

/** An undo that has taken rows of the run back. */
export interface ReportedUndo extends ReportedRunSince {
  readonly writes: number;
}

/** What it would take to take the run's changes back. */
export type UndoCost =
  | {
      readonly kind: 'writes';
      readonly writes: number;
      readonly durationMs: number;
      readonly command: string;
    }
  /** A plan, or a run whose folder is gone. */
  | { readonly kind: 'not_possible'; readonly why: string };

/** One thing that an auditor relies on. */
export interface ReportedCheck {
  readonly what: string;
  readonly sound: boolean;
  /** The finding, where it is not sound. */
  readonly found: string;
}
