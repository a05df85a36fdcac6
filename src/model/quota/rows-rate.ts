/** So many rows were settled by a moment, since the stretch of work began. */
export interface RateMark {
  /** By whatever clock the stretch is told in. */
  readonly atMs: number;
  readonly rows: number;
}

export interface RateKeeper {
  readonly settled: (atMs: number) => void;
  /** Forgets what was before: time that is waited out tells nothing of how fast rows go. */
  readonly begin: () => void;
  /** Of the last two minutes in which rows were settled, oldest first. */
  readonly marks: () => readonly RateMark[];
}

/** Rates hardly hop over so long, and forget a longer gap, such as a wait for the day's quota. */
const OVER_MS = 120_000;
/** A rate counts once it has been seen for so long, or over so many rows and not in a single burst. */
const STEADY_FROM_MS = 20_000;
const STEADY_ROWS = 30;
const LONGEST_BURST_MS = 3_000;
const MARK_EVERY_MS = 4_000;

/** `before`: as another keeper left them. */
export function keepRate(before: readonly RateMark[] = []): RateKeeper {
  // Numbers side by side take a quarter of what objects do, and each of hundreds of runs has sixty marks.
  let times = before.map(({ atMs }) => atMs);
  let counts = before.map(({ rows }) => rows);
  return {
    settled: (toldMs) => {
      const rows = (counts.at(-1) ?? 0) + 1;
      const atMs = Math.max(toldMs, times.at(-1) ?? toldMs);
      // The newest mark moves on until it is some seconds behind the one before it.
      if (times.length > 1 && atMs - (times.at(-2) ?? atMs) < MARK_EVERY_MS) {
        times.pop();
        counts.pop();
      }
      times.push(atMs);
      counts.push(rows);
      while ((times[0] ?? atMs) < atMs - OVER_MS) {
        times.shift();
        counts.shift();
      }
    },
    begin: () => {
      times = [];
      counts = [];
    },
    marks: () => times.map((atMs, index) => ({ atMs, rows: counts[index] ?? 0 })),
  };
}

/** From the first of the marks to the last; `undefined` where no time lies between. */
export function rowsPerSecond(marks: readonly RateMark[]): number | undefined {
  const [first, last] = [marks[0], marks.at(-1)];
  if (first === undefined || last === undefined || last.atMs <= first.atMs) return undefined;
  return ((last.rows - first.rows) * 1_000) / (last.atMs - first.atMs);
}

/** Calls that may hold rows up: when the last of them would start, if nothing but rate, quota and pause did. */
export interface PermittedCalls {
  readonly finishMs: number;
  readonly calls: number;
  readonly callsPerSecond: number | 'unlimited';
}

/**
 * The end of so many rows at the rate that rows really have, and with the waits that are foreseen: answers that take long make them
 * slower than they may be, rows without a call faster. As permitted, until their rate has been seen for a while.
 */
export function finishAtRate(
  permitted: readonly PermittedCalls[],
  rowsLeft: number,
  marks: readonly RateMark[],
): number {
  const rate = steadyRate(marks);
  if (rate === undefined || rowsLeft <= 0) return Math.max(...permitted.map(({ finishMs }) => finishMs));
  const begunMs = permitted.map(({ finishMs, calls, callsPerSecond }) =>
    callsPerSecond === 'unlimited' ? finishMs : finishMs - (calls * 1_000) / callsPerSecond,
  );
  return Math.max(...begunMs) + (rowsLeft * 1_000) / rate;
}

function steadyRate(marks: readonly RateMark[]): number | undefined {
  const [first, last] = [marks[0], marks.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const leastMs = last.rows - first.rows < STEADY_ROWS ? STEADY_FROM_MS : LONGEST_BURST_MS;
  return last.atMs - first.atMs < leastMs ? undefined : rowsPerSecond(marks);
}
