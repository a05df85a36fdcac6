import type { Hold } from '../model/call.ts';
import type { AccountQuota, DayLimit, QuotaStore, QuotaUsage, QuotaWait } from './account-quota.ts';
import type { Holder } from './holder.ts';
import type { ChainFound, ChainHead } from './journal-chain.ts';
import type { JobEntry, JournalEntry, KeptMembers, SessionEntry, TryEntry } from './journal-line.ts';
import type { JournalState, RowsSoFar } from './journal-state.ts';
import type { RecentEvents } from './recent-events.ts';
import type { Session } from './sessions.ts';
import type { Summary } from './summary.ts';

/** The terms that a run is begun with, or resumed by. */
export interface RunTerms {
  /** By what its store knows it: files have the path of its results. */
  readonly name: string;
  readonly inputName: string;
  /** The input's bytes; absent, the run's own copy is gone on with. */
  readonly inputBytes: AsyncIterable<Uint8Array> | undefined;
  /** Who may read and write the input's file, if it is one: what holds its data gets the same. */
  readonly inputPermissions?: number | undefined;
  /** Everything that decides how rows are read and what is asked of whom; a resume must bring the same. */
  readonly terms: Readonly<Record<string, string>>;
  readonly tool: string;
  readonly restart: boolean;
  /** This process's purpose, for a second one that finds the run held. */
  readonly purpose: string;
  /** Its results stay in a store that has them: nobody waits for them where this process runs. */
  readonly resultsStay?: boolean;
  /** The account whose run it is, asked for by a store that keeps those of several apart. */
  readonly account?: (() => Promise<string>) | undefined;
}

/** Where a run's parts stand, to be shown to people: nobody but the store opens them. */
export interface RunPlaces {
  /** ACCOUNT/RUN, by which a store of several accounts' knows it. */
  readonly run?: string;
  readonly results: string;
  readonly summary: string;
  /** All that the run keeps for itself. */
  readonly folder: string;
  /** The run's own copy of its input. */
  readonly inputCopy: string;
  /** The results so far. */
  readonly partialResults: string;
}

/** Where runs and the counts of accounts' calls are kept. */
export interface Home {
  readonly runs: RunStore;
  readonly quotas: QuotaStore;
}

/** Keeps runs: each has its input, its journal, its results. */
export interface RunStore {
  /**
   * Begins a run, or opens an earlier one to go on with; `end` in its state says that it is finished. Refuses other terms and another
   * input than it was begun with, and a run that another process holds. What `restart` begins anew stays as it is until the new run begins:
   * `told` hears then what was set aside.
   */
  readonly open: (asked: RunTerms, told: (setAside: readonly string[]) => void) => Promise<RunLease>;
  /** A run as it is known, held or not; changes nothing. `undefined` where there is none. `from`: the beginning, unless it is given. */
  readonly record: (name: string, from?: ReadFrom) => Promise<RunRecord | undefined>;
  /** Who works on the run of a name, from before its first line is there. */
  readonly holder: (name: string) => Promise<Holder | undefined>;
  /** The names of the runs that are at hand: files have those of the folder that the process works in, or that another run stands in. */
  readonly list: () => Promise<readonly string[]>;
  /** Each from its newest mark; those that are damaged are none. */
  readonly beside: (asked: RunsBeside) => Promise<readonly RunRecord[]>;
  /** The name of the run that somebody means by its results, its folder, or its results so far. */
  readonly find: (meant: string) => Promise<string>;
  /** Whether a file of the user's is what a run has left, whatever it is called. */
  readonly isOutput: (path: string) => Promise<boolean>;
  readonly places: (name: string) => RunPlaces;
}

/** Runs that stand where one does, by what their first lines say. */
export interface RunsBeside {
  /** By its results; in a store, by ACCOUNT/RUN: the account's runs stand beside it then, else all of them. */
  readonly name: string;
  readonly is: (job: JobEntry) => boolean;
}

/** Where reading a run's journal begins: at its newest mark, where it has one, what stands before goes unlooked at. */
export type ReadFrom = 'beginning' | 'newest mark';

/** The parts of a run, as they were when it was opened. */
export interface RunContents {
  readonly job: JobEntry;
  readonly state: JournalState;
  readonly found: JournalFound;
  /** What the run kept at the mark at which reading its journal has begun; `undefined` where that was read from the beginning. */
  readonly marked: KeptMembers | undefined;
  readonly places: RunPlaces;
  /** The run's own copy of its input. Rejects with `state_damaged` where it is gone. */
  readonly input: () => AsyncIterable<Uint8Array>;
  readonly entries: () => AsyncIterable<JournalEntry>;
  /** When the writes of the newest session's place were noted, of the last day before the newest, oldest first; epoch milliseconds. */
  readonly newestWrites: () => Promise<readonly number[]>;
  /** The finished results; `undefined` where there are none. */
  readonly publishedResults: () => Promise<AsyncIterable<Uint8Array> | undefined>;
  /** The results of a run that is not finished, as far as they are written: the last line may be torn. */
  readonly resultsSoFar: () => Promise<AsyncIterable<Uint8Array> | undefined>;
  readonly publishedSummary: () => Promise<string | undefined>;
  /** Reads the whole journal for it. `at`: the number of a line whose hash is asked about. */
  readonly checkChain: (at?: number) => Promise<ChainFound>;
}

/** How a run's journal stands in its place, beside what it says. */
export interface JournalFound {
  /** How far the chain of its lines has come; of a finished run, before the line of its end: what was told then. */
  readonly chain: ChainHead;
  /** The number of the first line that does not follow the one before it. */
  readonly brokenAt: number | undefined;
  /** Bytes behind its last whole line: a process that was killed as it wrote leaves some, a run that is finished none. */
  readonly bytesBehind: number;
}

