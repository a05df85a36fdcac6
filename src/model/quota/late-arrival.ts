/** Tells by how long an answer took whether its request may have reached the service late. */
export interface LateArrival {
  /** Notes an answer that took so long; gives how much later than usual its request may have arrived, milliseconds. */
  readonly lateMs: (tookMs: number) => number;
}

/** Answers that tell what is usual. */
const REMEMBERED = 64;
/** So few tell nothing: nearly each would be slower than nearly all. */
const LEAST_ANSWERS = 16;
/** Of these, the slowest that are left out of account: outliers themselves. */
const OUTLIERS = 2;
/** What answers differ by without a reason; the window has room for it. */
const ROOM_MS = 3;
/** Most stalls of a machine are shorter; what takes longer is mostly the service, which has counted the call already. */
const LATEST_MS = 25;

/**
 * A request that waits, in this machine or on its way, is counted later than it left, and the call a window behind it is then
 * refused. An answer slower than nearly all of the last ones may be that of such a request.
 */
export function createLateArrival(): LateArrival {
  const tookMs: number[] = [];
  let answers = 0;
  return {
    lateMs: (latestMs) => {
      const usualMs = usualOf(tookMs);
      tookMs[answers % REMEMBERED] = latestMs;
      answers += 1;
      return Math.min(LATEST_MS, Math.max(0, latestMs - usualMs - ROOM_MS));
    },
  };
}

/** The slowest, but for the outliers; without a copy of them, since each call asks. */
function usualOf(tookMs: readonly number[]): number {
  if (tookMs.length < LEAST_ANSWERS) return Number.POSITIVE_INFINITY;
  // In their order, the fastest first.
  const slowest = Array.from({ length: OUTLIERS + 1 }, () => Number.NEGATIVE_INFINITY);
  for (const took of tookMs) {
    if (took <= (slowest[0] ?? took)) continue;
    let at = 0;
    for (; at < OUTLIERS && (slowest[at + 1] ?? took) < took; at += 1) slowest[at] = slowest[at + 1] ?? took;
    slowest[at] = took;
  }
  return slowest[0] ?? Number.POSITIVE_INFINITY;
}
