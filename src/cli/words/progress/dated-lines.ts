import { count, counted, span } from '../amounts.ts';
import {
  endingWords,
  inFlightWords,
  limitWords,
  quota,
  rateWords,
  rowsToDo,
  statuses,
  throttledSince,
  type ProgressAt,
} from './describe-progress.ts';

/** What a run does that nobody watches. */
export type State =
  | 'goes'
  | 'waits for quota'
  | 'waits, throttled'
  | 'waits for the service'
  | 'waits for a sign-in'
  | 'stops'
  | 'ends';

/** Pauses shorter than this are part of going. */
const LONG_MS = 60_000;

/** Tells whether a state is to be told: each change at once, and every so often while it `goes`, as it is taken to do at first. */
export function dueChanges(everyMs: number): (state: string, nowMs: number) => boolean {
  let last: { readonly state: string; readonly atMs: number } | undefined;
  return (state, nowMs) => {
    last ??= { state: 'goes', atMs: nowMs };
    const isDue = state === 'goes' && nowMs - last.atMs >= everyMs;
    if (state === last.state && !isDue) return false;
    last = { state, atMs: nowMs };
    return true;
  };
}

/** Tells where an unattended run stands, when that is due. That it waits is told once, with when that ends. */
export function tellChanges(everyMs: number): (at: ProgressAt) => string | undefined {
  const isDue = dueChanges(everyMs);
  return (at) => {
    const state = stateOf(at);
    return isDue(state, at.nowMs) ? `${parts(at, state).join(' · ')}\n` : undefined;
  };
}

export function stateOf({ progress, nowMs }: ProgressAt): State {
  const { awaited, rowsAhead, pace, stopping } = progress;
  if (stopping !== undefined) return 'stops';
  if (awaited !== undefined)
    return awaited.what === 'service' ? 'waits for the service' : 'waits for a sign-in';
  const { paused } = pace;
  const isLong = paused !== undefined && paused.untilMs - nowMs >= LONG_MS;
  if (isLong && paused.why === 'daily_quota') return 'waits for quota';
  if (isLong || throttledSince(progress, nowMs) !== undefined) return 'waits, throttled';
  return rowsAhead <= 0 ? 'ends' : 'goes';
}

function parts(at: ProgressAt, state: State): readonly string[] {
  const { progress } = at;
  const { settled, pace, awaited, stopping } = progress;
  const done = `${count(settled.rows)} of ${counted(rowsToDo(progress), 'row')}${limitWords(progress)}`;
  const rate = at.rowsPerSecond > 0 ? [rateWords(at)] : [];
  const until = pace.paused === undefined ? '' : `, until ${minute(pace.paused.untilMs)}`;
  switch (state) {
    case 'goes':
      return [done, leftWords(at), statuses(progress), quota(progress), ...rate];
    case 'stops':
      return [done, `stops, ${stopping === undefined ? '' : inFlightWords(stopping)}`, statuses(progress)];
    case 'ends':
      return [done, endingWords(progress), statuses(progress)];
    case 'waits for the service':
    case 'waits for a sign-in':
      return [
        done,
        awaited?.untilMs === undefined ? state : `${state}, until ${minute(awaited.untilMs)} at most`,
      ];
    case 'waits, throttled': {
      const sinceMs = throttledSince(progress, at.nowMs);
      const since = sinceMs === undefined ? '' : `: no call was accepted since ${minute(sinceMs)}`;
      return [done, state + (sinceMs === undefined ? until : since), statuses(progress), quota(progress)];
    }
    case 'waits for quota':
      return [done, state + until, `done by ${minute(progress.expectedFinishMs)}`, quota(progress)];
    default:
      return state satisfies never;
  }
}

function leftWords({ progress: { expectedFinishMs: finishMs }, nowMs }: ProgressAt): string {
  return `${span(finishMs - nowMs)} left, until ${minute(finishMs)}`;
}

/** UTC, as the line's own moment. */
function minute(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 16)}Z`;
}