/** A run as it was left, told to whoever looks. */
export interface RunRecord extends RunContents {
  readonly recent: RecentEvents;
  /** Who works on it now, if anybody. */
  readonly holder: Holder | undefined;
  /** Its finished results are the store's own copy: files that they were written to are not looked at. */
  readonly resultsInStore?: boolean;
  /** Why nobody knows that, a sentence; then there is no holder. */
  readonly lockFault?: string;
  /** Of a run in a queue: a worker goes on with it by itself from then on, epoch milliseconds. */
  readonly nextAtMs?: number | undefined;
  /** The writes of the account that its newest session used; none, where no count of them outlived it. */
  readonly writes: () => Promise<QuotaUsage>;
}

/** Appends to a run's journal, each entry whole and in order. */
export interface JournalWriter {
  /** Resolves only once the entry would survive a power cut. */
  readonly append: (entry: JournalEntry) => Promise<void>;
  /** Queues the entry; it is durable no later than the next one that is appended. A failure meets that one. */
  readonly note: (entry: JournalEntry) => void;
}

/** The account's quota as a lease needs it: a place in the day for each claim. */
export type WriteQuota = Pick<AccountQuota, 'place' | 'takeWrite'>;

/** How a session begins; the store adds where the account's quota is. */
export type SessionStart = Omit<SessionEntry, 'ledgerFolder'>;

/**
 * A run that is ours alone until it is released. Once somebody else has written to it, everything that writes rejects with
 * `results_unwritable`: no call may follow.
 */
export interface RunLease extends RunContents, JournalWriter {
  /** Writes the journal's first line, where there is none yet, and the session's. Before it, a release leaves nothing of a new run, and all of one that was to be set aside for it. */
  readonly begin: (session: SessionStart, quota: WriteQuota) => Promise<void>;
  /** A place in the day's quota, and the note that a write may leave: one step, durable once it resolves with `noted`. */
  readonly claim: (note: TryEntry, day: DayLimit) => Promise<'noted' | QuotaWait>;
  /** On while somebody else may have taken the run, or its account, over. `over` rejects with `run_taken_over` where that is so. */
  readonly hold: Hold;
  /** How far the chain of the journal's lines has come, with all that was given to be written. */
  readonly chain: () => ChainHead;
  /** What whoever looks at the run next finds: all that is durable, and nothing that is not. */
  readonly soFar: () => Promise<RunSoFar>;
  /** Its sessions, this one too, with all that was given to be written. */
  readonly sessions: () => readonly Session[];
  /** So many rows, from the first on, have their lines in the results so far: what was settled of them is held no longer. */
  readonly passed: (rows: number) => void;
  /** Notes how far the run has come; gives the length of the note, 0 where none can be made here: a later one can. */
  readonly mark: (progress: Progress) => number;
  /** Resolves once all that was noted is durable; rejects where it can't be. */
  readonly flush: () => Promise<void>;
  /**
   * Writes the results from their beginning: what was written before is derived from the journal again. Where files keep it, it stays there
   * until as much is written.
   */
  readonly results: () => Promise<ResultsSink>;
  /**
   * Goes on from the newest mark whose rows the results so far have, to the byte, and whose `kept` fits; `undefined` where there is
   * none: all is derived from the journal then, of which no line is left unlooked at.
   */
  readonly resume: (fits: (kept: KeptMembers) => boolean) => Promise<Resumed | undefined>;
  /** Gives the finished results and their summary their names, whole or not at all, and then ends the journal. */
  readonly publish: (summary: Summary) => Promise<void>;
  /** Lets others have it. Never rejects: all that counts is durable before, and a process that is gone holds nothing. */
  readonly release: () => Promise<void>;
}

/** The part of a run's work that is done for good: the rows from the first on, each settled and its line written. */
export interface Progress {
  readonly rows: number;
  /** The results so far, with these rows and no more. */
  readonly results: ResultsSoFar;
  /** All that going on at this place needs to know of what was before it, and no entry tells. */
  readonly kept: KeptMembers;
}

/** A run that is gone on with from a mark. */
export interface Resumed {
  /** These are finished. */
  readonly rows: number;
  readonly kept: KeptMembers;
  /** What tells of the rows behind these: those that were settled before the mark first. */
  readonly entries: () => AsyncIterable<JournalEntry>;
  /** Has the lines of the finished rows, and takes those of the next. */
  readonly results: ResultsSink;
}

/** The results so far, by what they are. */
export interface ResultsSoFar {
  readonly bytes: number;
  readonly sha256: string;
}

/** How far the lines of a run's journal have come. */
export interface RunSoFar extends RowsSoFar {
  readonly chain: ChainHead;
}

/** Takes the text of results, in its order. */
export interface ResultsSink {
  readonly write: (text: string) => Promise<void>;
  /** With all that was written; not while something is being written. */
  readonly soFar: () => ResultsSoFar;
  /** Makes it all durable; gives the SHA-256 of the whole. */
  readonly finish: () => Promise<string>;
  readonly close: () => Promise<void>;
}

/** The records of those that have one. A damaged one tells of nothing to whoever asks for several; its own command tells of that. */
export async function soundRecords<Run>(
  runs: readonly Run[],
  record: (run: Run, from: ReadFrom) => Promise<RunRecord | undefined>,
): Promise<readonly RunRecord[]> {
  const found: RunRecord[] = [];
  for (const run of runs) {
    const one = await record(run, 'newest mark').catch(() => undefined);
    if (one !== undefined) found.push(one);
  }
  return found;
}
