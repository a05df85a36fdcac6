import { DAY_MS } from '../../model/quota/quota-day.ts';
import type { Awaited, JournalEntry } from '../../store/journal-line.ts';
import { timeOf } from '../../store/recent-events.ts';

/** A time in which nothing could be sent. */
export interface Wait {
  /** The quotas: of writes, and of reads. */
  readonly for: 'service' | 'sign_in' | 'daily_quota' | 'daily_read_quota';
  /** Epoch milliseconds. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Whether it was over, or its session ended first, or it goes on. */
  readonly end: 'over' | 'session_ended' | 'goes_on';
}

export interface WaitsFold {
  readonly add: (entry: JournalEntry) => void;
  /** Oldest first. `nowMs`: of a run under way. */
  readonly waits: (nowMs?: number) => readonly Wait[];
}

const FOR = {
  service: 'service',
  'sign-in': 'sign_in',
  reads: 'daily_read_quota',
} as const satisfies Record<Awaited['what'], Wait['for']>;

/** Shorter ones are part of going. */
const LEAST_MS = 1_000;
const LEAST_OF_QUOTA_MS = 60_000;

/**
 * Folds a journal's entries into what its run waited for. That it waited for the day's quota of writes no line tells: between two of
 * its writes it did where its own of the day before were as many as it might make. What others had used it can't tell.
 */
export function foldWaits(): WaitsFold {
  const found: Wait[] = [];
  let open: Pick<Wait, 'for' | 'fromMs'> | undefined;
  let lastMs = Number.NEGATIVE_INFINITY;
  let quota: number | 'unlimited' = 'unlimited';
  let writtenMs: number | undefined;
  let ofDay: number[] = [];
  const note = (wait: Wait, leastMs: number = LEAST_MS): void => {
    if (wait.toMs - wait.fromMs >= leastMs) found.push(wait);
  };
  const close = (toMs: number, end: Wait['end']): void => {
    if (open !== undefined) note({ ...open, toMs, end });
    open = undefined;
  };
  const write = (atMs: number): void => {
    if (writtenMs !== undefined && atMs - writtenMs >= LEAST_OF_QUOTA_MS) {
      const fromMs = writtenMs;
      ofDay = ofDay.filter((timeMs) => timeMs > fromMs - DAY_MS);
      if (quota !== 'unlimited' && ofDay.length >= quota)
        note({ for: 'daily_quota', fromMs, toMs: atMs, end: 'over' });
    }
    writtenMs = atMs;
    ofDay.push(atMs);
    if (quota !== 'unlimited' && ofDay.length > 2 * quota) ofDay = ofDay.slice(-quota);
  };
  return {
    add: (entry) => {
      if (entry.t === 'session') {
        close(lastMs, 'session_ended');
        quota = entry.callsPerDay;
        writtenMs = undefined;
      } else if (entry.t === 'stop' || entry.t === 'end') {
        close(Date.parse(entry.at), 'session_ended');
      } else if (entry.t === 'wait') {
        const { awaited } = entry;
        const isSame = awaited !== undefined && awaited.sinceMs === open?.fromMs;
        if (!isSame) {
          close(entry.at, 'over');
          open = awaited && { for: FOR[awaited.what], fromMs: awaited.sinceMs };
        }
        // Neither an outage nor a sign-in is the quota.
        writtenMs = undefined;
      } else if (entry.t === 'try') {
        write(entry.at);
      }
      lastMs = (entry.t === 'wait' ? entry.at : timeOf(entry)) ?? lastMs;
    },
    waits: (nowMs) => {
      const now =
        open &&
        ({ ...open, toMs: nowMs ?? lastMs, end: nowMs === undefined ? 'session_ended' : 'goes_on' } as const);
      return (now === undefined ? found : [...found, now]).toSorted(
        (left, right) => left.fromMs - right.fromMs,
      );
    },
  };
}
