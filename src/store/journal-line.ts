import { crc32 } from 'node:zlib';
import type { Advice } from '../model/advice.ts';
import type { ListedSolution, WriteOperation } from '../model/call.ts';
import type { Fault, FaultKind } from '../model/fault.ts';
import type { RowOutcome } from '../model/outcome.ts';
import type { RunErrorCode } from '../model/run-error.ts';
import type { Tally } from '../model/tally.ts';

/** The run, as it was begun: the journal's first line. */
export interface JobEntry {
  readonly t: 'job';
  readonly version: 1;
  readonly id: string;
  readonly tool: string;
  readonly input: { readonly name: string; readonly bytes: number; readonly sha256: string };
  /** The results' name, beside the folder. */
  readonly results: string;
  /** Everything that decides how rows are read and what is asked: a resume must agree with it. */
  readonly terms: Readonly<Record<string, string>>;
  readonly at: string;
}

/** Who the calls were made as. */
export interface Caller {
  readonly account: string;
  readonly arn: string;
}

/** Calls of a session, or of several. */
export interface CallCounts {
  readonly writes: number;
  readonly reads: number;
  readonly throttles: number;
  /** Opportunities that were read again, since their rows stand far apart in the input; absent where none were. */
  readonly rereads?: number;
}

/** Options by their names; none that may hold a secret. */
export type RecordedOptions = Readonly<Record<string, string | number | boolean>>;

/** What a run's terms came to when it was begun: going on with it asks nobody again. */
export interface ResolvedTerms {
  /** Pairs of a map of replacements, by the name that messages have for it. */
  readonly replaceMap?: {
    readonly name: string;
    readonly pairs: readonly (readonly [old: string, replacement: string])[];
    readonly heads?: readonly [old: string, replacement: string];
    readonly byOrder?: true;
    readonly deciding?: readonly { readonly name: string; readonly says: string }[];
  };
  /** The partner's solutions, by which names in place of identifiers are read. */
  readonly solutions?: readonly ListedSolution[];
}

/** Durable before the run's first call leaves. */
export interface ResolvedEntry extends ResolvedTerms {
  readonly t: 'resolved';
}

/** A process begins to work on the run: who, where, and how. The first version noted the pace alone. */
export interface SessionEntry {
  readonly t: 'session';
  readonly at: string;
  /** Where the account's quota ledgers are; absent where none outlives the process. */
  readonly ledgerFolder?: string;
  readonly callsPerSecond: number | 'unlimited';
  /** The part of the quota that may be used: any reserve is taken off. */
  readonly callsPerDay: number | 'unlimited';
  /** Writes of the account in the 24 hours before, whoever made them, as far as its ledger knows; an earlier version noted none. */
  readonly usedInDay?: number;
  /** The command that goes on with the run, as a person would type it; absent where none began it. */
  readonly goOn?: string;
  /** Of a plan, the same of the run that it plans. */
  readonly runIt?: string;
  readonly tool?: string;
  /** `null` where STS was not asked or would not say. */
  readonly caller?: Caller | null;
  readonly host?: string;
  /** The operating system's. */
  readonly user?: string;
  /** In force, defaults too. */
  readonly options?: RecordedOptions;
  /** What reading the input has told, where that is too short to be marked: whoever looks at the run needs not read it. */
  readonly survey?: KeptMembers;
}

/**
 * The calls of a replacement whose old entity goes first, in their order. The third attaches the old one again, and tells
 * why the new one was not attached.
 */
export type DetachFirstPart =
  | { readonly kind: 'detach' | 'attach' }
  | { readonly kind: 'restore'; readonly refusal: Fault };

/** Durable before the call leaves. */
export interface TryEntry {
  readonly t: 'try';
  readonly ordinal: number;
  readonly row: number;
  /** Opportunity, type and identifier: what the call names. */
  readonly key: string;
  readonly call: WriteOperation;
  /** Of a replacement whose old entity goes first: which of its calls this is; absent elsewhere. */
  readonly part?: DetachFirstPart;
  /** As in the record of the row's calls. */
  readonly removedAs?: string;
  /** Which of the row's writes this is, from 1. */
  readonly n: number;
  readonly at: number;
}

/** The answer to a try that did not settle the row: a fault, or the first of a replacement's two calls done. */
export interface AnswerEntry {
  readonly t: 'answer';
  readonly ordinal: number;
  readonly n: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly requestId?: string;
  readonly fault?: { readonly kind: FaultKind; readonly exception: string };
}

