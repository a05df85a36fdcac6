import type { Clock } from '../../model/clock.ts';
import type { RunProgress } from '../../run/progress.ts';
import { stateOf } from '../words/progress/dated-lines.ts';
import type { ProgressAt } from '../words/progress/describe-progress.ts';

/** The rate shown is that of so long. */
const OVER_MS = 10_000;
/** After a wait there is none before. */
const LEAST_MS = 5_000;

interface Mark {
  readonly atMs: number;
  readonly left: number;
}

/** Asks for the progress again and again, and tells how fast it went between, 0 where that is not known: rows that take no call are no speed. */
export function measureRate(progress: () => RunProgress, clock: Clock): () => ProgressAt {
  const marks: Mark[] = [];
  let waitedUntilMs = Number.NEGATIVE_INFINITY;
  return () => {
    const now = progress();
    const nowMs = clock.wallMs();
    const mark = { atMs: clock.monotonicMs(), left: now.rowsLeft };
    if (stateOf({ progress: now, nowMs, rowsPerSecond: 0 }).startsWith('waits')) {
      marks.length = 0;
      waitedUntilMs = mark.atMs;
    }
    marks.push(mark);
    while ((marks[1]?.atMs ?? mark.atMs) <= mark.atMs - OVER_MS) marks.shift();
    const [first = mark] = marks;
    const measured = mark.atMs - waitedUntilMs >= LEAST_MS;
    const rowsPerSecond = !measured
      ? 0
      : ((first.left - mark.left) * 1_000) / Math.max(1, mark.atMs - first.atMs);
    return { progress: now, nowMs, rowsPerSecond };
  };
}
