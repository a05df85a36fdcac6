import type { RunWait, SoundStatus } from '../../../run/record/read-status.ts';
import { moment, span } from '../amounts.ts';

const AWAITED = {
  service: 'the service',
  sign_in: 'a sign-in',
  daily_quota: 'quota',
  daily_read_quota: 'quota of reads',
} as const satisfies Record<RunWait['for'], string>;

/** What all rows wait for, in a line. */
export function waitWords({ for: what, untilMs }: RunWait): string {
  const until = untilMs === undefined ? '' : `, until ${minute(untilMs)}${isQuota(what) ? '' : ' at most'}`;
  return `waits for ${AWAITED[what]}${until}`;
}

/** That it ends then is known. */
function isQuota(what: RunWait['for']): boolean {
  return what === 'daily_quota' || what === 'daily_read_quota';
}

/** UTC. */
export function minute(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 16)}Z`;
}

/** The same at length. */
export function waitLines({ waits }: SoundStatus, nowMs: number): string[] {
  if (waits === undefined) return [];
  const { for: what, sinceMs, untilMs } = waits;
  const since = `since ${moment(sinceMs, nowMs)} (${span(Math.max(0, nowMs - sinceMs))})`;
  if (untilMs === undefined) return [`Waits: for ${AWAITED[what]}, ${since}; it is asked a few times more`];
  const until = `until ${moment(untilMs, nowMs)}`;
  if (isQuota(what)) return [`Waits: for the day’s ${AWAITED[what]}, ${since}, ${until}`];
  return [`Waits: for ${AWAITED[what]}, ${since}, ${until} at most; without it the run stops then`];
}
