import type { EarlierResult } from '../../model/outcome.ts';
import { NOT_SENT } from '../../model/fault.ts';
import type { JournalEntry, SessionEntry } from '../../store/journal-line.ts';
import { coarser, countByTime, type TimeBin, type TimeBins } from './time-bins.ts';

/** The writes of a run over time, and what they changed. */
export interface CallFacts {
  /** Where the times come from: each call's answer, or only the last one of each row. */
  readonly from: 'journal' | 'results';
  readonly widthMs: number;
  /** From the first call to the last, those without any too. */
  readonly points: readonly CallPoint[];
  /** Whose writes the quota that is left is without: the account's, as each session knew them as it began, or this run's alone. */
  readonly quotaBy: 'account' | 'run';
  /** Writes that `undo` would make; known from the journal alone. */
  readonly undoWrites: number | undefined;
}

export interface CallPoint extends TimeBin {
  /** Of the day's quota, at the end of the stretch, as far as those writes use it that are counted; absent without such a quota. */
  readonly quotaLeft?: number;
}

/** Stretches that are counted, and those that are shown. */
const FINE = 20_000;
const SHOWN = 180;
const DAY_MS = 86_400_000;

export interface JournalCallsFold {
  readonly add: (entry: JournalEntry) => void;
  readonly facts: () => CallFacts;
}

/**
 * Folds a journal's entries into its calls over time. A call counts when it was answered: a try is noted before its turn, so that
 * notes come faster than calls ever leave. One that was never answered has nothing but its note.
 */
export function foldJournalCalls(): JournalCallsFold {
  const fine = countByTime(FINE);
  const quotas: QuotaFrom[] = [];
  /** When the tries that are not answered yet were noted, by their row's ordinal. */
  const noted = new Map<number, number>();
  /** Sessions are a part of the picture where they begin before the first call, or end after the last; alone they are none. */
  const edges: number[] = [];
  let undoWrites = 0;
  const countNoted = (): void => {
    for (const at of noted.values()) fine.add(at, { calls: 1 });
    noted.clear();
  };
  return {
    add: (entry) => {
      if (entry.t === 'session' || entry.t === 'stop' || entry.t === 'end') edges.push(Date.parse(entry.at));
      if (entry.t === 'wait') fine.add(entry.at, {});
      if (entry.t === 'session') {
        // Whatever a killed process has sent is answered to nobody.
        countNoted();
        quotas.push(quotaFrom(entry, fine));
      } else if (entry.t === 'try') {
        const before = noted.get(entry.ordinal);
        if (before !== undefined) fine.add(before, { calls: 1 });
        noted.set(entry.ordinal, entry.at);
      } else if (entry.t === 'answer' || entry.t === 'done') {
        const at = answeredAt(entry) ?? noted.get(entry.ordinal);
        const calls = noted.delete(entry.ordinal) && !wasNotSent(entry) ? 1 : 0;
        const throttles = throttlesOf(entry);
        // A row that needed no call is no part of the picture.
        if (at !== undefined && calls + throttles > 0) fine.add(at, { calls, throttles });
        undoWrites += changesOf(entry);
      }
    },
    facts: () => {
      countNoted();
      if (fine.bins().length > 0) for (const at of edges) fine.add(at, {});
      const quotaBy = quotas.every(({ others }) => others !== undefined) ? 'account' : 'run';
      return { from: 'journal', ...shown(fine, quotas), quotaBy, undoWrites };
    },
  };
}

type Ending = Extract<JournalEntry, { readonly t: 'answer' | 'done' }>;

function answeredAt(entry: Ending): number | undefined {
  if (entry.t === 'answer') return entry.at;
  return 'calls' in entry.outcome ? entry.outcome.calls?.finishedAt : undefined;
}

function wasNotSent(entry: Ending): boolean {
  return entry.t === 'answer' && entry.fault?.exception === NOT_SENT;
}

function throttlesOf(entry: Ending): number {
  return entry.t === 'answer' && entry.fault?.kind === 'throttled' ? 1 : 0;
}

