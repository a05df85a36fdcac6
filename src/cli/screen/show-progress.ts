import { SingleBar } from 'cli-progress';
import type { RunProgress } from '../../run/progress.ts';
import { progressLine, progressParts, type ProgressAt } from '../words/describe-progress.ts';
import { measureRate } from './measure-rate.ts';
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
/** Columns that rows and the time left take. */
const LEAST_WORDS = 40;

/** A bar where standard error can redraw a line, else a plain line every 30 seconds. */
export function showProgress(progress: () => RunProgress, context: ProcessContext): ProgressDisplay {
  const measure = measureRate(progress, context.clock);
  return context.terminal.canRedraw ? showBar(measure, context) : showLines(measure, context);
}

function showBar(measure: () => ProgressAt, { terminal }: ProcessContext): ProgressDisplay {
  let at = measure();
  const bar = new SingleBar({
    format: (_options, params) => barLine(params.progress, at, terminal.columns()),
    hideCursor: true,
    clearOnComplete: true,
    // SIGINT is ours to answer: the calls in flight finish first.
    gracefulExit: false,
    fps: 1_000 / BAR_FRAME_MS,
    stream: process.stderr,
  });
  const begin = (): void => {
    at = measure();
    bar.start(Math.max(1, at.progress.rows), at.progress.settled.rows);
  };
  begin();
  const timer = setInterval(() => {
    at = measure();
    bar.update(at.progress.settled.rows);
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

/** The bar goes first where there is no room for it and for the words that matter. */
function barLine(share: number, at: ProgressAt, columns: number): string {
  const room = columns - BAR_COLUMNS - BAR_FRAME_COLUMNS;
  if (room < LEAST_WORDS) return progressLine(at, columns - 1);
  const filled = Math.round(Math.min(1, share) * BAR_COLUMNS);
  const bar = '█'.repeat(filled) + '░'.repeat(BAR_COLUMNS - filled);
  return `${Math.floor(share * 100)}% [${bar}] ${progressLine(at, room)}`;
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
