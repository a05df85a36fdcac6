import { elapsedMs, momentOf, type Clock } from '../../model/clock.ts';

/** A machine at work is late by less. */
const LATE_MS = 5_000;

/**
 * Tells, of a process that looks every so often, that it could not: it was stopped (Ctrl-Z), or the machine slept. Words for a log, in
 * UTC. A clock that is set forward looks the same.
 */
export function noticeGaps(
  everyMs: number,
  clock: Pick<Clock, 'wallMs' | 'monotonicMs'>,
): () => string | undefined {
  let last = momentOf(clock);
  return () => {
    const before = last;
    last = momentOf(clock);
    if (elapsedMs(before, last) - everyMs < LATE_MS) return undefined;
    return `Was suspended (or the machine slept) from ${second(before.wallMs)} to ${second(last.wallMs)}: nothing was done in between.\n`;
  };
}

function second(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19)}Z`;
}
