export const DAY_MS: number = 24 * 60 * 60 * 1000;

/** How long a call counts: a day, and what two calls' ways to the service, and a clock that is nudged, may differ by. */
export const QUOTA_DAY_MS: number = DAY_MS + 4000;
