import type { WriteOperation } from '../model/call.ts';
import { mayHaveHappened, NOT_SENT } from '../model/fault.ts';
import type {
  AnswerEntry,
  DetachFirstPart,
  EndEntry,
  JobEntry,
  JournalEntry,
  ResolvedTerms,
  SeenEntry,
  SessionEntry,
  StopEntry,
  TryEntry,
} from './journal-line.ts';
import { keepTally, type Tally } from '../model/tally.ts';
import { foldNotedWrites, foldRecentEvents, type NotedWrites, type RecentEvents } from './recent-events.ts';
import { foldSessions, type Session } from './sessions.ts';

/** The tries of earlier sessions for a row that is not settled. */
export interface EarlierTries {
  readonly row: number;
  readonly key: string;
  readonly attempts: number;
  readonly requestIds: readonly string[];
  /** When the first of them left, epoch milliseconds. */
  readonly startedAt: number;
  /** The last call that was tried: of a replacement's two, the one it had come to. */
  readonly call: WriteOperation;
  /** Where the old entity goes first: which of the row's calls that was. */
  readonly part?: DetachFirstPart;
  /** As in the record of the row's calls. */
  readonly removedAs?: string;
  /** The calls before it that made their change; one that turned out to be needless is not among them. */
  readonly madeBefore: readonly WriteOperation[];
  /**
   * - `succeeded`: that call was answered, and well.
   * - `not_done`: every try of it was answered by a fault that excludes the change.
   * - `in_doubt`: a try went unanswered, or was answered by a fault that does not exclude the change.
   */
  readonly standing: 'succeeded' | 'not_done' | 'in_doubt';
  /** Whether an earlier try of the same call left a doubt behind. */
  readonly doubtBefore: boolean;
  /** A read since showed nothing changed: the row waits to be tried again. An answer that never came is not taken for one by it. */
  readonly seenUnchanged?: true;
  /** An undo of the run has taken the row back since: told by the undo's journal, not by this one. */
  readonly undone?: UndoneRow;
}

/** `made`: what the row's call had changed was changed back; `not_made`: there was nothing of it. */
export interface UndoneRow {
  readonly by: string;
  readonly found: 'made' | 'not_made';
}

/** The rows of a run, as its journal tells them. */
export interface RowsSoFar {
  /** Settled rows that needed a call or a read; invalid and duplicate rows are told from the input alone. */
  readonly settled: Tally;
  /** By ordinal; never more than were in flight at once. */
  readonly unsettled: ReadonlyMap<number, EarlierTries>;
}

/** A run, as its journal tells it. */
export interface JournalState extends RowsSoFar {
  readonly job: JobEntry | undefined;
  /** Absent where nothing had to be resolved, or the run was cut off before. */
  readonly resolved: ResolvedTerms | undefined;
  /** The newest. */
  readonly session: SessionEntry | undefined;
  /** All of them, oldest first. */
  readonly sessions: readonly Session[];
  readonly end: EndEntry | undefined;
  /** Why the newest session ended; absent while it goes, and where it was cut off. */
  readonly stop: StopEntry | undefined;
  /** Of each session. */
  readonly writes: readonly NotedWrites[];
  readonly recent: RecentEvents;
  /** The last row that was tried or settled, by its ordinal; -1 before the first. */
  readonly furthest: number;
}

/** Folds a journal's entries, one after the other, into what they say. */
export interface JournalFold {
  readonly add: (entry: JournalEntry) => void;
  readonly state: () => JournalState;
}

/** `before`: as another fold left it. */
export function foldJournal(before?: JournalState): JournalFold {
  const rows = foldRows(before);
  const sessions = foldSessions(before?.sessions);
  const writes = foldNotedWrites(before?.writes);
  const recent = foldRecentEvents(before?.recent);
  let { job, resolved, session, end, stop, furthest } = before ?? NOTHING_YET;
  return {
    add: (entry) => {
      for (const fold of [sessions, writes, recent, rows]) fold.add(entry);
      switch (entry.t) {
        case 'job':
          job = entry;
          break;
        case 'resolved':
          resolved = entry;
          break;
        case 'session':
          session = entry;
          stop = undefined;
          break;
        case 'done':
        case 'try':
          furthest = Math.max(furthest, entry.ordinal);
          break;
        case 'answer':
        case 'seen':
        case 'wait':
        case 'mark':
          break;
        case 'stop':
          stop = entry;
          break;
        case 'end':
          end = entry;
          break;
        // No default: the linter proves the cases complete, and an unknown kind of a later version is passed over.
      }
    },
    state: () => ({
      job,
      session,
      sessions: sessions.sessions(),
      end,
      stop,
      ...rows.soFar(),
      resolved,
      writes: writes.noted(),
      recent: recent.events(),
      furthest,
    }),
  };
}

