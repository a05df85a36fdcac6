/** Tells by how long an answer took whether its request may have reached the service late. */
export interface LateArrival {
  /** Notes an answer that took so long; gives how much later than usual its request may have arrived, milliseconds. */
  readonly lateMs: (tookMs: number) => number;
}

/** Answers that tell what is usual. */
const REMEMBERED = 64;
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
  const tookMs = new Float64Array(REMEMBERED);
  let answers = 0;
  return {
    lateMs: (latestMs) => {
      const known = tookMs.subarray(0, Math.min(answers, REMEMBERED));
      const usualMs = known.toSorted().at(-1 - OUTLIERS) ?? Number.POSITIVE_INFINITY;
      tookMs[answers % REMEMBERED] = latestMs;
      answers += 1;
      return Math.min(LATEST_MS, Math.max(0, latestMs - usualMs - ROOM_MS));
    },
  };
}
