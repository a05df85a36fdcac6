import type { Clock } from '../../model/clock.ts';
import type { RunProgress } from '../../run/progress.ts';
import type { ProgressAt } from '../words/progress/describe-progress.ts';

/** The rate shown is that of so long. */
const OVER_MS = 10_000;

interface Mark {
  readonly atMs: number;
  readonly left: number;
}

/** Asks for the progress again and again, and tells how fast it went between: rows that take no call are no speed. */
export function measureRate(progress: () => RunProgress, clock: Clock): () => ProgressAt {
  const marks: Mark[] = [];
  return () => {
    const now = progress();
    const mark = { atMs: clock.monotonicMs(), left: now.rowsLeft };
    marks.push(mark);
    while ((marks[1]?.atMs ?? mark.atMs) <= mark.atMs - OVER_MS) marks.shift();
    const [first = mark] = marks;
    const rowsPerSecond = ((first.left - mark.left) * 1_000) / Math.max(1, mark.atMs - first.atMs);
    return { progress: now, nowMs: clock.wallMs(), rowsPerSecond };
  };
}
