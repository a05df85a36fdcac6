import { SingleBar } from 'cli-progress';
import { fitted } from '../words/progress/describe-progress.ts';
import type { ProcessContext } from '../process/process-context.ts';
import { FRAME_MS, keepDrawn, type ProgressDisplay } from './keep-drawn.ts';

/** An export's progress. */
export interface ReadingProgress {
  readonly done: number;
  readonly total: number;
  /** The most important first: a narrow terminal drops the last ones. */
  readonly parts: readonly string[];
}

const LINE_EVERY_MS = 30_000;
/** Percentage, spaces. */
const FRAME_COLUMNS = 6;

/** One line that is drawn again and again, where standard error can redraw it, else a plain one every 30 seconds. */
export function showReading(measure: () => ReadingProgress, { terminal }: ProcessContext): ProgressDisplay {
  if (!terminal.canRedraw) {
    const timer = setInterval(() => terminal.err(`${measure().parts.join(' · ')}\n`), LINE_EVERY_MS);
    return { say: terminal.err, end: () => clearInterval(timer) };
  }
  const bar = new SingleBar({
    format: '{percentage}% {words}',
    hideCursor: true,
    clearOnComplete: true,
    // SIGINT is ours to answer.
    gracefulExit: false,
    fps: 1_000 / FRAME_MS,
    stream: process.stderr,
  });
  const words = ({ parts }: ReadingProgress): { readonly words: string } => ({
    words: fitted(parts, terminal.columns() - FRAME_COLUMNS),
  });
  const begin = (): void => {
    const at = measure();
    bar.start(Math.max(1, at.total), at.done, words(at));
  };
  const look = (): void => {
    const at = measure();
    bar.setTotal(Math.max(1, at.total));
    bar.update(at.done, words(at));
  };
  return keepDrawn({ begin, look, stop: () => bar.stop() }, terminal);
}
