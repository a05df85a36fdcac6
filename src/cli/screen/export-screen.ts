import type { ExportJobEvents } from '../../run/export-job.ts';
import { finishAtRate, keepRate } from '../../model/quota/rows-rate.ts';
import type { PaceView } from '../../pace/pace-view.ts';
import { about, count, counted, dateTime, moment, span } from '../words/amounts.ts';
import { describeIds } from '../words/describe-export.ts';
import { helperWords } from '../words/progress/describe-helper.ts';
import { outageOverWords, outageWords } from '../words/progress/describe-outage.ts';
import type { ProgressDisplay } from './keep-drawn.ts';
import { showReading } from './show-reading.ts';
import { readAtOf, type ProcessContext } from '../process/process-context.ts';

/** The screen of an export while it goes. */
export interface ExportScreen {
  readonly events: ExportJobEvents;
  readonly stopping: (signal: string) => void;
  readonly helperSlow: (profile: string) => void;
  /** Gives the terminal back as it was; may be called twice. */
  readonly end: () => void;
}

export interface ExportScreenOptions {
  readonly quiet?: boolean;
  readonly progress: boolean;
}

export function createExportScreen(options: ExportScreenOptions, context: ProcessContext): ExportScreen {
  let display: ProgressDisplay | undefined;
  let pace: PaceView | undefined;
  const now = { total: 0, done: 0, unread: 0 };
  const rate = keepRate();
  const say = (text: string): void => {
    if (options.quiet === true) return;
    if (display === undefined) context.terminal.err(text);
    else display.say(text);
  };
  const end = (): void => {
    display?.end();
    display = undefined;
  };
  const begin = (parts: () => readonly string[]): void => {
    end();
    if (options.quiet === true || !options.progress) return;
    display = showReading(() => ({ done: now.done, total: now.total, parts: parts() }), context);
  };
  const leftMs = (): number => {
    const calls = now.total - now.done;
    if (pace === undefined || calls === 0) return 0;
    const { callsPerSecond } = pace.state();
    const permitted = { finishMs: pace.expectedFinishMs(calls), calls, callsPerSecond };
    return finishAtRate([permitted], calls, rate.marks()) - context.clock.wallMs();
  };
  return {
    events: {
      setAside: (paths) => {
        for (const path of paths) say(`Set aside as ${path}\n`);
      },
      idsRead: (reading, counts) => say(describeIds(reading, counts)),
      resumed: (begunAt) =>
        say(`Going on with the export begun ${dateTime(Date.parse(begunAt), readAtOf(context).nowMs)}.\n`),
      connected: (reads) => {
        pace = reads;
        begin(() => ['listing opportunities', `${count(now.total)} so far`]);
      },
      listed: (opportunities) => {
        now.total = opportunities;
      },
      began: (opportunities, readBefore) => {
        Object.assign(now, { total: opportunities, done: readBefore });
        const done = readBefore === 0 ? '' : `, ${count(readBefore)} of them read before`;
        say(`${counted(opportunities, 'opportunity')} to read${done}; ${about(leftMs())}.\n`);
        begin(() => readingParts(now, leftMs(), context.clock.wallMs()));
      },
      outageBegan: (fault, waitMs) => say(outageWords(fault, waitMs)),
      outageEnded: (lastedMs) => {
        rate.begin();
        say(outageOverWords(lastedMs));
      },
      read: (opportunities, unread) => {
        for (let { done } = now; done < opportunities; done += 1) rate.settled(context.clock.monotonicMs());
        Object.assign(now, { done: opportunities, unread });
      },
    },
    stopping: (signal) => say(`${signal}: no new reads; whatever was read is kept.\n`),
    helperSlow: (profile) => say(helperWords(profile)),
    end,
  };
}

interface Reading {
  readonly total: number;
  readonly done: number;
  readonly unread: number;
}

function readingParts({ total, done, unread }: Reading, leftMs: number, nowMs: number): readonly string[] {
  return [
    `${count(done)}/${count(total)} opportunities`,
    leftMs < 60_000 ? `${span(leftMs)} left` : `${span(leftMs)} left, until ${moment(nowMs + leftMs, nowMs)}`,
    ...(unread > 0 ? [`${count(unread)} unread`] : []),
  ];
}
