import { NOT_SENT } from '../model/fault.ts';
import { QUOTA_DAY_MS } from '../model/quota/quota-day.ts';
import type { JournaledWrites } from './account-quota.ts';
import type { JournalEntry } from './journal-line.ts';

/** An exception that a call met. */
export interface RecentFault {
  readonly atMs: number;
  readonly exception: string;
}

/** The newest of what a journal tells. */
export interface RecentEvents {
  /** Oldest first. */
  readonly faults: readonly RecentFault[];
  /** When the newest settled rows were settled, epoch milliseconds, oldest first. */
  readonly settledAtMs: readonly number[];
  /** When the newest call left or was answered; absent before the first. */
  readonly lastCallMs: number | undefined;
}

export interface RecentEventsFold {
  readonly add: (entry: JournalEntry) => void;
  readonly events: () => RecentEvents;
}

const FAULTS_KEPT = 5;
const ROWS_KEPT = 120;

export function foldRecentEvents(): RecentEventsFold {
  const faults: RecentFault[] = [];
  const settledAtMs: number[] = [];
  let lastCallMs: number | undefined;
  return {
    add: (entry) => {
      lastCallMs = timeOf(entry) ?? lastCallMs;
      if (entry.t === 'answer' && entry.fault !== undefined && entry.fault.exception !== NOT_SENT) {
        faults.push({ atMs: entry.at, exception: entry.fault.exception });
        if (faults.length > FAULTS_KEPT) faults.shift();
      }
      if (entry.t === 'done' && 'calls' in entry.outcome && entry.outcome.calls.finishedAt !== undefined) {
        settledAtMs.push(entry.outcome.calls.finishedAt);
        if (settledAtMs.length > ROWS_KEPT) settledAtMs.shift();
      }
    },
    events: () => ({ faults, settledAtMs, lastCallMs }),
  };
}

/** When a call left or was answered, by the entry that tells of it. */
export function timeOf(entry: JournalEntry): number | undefined {
  if (entry.t === 'try' || entry.t === 'answer') return entry.at;
  if (entry.t !== 'done' || !('calls' in entry.outcome)) return undefined;
  return entry.outcome.calls?.finishedAt;
}

/** The writes noted in the place of the newest session, those that never left too: they were counted. */
export function foldJournaledWrites(): {
  readonly add: (entry: JournalEntry) => void;
  readonly writes: () => JournaledWrites | undefined;
} {
  const byPlace = new Map<string, number[]>();
  let place: string | undefined;
  return {
    add: (entry) => {
      if (entry.t === 'session') place = entry.ledgerFolder;
      if (entry.t !== 'try' || place === undefined) return;
      const times = byPlace.get(place) ?? [];
      times.push(entry.at);
      byPlace.set(place, times);
    },
    writes: () => {
      if (place === undefined) return undefined;
      const times = (byPlace.get(place) ?? []).toSorted((one, other) => one - other);
      const newestMs = times.at(-1) ?? 0;
      return { place, timesMs: times.filter((timeMs) => timeMs > newestMs - QUOTA_DAY_MS) };
    },
  };
}
