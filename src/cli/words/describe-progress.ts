import type { RunProgress } from '../../run/progress.ts';
import { count, moment, span } from './amounts.ts';

/** How fast rows went lately. */
export interface ProgressAt {
  readonly progress: RunProgress;
  readonly nowMs: number;
  /** Rows settled a second, over the last while. */
  readonly rowsPerSecond: number;
}

/** The parts of a progress line, the most important first: a narrow terminal drops the last ones. */
export function progressParts(at: ProgressAt): readonly string[] {
  const { progress } = at;
  return [
    `${count(progress.settled.rows)}/${count(progress.rows)} rows`,
    timeLeft(at),
    statuses(progress),
    quota(progress),
    `${at.rowsPerSecond.toFixed(1)}/s`,
  ];
}

/** As many parts as fit; what is too long gives way to what is not. */
export function fitted(parts: readonly string[], columns: number): string {
  let line = '';
  for (const part of parts) {
    const longer = line === '' ? part : `${line} · ${part}`;
    if (longer.length <= columns) line = longer;
  }
  return line;
}

function timeLeft({ progress, nowMs }: ProgressAt): string {
  const { paused, throttled } = progress.pace;
  if (paused?.why === 'daily_quota')
    return `daily quota used up, waiting until ${moment(paused.untilMs, nowMs)}`;
  if (paused !== undefined && throttled.count > 1)
    return `throttled, waiting ${span(paused.untilMs - nowMs)}`;
  if (progress.rowsLeft <= 0) return 'almost done';
  const leftMs = progress.expectedFinishMs - nowMs;
  return leftMs < 60_000
    ? `${span(leftMs)} left`
    : `${span(leftMs)} left, until ${moment(progress.expectedFinishMs, nowMs)}`;
}

function statuses({ settled }: RunProgress): string {
  const parts = Object.entries(settled.byStatus).map(([status, rows]) => `${count(rows)} ${status}`);
  return parts.length === 0 ? 'none settled yet' : parts.join(', ');
}

function quota({ pace }: RunProgress): string {
  const { usedInDay, leftInDay } = pace;
  return leftInDay === 'unlimited'
    ? 'no daily quota'
    : `quota ${count(usedInDay)} of ${count(usedInDay + leftInDay)}`;
}
