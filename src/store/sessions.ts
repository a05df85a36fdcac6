import { NOT_SENT } from '../model/fault.ts';
import { statusOf, type RowStatus } from '../model/outcome.ts';
import type { RunError, RunErrorCode } from '../model/run-error.ts';
import type {
  Caller,
  CallCounts,
  JournalEntry,
  RecordedOptions,
  SessionEntry,
  StopEntry,
} from './journal-line.ts';
import { timeOf } from './recent-events.ts';

/** One process's work on a run, as its journal tells it: who did what, where, and with which options. */
export interface Session {
  readonly startedAt: string;
  /** `null` where the journal has no end of it. */
  readonly endedAt: string | null;
  /** The time of its newest entry: all that is known of the end of one that was cut off. */
  readonly lastEntryAt: string;
  /** Why it ended; `unknown` while it goes, and where it was killed or its end could not be written. */
  readonly ended: 'finished' | RunErrorCode | 'unknown';
  /** `null`: STS was not asked or would not say, or the version was one that noted no caller. */
  readonly caller: Caller | null;
  /** These four are `null` in a journal of the first version. */
  readonly host: string | null;
  /** The operating system's user. */
  readonly user: string | null;
  readonly tool: string | null;
  readonly options: RecordedOptions | null;
  /** Tries that left. */
  readonly writes: number;
  /** These two are `null` where no end tells them. */
  readonly reads: number | null;
  readonly throttles: number | null;
  /** Opportunities that were read again, since their rows stand far apart in the input; absent where none were. */
  readonly rereads?: number;
  /** The rows that it settled by a call or a read. */
  readonly rows: Readonly<Partial<Record<RowStatus, number>>>;
}

/** Folds a journal's entries, one after the other, into its sessions, oldest first. */
export interface SessionFold {
  readonly add: (entry: JournalEntry) => void;
  readonly sessions: () => readonly Session[];
}

/** `earlier`: those before the entries that are to come; the newest of them may go on. */
export function foldSessions(earlier: readonly Session[] = []): SessionFold {
  const ended = [...earlier];
  let current = goneOnWith(ended.pop());
  return {
    add: (entry) => {
      if (entry.t === 'session') {
        if (current !== undefined) ended.push(asOf(current));
        current = { session: begunBy(entry), lastAtMs: undefined, writes: 0, rows: {} };
      } else if (current !== undefined) {
        note(current, entry);
      }
    },
    sessions: () => (current === undefined ? [...ended] : [...ended, asOf(current)]),
  };
}

/** A session while it is folded: three entries a row change it in its place. */
interface Running {
  session: Session;
  lastAtMs: number | undefined;
  writes: number;
  readonly rows: Partial<Record<RowStatus, number>>;
}

function goneOnWith(session: Session | undefined): Running | undefined {
  return session && { session, lastAtMs: undefined, writes: session.writes, rows: { ...session.rows } };
}

function asOf({ session, lastAtMs, writes, rows }: Running): Session {
  const seen = lastAtMs === undefined ? {} : { lastEntryAt: new Date(lastAtMs).toISOString() };
  return { ...session, ...seen, writes, rows: { ...rows } };
}

/** A session as it stands once it is ended: what its own end will say is known before it is written. */
export function endSession(
  session: Session,
  {
    ended,
    at,
    calls,
  }: { readonly ended: Session['ended']; readonly at: string; readonly calls?: CallCounts },
): Session {
  const { reads = null, throttles = null, rereads } = calls ?? {};
  const told = { reads, throttles, ...(rereads !== undefined && { rereads }) };
  return { ...session, ended, endedAt: at, lastEntryAt: at, ...told };
}

/** The journal's word on a session that ends before its run is finished. */
export function stopEntry({ code, message, advice }: RunError, left: SessionLeft): StopEntry {
  const { at, calls, lines } = left;
  const known = { ...(advice !== undefined && { advice }), ...(lines !== undefined && { lines }) };
  return { t: 'stop', code, message, at, calls, ...known };
}

interface SessionLeft extends Required<Pick<StopEntry, 'at' | 'calls'>> {
  readonly lines: number | undefined;
}

/** The calls of all sessions together; where a session was cut off, at least so many. */
export function callsOfAll(sessions: readonly Session[]): CallCounts {
  const sum = (of: (session: Session) => number | null | undefined): number =>
    sessions.reduce((total, session) => total + (of(session) ?? 0), 0);
  const rereads = sum((session) => session.rereads);
  return {
    writes: sum(({ writes }) => writes),
    reads: sum(({ reads }) => reads),
    throttles: sum(({ throttles }) => throttles),
    ...(rereads > 0 && { rereads }),
  };
}

/** The calls of the session that has ended last; `undefined` where no end tells them. */
export function callsOfLast(sessions: readonly Session[]): CallCounts | undefined {
  const { writes, reads, throttles, rereads } = sessions.at(-1) ?? {};
  if (writes === undefined || typeof reads !== 'number' || typeof throttles !== 'number') return undefined;
  return { writes, reads, throttles, ...(rereads !== undefined && { rereads }) };
}

/** From when to when a run was worked on, epoch milliseconds: nobody is asked any more by then, and no helper waited for. */
export interface WorkedFor {
  readonly fromMs: number;
  readonly toMs: number;
}

/** By its sessions, or some of them; `undefined` where nothing tells of one. */
export function workedFor(sessions: readonly Session[]): WorkedFor | undefined {
  const [first, last] = [sessions[0], sessions.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const fromMs = Date.parse(first.startedAt);
  return { fromMs, toMs: Math.max(fromMs, Date.parse(last.endedAt ?? last.lastEntryAt)) };
}

/** How long the newest session worked, milliseconds. */
export function durationOfLast(sessions: readonly Session[]): number {
  const { fromMs, toMs } = workedFor(sessions.slice(-1)) ?? { fromMs: 0, toMs: 0 };
  return toMs - fromMs;
}

function begunBy({ at, caller, host, user, tool, options }: SessionEntry): Session {
  return {
    startedAt: at,
    endedAt: null,
    lastEntryAt: at,
    ended: 'unknown',
    caller: caller ?? null,
    host: host ?? null,
    user: user ?? null,
    tool: tool ?? null,
    options: options ?? null,
    writes: 0,
    reads: null,
    throttles: null,
    rows: {},
  };
}

function note(running: Running, entry: Exclude<JournalEntry, SessionEntry>): void {
  if (entry.t === 'stop' || entry.t === 'end') {
    const ended = entry.t === 'stop' ? entry.code : 'finished';
    running.session = endSession(running.session, { ...entry, ended });
    running.lastAtMs = undefined;
    return;
  }
  running.lastAtMs = (entry.t === 'wait' ? entry.at : timeOf(entry)) ?? running.lastAtMs;
  if (entry.t === 'try') running.writes += 1;
  if (entry.t === 'answer' && entry.fault?.exception === NOT_SENT) running.writes -= 1;
  if (entry.t !== 'done') return;
  const status = statusOf(entry.outcome);
  running.rows[status] = (running.rows[status] ?? 0) + 1;
}
