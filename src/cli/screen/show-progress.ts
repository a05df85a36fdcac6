import { SingleBar } from 'cli-progress';
import type { RunProgress } from '../../run/progress.ts';
import { fitted, progressParts, type ProgressAt } from '../words/describe-progress.ts';
import type { ProcessContext } from '../process/process-context.ts';

/** A run's progress on the screen. */
export interface ProgressDisplay {
  /** Words between the progress, without breaking its line. */
  readonly say: (text: string) => void;
  /** Gives the terminal back as it was. */
  readonly end: () => void;
}

const BAR_FRAME_MS = 250;
const LINE_EVERY_MS = 30_000;
const BAR_COLUMNS = 16;
/** Percentage, brackets and spaces around the bar. */
const BAR_FRAME_COLUMNS = 9;
/** The rate shown is that of so long. */
const RATE_OVER_MS = 10_000;

/** A bar where standard error can redraw a line, else a plain line every 30 seconds. */
export function showProgress(progress: () => RunProgress, context: ProcessContext): ProgressDisplay {
  const measure = measureRate(progress, context);
  return context.terminal.canRedraw ? showBar(measure, context) : showLines(measure, context);
}

function showBar(measure: () => ProgressAt, { terminal }: ProcessContext): ProgressDisplay {
  const bar = new SingleBar({
    format: '{percentage}% [{bar}] {words}',
    barsize: BAR_COLUMNS,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    clearOnComplete: true,
    // SIGINT is ours to answer: the calls in flight finish first.
    gracefulExit: false,
    fps: 1_000 / BAR_FRAME_MS,
    stream: process.stderr,
  });
  const payload = (at: ProgressAt): { readonly words: string } => ({
    words: fitted(progressParts(at), terminal.columns() - BAR_COLUMNS - BAR_FRAME_COLUMNS),
  });
  const begin = (): void => {
    const at = measure();
    bar.start(Math.max(1, at.progress.rows), at.progress.settled.rows, payload(at));
  };
  begin();
  const timer = setInterval(() => {
    const at = measure();
    bar.update(at.progress.settled.rows, payload(at));
  }, BAR_FRAME_MS);
  return {
    say: (text) => {
      bar.stop();
      terminal.err(text);
      begin();
    },
    end: () => {
      clearInterval(timer);
      bar.stop();
    },
  };
}

function showLines(measure: () => ProgressAt, { terminal }: ProcessContext): ProgressDisplay {
  const timer = setInterval(() => {
    terminal.err(`${progressParts(measure()).join(' · ')}\n`);
  }, LINE_EVERY_MS);
  return {
    say: terminal.err,
    end: () => {
      clearInterval(timer);
    },
  };
}

function measureRate(progress: () => RunProgress, { clock }: ProcessContext): () => ProgressAt {
  const marks = [{ atMs: clock.monotonicMs(), rows: progress().settled.rows }];
  return () => {
    const now = progress();
    const atMs = clock.monotonicMs();
    marks.push({ atMs, rows: now.settled.rows });
    while ((marks[1]?.atMs ?? atMs) < atMs - RATE_OVER_MS) marks.shift();
    const first = marks[0] ?? { atMs, rows: 0 };
    const seconds = Math.max(0.001, (atMs - first.atMs) / 1_000);
    return { progress: now, nowMs: clock.wallMs(), rowsPerSecond: (now.settled.rows - first.rows) / seconds };
  };
}
