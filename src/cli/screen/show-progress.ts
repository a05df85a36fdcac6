import { MultiBar } from 'cli-progress';
import type { RunProgress } from '../../run/progress.ts';
import { paintBar } from '../process/paint.ts';
import { tellChanges } from '../words/progress/dated-lines.ts';
import type { ProgressAt } from '../words/progress/describe-progress.ts';
import { drawProgress, type BarPart, type ProgressPicture } from '../words/progress/progress-bar.ts';
import { FRAME_MS, keepDrawn, type ProgressDisplay } from './keep-drawn.ts';
import { measureRate } from './measure-rate.ts';
import { noticeGaps } from './notice-gaps.ts';
import type { ProcessContext } from '../process/process-context.ts';

const LOOK_EVERY_MS = 1_000;

/** A bar, and a line below it, where standard error can redraw them, else lines: at each change of state, and every so often. */
export function showProgress(
  progress: () => RunProgress,
  everyMinutes: number,
  context: ProcessContext,
): ProgressDisplay {
  const measure = measureRate(progress, context.clock);
  return context.terminal.canRedraw
    ? showBar(measure, context)
    : showLines(measure, everyMinutes * 60_000, context);
}

function showBar(measure: () => ProgressAt, { terminal }: ProcessContext): ProgressDisplay {
  let at = measure();
  const draw = (): ProgressPicture => drawProgress(at, terminal.columns());
  const colour = (text: string, rows: BarPart['rows']): string =>
    terminal.hasColour ? paintBar(text, rows) : text;
  const lines: readonly (() => string)[] = [
    () => {
      const { bar, counts } = draw();
      const margin = bar.length === 0 ? '' : '  ';
      return margin + bar.map(({ text, rows }) => colour(text, rows)).join('') + counts;
    },
    () => draw().below,
  ];
  let bars: MultiBar | undefined;
  const begin = (): void => {
    at = measure();
    bars = new MultiBar({
      hideCursor: true,
      clearOnComplete: true,
      // SIGINT is ours to answer: the calls in flight finish first.
      gracefulExit: false,
      fps: 1_000 / FRAME_MS,
      forceRedraw: true,
      stream: process.stderr,
    });
    for (const format of lines) bars.create(1, 0, {}, { format });
  };
  const look = (): void => {
    at = measure();
  };
  return keepDrawn({ begin, look, stop: () => bars?.stop() }, terminal);
}

function showLines(
  measure: () => ProgressAt,
  everyMs: number,
  { terminal, clock }: ProcessContext,
): ProgressDisplay {
  const tell = tellChanges(everyMs);
  const gaps = noticeGaps(LOOK_EVERY_MS, clock);
  const timer = setInterval(() => {
    const gap = gaps();
    if (gap !== undefined) terminal.err(gap);
    const line = tell(measure());
    if (line !== undefined) terminal.err(line);
  }, LOOK_EVERY_MS);
  return {
    say: terminal.err,
    end: () => {
      clearInterval(timer);
    },
  };
}
