export const DAY_MS: number = 24 * 60 * 60 * 1000;

/** A count stands for a call that leaves this soon after it: pauses after throttles are seldom longer. */
export const COUNT_LASTS_MS: number = 8000;

/** How long a call counts: a day, how late it may have left, and what two calls' ways to the service, and a clock that is nudged, may differ by. */
export const QUOTA_DAY_MS: number = DAY_MS + COUNT_LASTS_MS + 2000;