/** A read showed that what the row's open try was to change is as it was. Whether it comes through after all is asked of the service anew. */
export interface SeenEntry {
  readonly t: 'seen';
  readonly ordinal: number;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Durable before the row counts as settled. */
export interface DoneEntry {
  readonly t: 'done';
  readonly ordinal: number;
  readonly row: number;
  readonly key: string;
  readonly outcome: RowOutcome;
}

/** What every row of a run waits for. */
export interface Awaited {
  /** `reads`: the day's quota of them. */
  readonly what: 'service' | 'sign-in' | 'reads';
  /** These two are epoch milliseconds. */
  readonly sinceMs: number;
  /** Absent of a service that never answered: it is asked a few times more, and not waited for. */
  readonly untilMs?: number;
}

/** All rows wait from now on, or no longer do. */
export interface WaitEntry {
  readonly t: 'wait';
  /** Epoch milliseconds. */
  readonly at: number;
  /** Absent where the wait is over. */
  readonly awaited?: Awaited;
}

/** A session ended before the run was finished. */
export interface StopEntry {
  readonly t: 'stop';
  readonly code: RunErrorCode;
  readonly message: string;
  readonly advice?: Advice;
  readonly at: string;
  /** Of the session that it ends. */
  readonly calls?: CallCounts;
  /** The results so far had so many, at the least, once they were closed; absent where they can't be told, or may have got their name. */
  readonly lines?: number;
}

/** The run is finished and its results are published. */
export interface EndEntry {
  readonly t: 'end';
  readonly tally: Tally;
  readonly resultsSha256: string;
  readonly at: string;
  /** Of the session that it ends. */
  readonly calls?: CallCounts;
}

/** Members of an entry that are read by who wrote them alone. */
export type KeptMembers = Readonly<Record<string, unknown>>;

/** How far a run had come: going on with it, or looking at it, may begin here. */
export interface MarkEntry {
  readonly t: 'mark';
  readonly version: 1;
  /** The id of its run. */
  readonly run: string;
  /** Rows from the first on that are settled, and whose lines are these results so far. */
  readonly rows: number;
  readonly results: { readonly bytes: number; readonly sha256: string };
  /** Rows behind these that are settled too. */
  readonly ahead: readonly DoneEntry[];
  /** All that the lines before it tell, but for the rows' outcomes. */
  readonly state: KeptMembers;
  /** The part of the run's work that no line tells of: counts of its input, and of the rows' reasons. */
  readonly kept: KeptMembers;
}

export type JournalEntry =
  | JobEntry
  | ResolvedEntry
  | SessionEntry
  | TryEntry
  | AnswerEntry
  | SeenEntry
  | DoneEntry
  | WaitEntry
  | StopEntry
  | MarkEntry
  | EndEntry;

const CRC_DIGITS = 8;

/** CRC-32 in 8 hex digits, a space, one JSON object, a newline; without a link, as the first version wrote it. */
export function encodeLine(entry: JournalEntry): string {
  const json = JSON.stringify(entry);
  return `${checksumOf(json)} ${json}\n`;
}

/** The entry of a line without its newline; `undefined` where the line is torn or damaged. */
export function decodeLine(line: string): JournalEntry | undefined {
  const json = line.slice(CRC_DIGITS + 1);
  if (line[CRC_DIGITS] !== ' ' || line.slice(0, CRC_DIGITS) !== checksumOf(json)) return undefined;
  try {
    // The checksum shows that this tool wrote the line.
    return entryIn(JSON.parse(json) as JournalEntry | LinkedEntry);
  } catch {
    return undefined;
  }
}

/** A line with a link to the one before: its own number has taken the name that the number of a row's write had. */
type LinkedEntry = JournalEntry & { readonly n: number; readonly prev: string; readonly attempt?: number };

function entryIn(found: JournalEntry | LinkedEntry): JournalEntry {
  if (!('prev' in found) && !('attempt' in found)) return found;
  // Whichever of the two it has, it is a line with a link, or one whose link somebody took away.
  const { n: _line, prev: _hash, attempt, ...entry } = found as LinkedEntry;
  // Without its link it is what was given to be written.
  return (attempt === undefined ? entry : { ...entry, n: attempt }) as JournalEntry;
}

export function checksumOf(json: string): string {
  return crc32(json).toString(16).padStart(CRC_DIGITS, '0');
}
