/** Calls within one stretch of time. */
export interface TimeBin {
  /** Epoch milliseconds. */
  readonly fromMs: number;
  readonly calls: number;
  readonly throttles: number;
}

/** Calls counted over time, in stretches of equal length that widen as the time does. */
export interface TimeBins {
  readonly add: (atMs: number, counted: Partial<Pick<TimeBin, 'calls' | 'throttles'>>) => void;
  readonly widthMs: () => number;
  /** Those in which something was counted, oldest first. */
  readonly bins: () => readonly TimeBin[];
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Each is a multiple of the one before. */
const WIDTHS_MS = [
  SECOND_MS,
  5 * SECOND_MS,
  15 * SECOND_MS,
  MINUTE_MS,
  5 * MINUTE_MS,
  15 * MINUTE_MS,
  HOUR_MS,
  6 * HOUR_MS,
  DAY_MS,
  7 * DAY_MS,
  28 * DAY_MS,
] as const;

/** At most `most` stretches from the first to the last, those in which nothing happened too (as far as the widest reach). */
export function countByTime(most: number): TimeBins {
  let bins = new Map<number, TimeBin>();
  let width: number = WIDTHS_MS[0];
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  const put = ({ fromMs, calls, throttles }: TimeBin): void => {
    const start = Math.floor(fromMs / width) * width;
    const known = bins.get(start) ?? { calls: 0, throttles: 0 };
    bins.set(start, { fromMs: start, calls: known.calls + calls, throttles: known.throttles + throttles });
  };
  const widen = (): void => {
    const wider = WIDTHS_MS.find((ms) => ms > width && spans(first, last, ms) <= most) ?? WIDTHS_MS.at(-1);
    if (wider === undefined || wider === width) return;
    const narrow = bins;
    width = wider;
    bins = new Map();
    for (const bin of narrow.values()) put(bin);
  };
  return {
    add: (atMs, { calls = 0, throttles = 0 }) => {
      first = Math.min(first, atMs);
      last = Math.max(last, atMs);
      if (spans(first, last, width) > most) widen();
      put({ fromMs: atMs, calls, throttles });
    },
    widthMs: () => width,
    bins: () => [...bins.values()].toSorted((left, right) => left.fromMs - right.fromMs),
  };
}

/** The same calls in at most `most` stretches. */
export function coarser(fine: TimeBins, most: number): TimeBins {
  const coarse = countByTime(most);
  for (const { fromMs, calls, throttles } of fine.bins()) coarse.add(fromMs, { calls, throttles });
  return coarse;
}

function spans(firstMs: number, lastMs: number, widthMs: number): number {
  return Math.floor(lastMs / widthMs) - Math.floor(firstMs / widthMs) + 1;
}