type Newest = Pick<JournalState, 'job' | 'resolved' | 'session' | 'end' | 'stop' | 'furthest'>;

const NOTHING_YET: Newest = {
  job: undefined,
  resolved: undefined,
  session: undefined,
  end: undefined,
  stop: undefined,
  furthest: -1,
};

/** Folds a journal's entries, one after the other, into what they say of its rows. */
export interface RowsFold {
  readonly add: (entry: JournalEntry) => void;
  readonly soFar: () => RowsSoFar;
}

/** `before`: as another fold left them. */
export function foldRows(before?: RowsSoFar): RowsFold {
  const settled = keepTally(before?.settled);
  const unsettled = new Map(before?.unsettled);
  return {
    add: (entry) => {
      if (entry.t === 'try') unsettled.set(entry.ordinal, tried(unsettled.get(entry.ordinal), entry));
      else if (entry.t === 'answer') answered(unsettled, entry);
      else if (entry.t === 'seen') seen(unsettled, entry);
      else if (entry.t === 'done') {
        unsettled.delete(entry.ordinal);
        settled.add(entry.outcome);
      }
    },
    soFar: () => ({ settled: settled.now(), unsettled: new Map(unsettled) }),
  };
}

function tried(earlier: EarlierTries | undefined, entry: TryEntry): EarlierTries {
  const { part, removedAs = earlier?.removedAs } = entry;
  const sameCall = earlier?.call === entry.call && earlier.part?.kind === part?.kind;
  return {
    row: entry.row,
    key: entry.key,
    attempts: (earlier?.attempts ?? 0) + 1,
    requestIds: earlier?.requestIds ?? [],
    startedAt: earlier?.startedAt ?? entry.at,
    call: entry.call,
    ...(part !== undefined && { part }),
    ...(removedAs !== undefined && { removedAs }),
    madeBefore: sameCall ? earlier.madeBefore : madeBefore(earlier, part),
    standing: 'in_doubt',
    doubtBefore: sameCall && earlier.standing === 'in_doubt',
  };
}

/**
 * A row goes on from a call that made its change, or that was refused since there was nothing to change. The old entity
 * goes first, or comes back, once it is known that the new one was not attached.
 */
function madeBefore(
  earlier: EarlierTries | undefined,
  part: DetachFirstPart | undefined,
): readonly WriteOperation[] {
  if (earlier === undefined || part?.kind === 'detach') return [];
  if (part?.kind === 'restore') return earlier.madeBefore;
  return earlier.standing === 'not_done' ? earlier.madeBefore : [...earlier.madeBefore, earlier.call];
}

function answered(unsettled: Map<number, EarlierTries>, entry: AnswerEntry): void {
  const earlier = unsettled.get(entry.ordinal);
  if (earlier === undefined) return;
  const attempts = entry.fault?.exception === NOT_SENT ? earlier.attempts - 1 : earlier.attempts;
  if (attempts === 0) {
    unsettled.delete(entry.ordinal);
    return;
  }
  const requestIds =
    entry.requestId === undefined ? earlier.requestIds : [...earlier.requestIds, entry.requestId];
  unsettled.set(entry.ordinal, { ...earlier, attempts, requestIds, standing: standingAfter(earlier, entry) });
}

function seen(unsettled: Map<number, EarlierTries>, { ordinal }: SeenEntry): void {
  const earlier = unsettled.get(ordinal);
  if (earlier?.standing === 'in_doubt') unsettled.set(ordinal, { ...earlier, seenUnchanged: true });
}

function standingAfter(earlier: EarlierTries, entry: AnswerEntry): EarlierTries['standing'] {
  if (entry.fault === undefined) return 'succeeded';
  return earlier.doubtBefore || mayHaveHappened(entry.fault.kind) ? 'in_doubt' : 'not_done';
}
