import type { QuotaWindow } from './earliest-start.ts';

/**
 * A second, and what timers and two calls' ways to the service differ by when all is warm: with 3 ms, one of 240 calls at one a second
 * was refused.
 */
const SECOND_MS = 1006;
/** No two calls are closer than this share of their even distance: after a wait they don't leave in one burst. */
const CLOSEST_SHARE = 0.5;
/** How long calls pause at first where no rate tells. */
const UNLIMITED_PAUSE_MS = 100;

/** The rate as windows. The first is the quota's own; `unlimited` has none. */
export interface ShortWindow {
  readonly windows: readonly QuotaWindow[];
  readonly calls: number;
  readonly windowMs: number;
}

/** A rate that is no whole number, or less than one, gives a window that is not a second: 0.5 is one call in two. */
export function shortWindow(callsPerSecond: number | 'unlimited', stretch: number): ShortWindow {
  if (callsPerSecond === 'unlimited') return { windows: [], calls: 1, windowMs: UNLIMITED_PAUSE_MS };
  const calls = Math.max(1, Math.floor(callsPerSecond));
  const windowMs = ((SECOND_MS * calls) / callsPerSecond) * stretch;
  const quota: QuotaWindow = { calls, windowMs };
  if (calls === 1) return { windows: [quota], calls, windowMs };
  return { windows: [quota, { calls: 1, windowMs: (windowMs / calls) * CLOSEST_SHARE }], calls, windowMs };
}