function changesOf(entry: Ending): number {
  return entry.t === 'done' && 'calls' in entry.outcome ? (entry.outcome.calls?.made?.length ?? 0) : 0;
}

/** The quota of a session that began then. */
interface QuotaFrom {
  readonly fromMs: number;
  readonly callsPerDay: number | 'unlimited';
  /** What others had used of it in the day before; `undefined`: not noted. */
  readonly others: number | undefined;
}

/** `before`: the run's own calls up to then. */
function quotaFrom({ at, callsPerDay, usedInDay }: SessionEntry, before: TimeBins): QuotaFrom {
  const fromMs = Date.parse(at);
  const inDay = before.bins().filter((bin) => bin.fromMs >= fromMs - DAY_MS);
  const own = inDay.reduce((sum, { calls }) => sum + calls, 0);
  return { fromMs, callsPerDay, others: usedInDay === undefined ? undefined : Math.max(0, usedInDay - own) };
}

export interface ResultCallsFold {
  readonly add: (row: EarlierResult) => void;
  readonly facts: () => CallFacts;
}

/** The calls of which only the results tell: all of a row's are placed at its last answer. Those before `beganMs` are another run's. */
export function foldResultCalls(beganMs: number = Number.NEGATIVE_INFINITY): ResultCallsFold {
  const fine = countByTime(FINE);
  return {
    add: ({ finishedAt, attempts }) => {
      if (finishedAt === undefined || finishedAt < beganMs || attempts === 0) return;
      fine.add(finishedAt, { calls: attempts });
    },
    facts: () => ({ from: 'results', ...shown(fine, []), quotaBy: 'run', undoWrites: undefined }),
  };
}

function shown(fine: TimeBins, quotas: readonly QuotaFrom[]): Pick<CallFacts, 'widthMs' | 'points'> {
  const coarse = coarser(fine, SHOWN);
  const widthMs = coarse.widthMs();
  const bins = new Map(coarse.bins().map((bin) => [bin.fromMs, bin]));
  const [firstMs, lastMs] = [coarse.bins()[0]?.fromMs, coarse.bins().at(-1)?.fromMs];
  const points: CallPoint[] = [];
  if (firstMs === undefined || lastMs === undefined) return { widthMs, points };
  const left = quotaLeft(fine, quotas);
  // The widest stretches may be more than are shown where a clock was far off: those are left out, not drawn.
  for (let fromMs = firstMs; fromMs <= lastMs && points.length <= SHOWN; fromMs += widthMs) {
    const bin = bins.get(fromMs) ?? { fromMs, calls: 0, throttles: 0 };
    const remaining = left(fromMs + widthMs);
    const calls = Math.max(0, bin.calls);
    points.push({ ...bin, calls, ...(remaining !== undefined && { quotaLeft: remaining }) });
  }
  return { widthMs, points };
}

/** The quota that is left at a moment; asked for moments in their order. */
function quotaLeft(fine: TimeBins, quotas: readonly QuotaFrom[]): (atMs: number) => number | undefined {
  const bins = fine.bins();
  let entered = 0;
  let left = 0;
  let inDay = 0;
  return (atMs) => {
    for (; (bins[entered]?.fromMs ?? Number.POSITIVE_INFINITY) < atMs; entered += 1)
      inDay += bins[entered]?.calls ?? 0;
    for (; (bins[left]?.fromMs ?? Number.POSITIVE_INFINITY) < atMs - DAY_MS; left += 1)
      inDay -= bins[left]?.calls ?? 0;
    const quota = quotas.findLast(({ fromMs }) => fromMs < atMs);
    if (typeof quota?.callsPerDay !== 'number') return undefined;
    // When each of them comes back is not noted: a day later all have.
    const others = atMs - quota.fromMs < DAY_MS ? (quota.others ?? 0) : 0;
    return Math.max(0, quota.callsPerDay - inDay - others);
  };
}
