import { NOT_SENT } from '../model/fault.ts';
import { QUOTA_DAY_MS } from '../model/quota/quota-day.ts';
import { keepRate, type RateMark } from '../model/quota/rows-rate.ts';
import type { Awaited, JournalEntry } from './journal-line.ts';

/** An exception that a call met. */
export interface RecentFault {
  readonly atMs: number;
  readonly exception: string;
}

/** The newest of what a journal tells. */
export interface RecentEvents {
  /** Oldest first. */
  readonly faults: readonly RecentFault[];
  /** How fast the newest session's rows were settled lately, since they last waited; epoch milliseconds. */
  readonly rate: readonly RateMark[];
  /** When the newest call left or was answered; absent before the first. */
  readonly lastCallMs: number | undefined;
  /** What the newest session's rows wait for, or waited for when it ended; absent while they go. */
  readonly awaited?: Awaited | undefined;
}

export interface RecentEventsFold {
  readonly add: (entry: JournalEntry) => void;
  readonly events: () => RecentEvents;
}

const FAULTS_KEPT = 5;

/** `before`: as another fold left them. */
export function foldRecentEvents(before?: RecentEvents): RecentEventsFold {
  const faults: RecentFault[] = [...(before?.faults ?? [])];
  const rate = keepRate(before?.rate);
  let { lastCallMs, awaited } = before ?? { lastCallMs: undefined };
  return {
    add: (entry) => {
      const atMs = timeOf(entry);
      lastCallMs = atMs ?? lastCallMs;
      if (entry.t === 'wait' || entry.t === 'session') {
        awaited = entry.t === 'wait' ? entry.awaited : undefined;
        rate.begin();
      }
      if (entry.t === 'answer' && entry.fault !== undefined && entry.fault.exception !== NOT_SENT) {
        faults.push({ atMs: entry.at, exception: entry.fault.exception });
        if (faults.length > FAULTS_KEPT) faults.shift();
      }
      // Rows that took no call have no time of their own: they are settled with the one before them.
      const settledMs = entry.t === 'done' ? (atMs ?? rate.marks().at(-1)?.atMs) : undefined;
      if (settledMs !== undefined) rate.settled(settledMs);
    },
    events: () => ({ faults: [...faults], rate: rate.marks(), lastCallMs, awaited }),
  };
}

/** When a call left or was answered, by the entry that tells of it. */
export function timeOf(entry: JournalEntry): number | undefined {
  if (entry.t === 'try' || entry.t === 'answer') return entry.at;
  if (entry.t !== 'done' || !('calls' in entry.outcome)) return undefined;
  return entry.outcome.calls?.finishedAt;
}

/** The writes that one session noted, those that never left too: they were counted. */
export interface NotedWrites {
  /** Where the session counted them; absent where no count outlived its process. */
  readonly place?: string;
  readonly writes: number;
}

/** `before`: as another fold left them. */
export function foldNotedWrites(before: readonly NotedWrites[] = []): {
  readonly add: (entry: JournalEntry) => void;
  /** A session each, oldest first. */
  readonly noted: () => readonly NotedWrites[];
} {
  const ended = [...before];
  let current = ended.pop();
  return {
    add: (entry) => {
      if (entry.t === 'session') {
        if (current !== undefined) ended.push(current);
        const { ledgerFolder: place } = entry;
        current = { ...(place !== undefined && { place }), writes: 0 };
      } else if (entry.t === 'try' && current !== undefined) {
        current = { ...current, writes: current.writes + 1 };
      }
    },
    noted: () => (current === undefined ? [...ended] : [...ended, current]),
  };
}

/** So many writes were noted in the place of the newest session; `undefined` where it has none. */
export function notedInPlace(
  noted: readonly NotedWrites[],
): { readonly place: string; readonly atMost: number } | undefined {
  const place = noted.at(-1)?.place;
  if (place === undefined) return undefined;
  const there = noted.filter((session) => session.place === place);
  return { place, atMost: there.reduce((sum, { writes }) => sum + writes, 0) };
}

/** Gathers when the writes of the newest session's place were noted, from a journal's newest entry back. */
export interface WritesBack {
  /** `false` once nothing before this entry can be of the last day. */
  readonly add: (entry: JournalEntry) => boolean;
  /** Of the last day before the newest, oldest first; epoch milliseconds. */
  readonly timesMs: () => readonly number[];
}

export function gatherWritesBack(noted: readonly NotedWrites[]): WritesBack {
  const place = noted.at(-1)?.place;
  const times: number[] = [];
  let session = noted.length - 1;
  let newestMs = 0;
  return {
    add: (entry) => {
      if (entry.t === 'session') session -= 1;
      if (entry.t !== 'try') return true;
      if (noted[session]?.place === place) times.push(entry.at);
      newestMs = Math.max(newestMs, entry.at);
      // A clock that was set back by less than a day hides none.
      return entry.at > newestMs - 2 * QUOTA_DAY_MS;
    },
    timesMs: () => {
      const sorted = times.toSorted((one, other) => one - other);
      const lastMs = sorted.at(-1) ?? 0;
      return sorted.filter((timeMs) => timeMs > lastMs - QUOTA_DAY_MS);
    },
  };
}
