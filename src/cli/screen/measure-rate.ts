import type { Clock } from '../../model/clock.ts';
import type { RunProgress } from '../../run/progress.ts';
import type { ProgressAt } from '../words/progress/describe-progress.ts';

/** The rate shown is that of so long; the one that tells the end, of so much longer, once so much is known. */
const RATE_OVER_MS = 10_000;
const STEADY_OVER_MS = 120_000;
const STEADY_FROM_MS = 20_000;

interface Mark {
  readonly atMs: number;
  readonly left: number;
}

/** Asks for the progress again and again, and tells how fast it went between: rows that take no call are no speed. */
export function measureRate(progress: () => RunProgress, clock: Clock): () => ProgressAt {
  let marks: Mark[] = [];
  return () => {
    const now = progress();
    const mark = { atMs: clock.monotonicMs(), left: now.rowsLeft };
    // Time that is slept through tells nothing of how fast rows go.
    if (now.pace.paused?.why === 'daily_quota' || now.awaited !== undefined) marks = [];
    marks.push(mark);
    while ((marks[1]?.atMs ?? mark.atMs) < mark.atMs - STEADY_OVER_MS) marks.shift();
    const [first = mark] = marks;
    const recent = marks.findLast(({ atMs }) => atMs <= mark.atMs - RATE_OVER_MS) ?? first;
    const steadyMs = mark.atMs - first.atMs;
    return {
      progress: now,
      nowMs: clock.wallMs(),
      rowsPerSecond: perSecond(recent.left - mark.left, mark.atMs - recent.atMs),
      steadyRowsPerSecond:
        steadyMs < STEADY_FROM_MS ? undefined : perSecond(first.left - mark.left, steadyMs),
    };
  };
}

function perSecond(rows: number, overMs: number): number {
  return (rows * 1_000) / Math.max(1, overMs);
}
