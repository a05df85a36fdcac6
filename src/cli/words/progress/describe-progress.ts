import type { RunProgress } from '../../../run/progress.ts';
import { count, counted, decimal, moment, span } from '../amounts.ts';

/** How fast rows went lately. */
export interface ProgressAt {
  readonly progress: RunProgress;
  readonly nowMs: number;
  /** Rows run a second, over the last while. */
  readonly rowsPerSecond: number;
}

/** The parts of a progress line, the most important first: a narrow terminal drops the last ones. */
export function progressParts(at: ProgressAt): readonly string[] {
  const { progress } = at;
  return [rowsDone(progress), timeLeft(at), statuses(progress), quota(progress), rateWords(at)];
}

export function rateWords({ rowsPerSecond }: ProgressAt): string {
  return `${decimal(rowsPerSecond)}/s`;
}

/** One line of so many columns: whatever has to give way, the time left does not, and the rows last. */
export function progressLine(at: ProgressAt, columns: number): string {
  const parts = progressParts(at);
  const line = fitted(parts, columns);
  if (line.includes(timeLeft(at))) return line;
  const short = shortTimeLeft(at);
  const { stopping } = at.progress;
  const shorts =
    stopping === undefined ? [short] : [`${short}, ${count(stopping.callsInFlight)} in flight`, short];
  const rows = [rowsDone(at.progress), bareRows(at.progress)];
  const withRows = shorts.flatMap((end) => rows.map((begin) => `${begin} · ${end}`));
  return withRows.find(({ length }) => length <= columns) ?? short.slice(0, Math.max(0, columns));
}

function bareRows(progress: RunProgress): string {
  return `${count(progress.settled.rows)}/${count(rowsToDo(progress))}`;
}

function rowsDone(progress: RunProgress): string {
  const limit = limitWords(progress) === '' ? '' : ' (limit)';
  return `${bareRows(progress)} rows${limit}`;
}

/** Those that the session ends with: all of them, or those that a limit lets through. */
export function rowsToDo({ rows, rowsLeft, rowsAhead }: RunProgress): number {
  return rows - (rowsLeft - Math.max(0, rowsAhead));
}

/** Nothing, where no limit ends the session before the last row. */
export function limitWords(progress: RunProgress): string {
  const { rows } = progress;
  return rowsToDo(progress) < rows ? ` (limit; ${count(rows)} in all)` : '';
}

/** As many parts as fit; what is too long gives way to what is not. */
export function fitted(parts: readonly string[], columns: number, between = ' · '): string {
  let line = '';
  for (const part of parts) {
    const longer = line === '' ? part : `${line}${between}${part}`;
    if (longer.length <= columns) line = longer;
  }
  return line;
}

/** The time left and the end of it, or what is waited for. */
export function timeLeft(at: ProgressAt): string {
  const { progress, nowMs } = at;
  const { awaited, stopping } = progress;
  if (stopping !== undefined) return `Stopping, ${inFlightWords(stopping)}`;
  if (awaited !== undefined) {
    const { what, sinceMs, untilMs } = awaited;
    const away = `${what === 'service' ? 'Service away' : 'Sign-in ended'} since ${moment(sinceMs, nowMs)}`;
    return untilMs === undefined
      ? `${away}, asked again`
      : `${away}, waiting ${span(untilMs - nowMs)} at most`;
  }
  const waiting = waitWords(at);
  const throttledMs = waiting?.why === 'daily_quota' ? undefined : throttledSince(progress, nowMs);
  if (throttledMs !== undefined) return `Waiting, throttled since ${moment(throttledMs, nowMs)}`;
  if (waiting !== undefined) {
    return waiting.why === 'daily_quota'
      ? `Waiting for the day’s quota, until ${moment(waiting.untilMs, nowMs)}`
      : `Waiting, throttled: ${span(waiting.untilMs - nowMs)}`;
  }
  if (progress.rowsAhead <= 0) return endingWords(progress);
  const finishMs = progress.expectedFinishMs;
  const leftMs = finishMs - nowMs;
  return leftMs < 60_000 ? `${span(leftMs)} left` : `${span(leftMs)} left, until ${moment(finishMs, nowMs)}`;
}

/** The last results are written; rows may be left that a limit doesn't ask for. */
export function endingWords({ rowsLeft }: RunProgress): string {
  return rowsLeft > 0 ? 'limit reached' : 'almost done';
}

export function inFlightWords({ callsInFlight }: NonNullable<RunProgress['stopping']>): string {
  return `${counted(callsInFlight, 'call')} in flight`;
}

/** For narrow terminals. */
function shortTimeLeft(at: ProgressAt): string {
  const { progress, nowMs } = at;
  const { awaited, stopping } = progress;
  if (stopping !== undefined) return 'stopping';
  if (awaited !== undefined) return awaited.what === 'service' ? 'service away' : 'sign-in ended';
  const waiting = waitWords(at);
  if (waiting !== undefined) return `waiting ${span(waiting.untilMs - nowMs)}`;
  return progress.rowsAhead <= 0 ? endingWords(progress) : `${span(progress.expectedFinishMs - nowMs)} left`;
}

/** Throttles that nothing was accepted between for so long are no slip of the rate: when they end is not known. */
const LONG_THROTTLED_MS = 20_000;

/** Since when each call was throttled, once that has lasted; epoch milliseconds. */
export function throttledSince(
  { pace: { throttled } }: Pick<RunProgress, 'pace'>,
  nowMs: number,
): number | undefined {
  const { count: throttles, sinceMs } = throttled;
  if (throttles <= 1 || sinceMs === undefined) return undefined;
  return nowMs - sinceMs < LONG_THROTTLED_MS ? undefined : sinceMs;
}

/** A pause that is worth a word: a first throttle is none. */
function waitWords({ progress }: ProgressAt): RunProgress['pace']['paused'] {
  const { paused, throttled } = progress.pace;
  return paused?.why === 'throttled' && throttled.count <= 1 ? undefined : paused;
}

export function statuses({ settled }: RunProgress): string {
  const parts = Object.entries(settled.byStatus).map(([status, rows]) => `${count(rows)} ${status}`);
  return parts.length === 0 ? 'none settled yet' : parts.join(', ');
}

export function quota({ pace }: RunProgress): string {
  const { usedInDay, leftInDay } = pace;
  return leftInDay === 'unlimited'
    ? 'no daily quota'
    : `quota ${count(usedInDay)} of ${count(usedInDay + leftInDay)}`;
}
