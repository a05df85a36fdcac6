import { RunError } from '../../model/run-error.ts';
import type { RunProgress } from '../../run/progress.ts';
import type { RunFlags } from '../options/run-flags.ts';
import { createEventHook, type EventHook } from '../process/event-hook.ts';
import { openLogFile, type LogFile } from '../process/log-file.ts';
import type { ProcessContext } from '../process/process-context.ts';
import { describeError } from '../words/describe-end.ts';
import { exitCodeOf } from '../words/hints/stop-codes.ts';
import { stateOf, tellChanges, type State } from '../words/progress/dated-lines.ts';
import type { ProgressAt } from '../words/progress/describe-progress.ts';
import { cutOffWords } from '../words/progress/describe-cut-off.ts';
import {
  standing,
  type RowCounts,
  type RunEventName,
  type RunEventRecord,
} from '../words/progress/run-event.ts';
import { dated } from '../process/terminal.ts';
import { realTime } from '../process/real-time.ts';
import { endHook, HOOK_TIMEOUT_MS } from './end-hook.ts';
import { measureRate } from './measure-rate.ts';
import { noticeGaps } from './notice-gaps.ts';

/** Where a run's words and events go beside the screen: a log, and a shell line. */
export interface RunOutlets {
  /** Known of the run from now on, as every event has it. */
  readonly concerns: (known: ConcernedRun) => void;
  /** Of the screen. */
  readonly words: (text: string) => void;
  readonly event: (name: RunEventName, message: string) => void;
  /** Watches the state from now on, until the run ends. */
  readonly began: (progress: () => RunProgress, message: string) => void;
  /** How the run, or this session of it, ended. */
  readonly ended: (end: EndOfRun) => void;
  /** The same for what kept it from beginning. */
  readonly refused: (error: RunError) => void;
  /** A second signal ends the process at once: told before this returns. Gives the screen's words. */
  readonly cutOff: (end: Pick<EndOfRun, 'reason' | 'exitCode'>, goOn: string) => string;
  /** Its own troubles go to the screen as it is by then. */
  readonly tellTroubleBy: (say: (text: string) => void) => void;
  /** Resolves once the shell line has been run for all of it. */
  readonly close: () => Promise<void>;
}

export interface EndOfRun {
  /** As the words of the end count them, and whoever looks at the run from now on. */
  readonly rows?: RowCounts;
  /** Absent where it finished. */
  readonly reason?: string;
  readonly message: string;
  readonly exitCode: number;
}

/** The run that is told of. */
export interface ToldRun {
  readonly command: string;
  readonly input: string;
}

type ConcernedRun = Pick<RunEventRecord, 'results' | 'catalog' | 'endpoint' | 'caller'>;

const LOOK_EVERY_MS = 1_000;

/** @throws RunError `output_unwritable` where the log can't be written, `usage` where a format is given and no log */
export async function openOutlets(
  run: ToldRun,
  flags: RunFlags,
  context: ProcessContext,
): Promise<RunOutlets> {
  let say = context.terminal.err;
  const { logFile, logFormat, onEvent } = flags;
  if (logFormat !== undefined && logFile === undefined) throw formatOfNoLog();
  const logTrouble = (why: string): void =>
    say(`The log ${logFile ?? ''} can’t be written any more (${why}): the run goes on without it.\n`);
  const log =
    logFile === undefined
      ? undefined
      : await openLogFile({ path: logFile, format: logFormat ?? 'text' }, logTrouble, context);
  const hookTrouble = (words: string): void => {
    outlets.words(words);
    say(words);
  };
  const hook =
    onEvent === undefined
      ? undefined
      : createEventHook({
          command: onEvent,
          env: context.terminal.env,
          timeoutMs: HOOK_TIMEOUT_MS,
          onFailure: (event, why) =>
            hookTrouble(
              `The command of --on-event failed at ${event} (${why}). This is told once, and changes nothing of the run.\n`,
            ),
        });
  const outlets = outletsOf({ run, flags, context, log, hook, hookTrouble }, (other) => {
    say = other;
  });
  return outlets;
}

/** Whoever gives it believes that something is written so. */
function formatOfNoLog(): RunError {
  return new RunError('usage', 'The option log-format is that of a log, and none is asked for.', {
    code: 'log_or_leave_out',
  });
}

interface Parts {
  readonly run: ToldRun;
  readonly flags: RunFlags;
  readonly context: ProcessContext;
  readonly log: LogFile | undefined;
  readonly hook: EventHook | undefined;
  /** Tells of the shell line itself. */
  readonly hookTrouble: (words: string) => void;
}

function outletsOf(parts: Parts, tellTroubleBy: RunOutlets['tellTroubleBy']): RunOutlets {
  const { flags, context, log, hook, hookTrouble } = parts;
  const told = recorder(parts);
  const over = new AbortController();
  const end = ({ message, ...how }: EndOfRun): void => {
    over.abort();
    if (how.reason === 'quota_reached') told.event('quota_reached', message, how);
    told.event(how.reason === undefined ? 'finished' : 'stopped', message, how);
  };
  return {
    concerns: told.concerns,
    words: (text) => {
      if (text.trim() !== '') told.toLog('words', text);
    },
    event: told.event,
    began: (progress, message) => {
      told.goes(progress);
      told.event('started', message);
      if (log === undefined && hook === undefined) return;
      void watch(measureRate(progress, context.clock), { told, flags, context, over: over.signal });
    },
    ended: end,
    refused: (error) => {
      told.toLog('words', describeError(error));
      end({ reason: error.code, message: error.message, exitCode: exitCodeOf(error.code) });
    },
    cutOff: told.cutOff,
    tellTroubleBy,
    close: async () => {
      over.abort();
      if (hook !== undefined) await endHook(hook, { ...context, clock: realTime }, hookTrouble);
      await log?.close();
    },
  };
}

type More = Pick<RunEventRecord, 'reason' | 'exitCode' | 'rows'>;

/** Makes records, and gives them to log and shell line. */
interface Recorder {
  readonly concerns: RunOutlets['concerns'];
  readonly goes: (progress: () => RunProgress) => void;
  readonly event: (name: RunEventName, message: string, more?: More) => void;
  readonly toLog: (kind: 'words' | 'progress', text: string) => void;
  readonly cutOff: RunOutlets['cutOff'];
}

function recorder({ run, flags: { logFormat }, context, log, hook }: Parts): Recorder {
  let concerned: ConcernedRun = {};
  let progress: (() => RunProgress) | undefined;
  const record = (event: RunEventRecord['event'], message: string, more?: More): RunEventRecord => ({
    version: 1,
    at: new Date(context.clock.wallMs()).toISOString(),
    event,
    ...run,
    ...concerned,
    message: message.trim(),
    ...(progress !== undefined && standing(progress(), more?.exitCode !== undefined)),
    ...more,
  });
  const lineOf = (one: RunEventRecord): string =>
    logFormat === 'json' ? `${JSON.stringify(one)}\n` : dated(`${one.message}\n`, Date.parse(one.at));
  const write = (one: RunEventRecord): void => log?.write(lineOf(one));
  return {
    concerns: (known) => {
      concerned = { ...concerned, ...known };
    },
    goes: (asked) => {
      progress = asked;
    },
    event: (name, message, more) => {
      if (log === undefined && hook === undefined) return;
      const one = record(name, message, more);
      // In text its words stand there already.
      if (logFormat === 'json') write(one);
      hook?.run(name, `${JSON.stringify(one)}\n`);
    },
    toLog: (kind, text) => {
      if (log !== undefined) write(record(kind, text));
    },
    cutOff: (end, goOn) => {
      const message = cutOffWords(progress?.());
      const words = `${message}\nGo on:  ${goOn}\n`;
      const stopped = record('stopped', message, end);
      log?.writeNow(lineOf(record('words', words)) + (logFormat === 'json' ? lineOf(stopped) : ''));
      hook?.runNow(`${JSON.stringify(stopped)}\n`);
      return words;
    },
  };
}

interface Watch {
  readonly told: Recorder;
  readonly flags: RunFlags;
  readonly context: ProcessContext;
  readonly over: AbortSignal;
}

/** Looks once a second, until the run is over, and tells changes of state. */
async function watch(measure: () => ProgressAt, { told, flags, context, over }: Watch): Promise<void> {
  const tell = tellChanges(flags.progressEvery * 60_000);
  const change = tellQuota(told.event);
  const gaps = noticeGaps(LOOK_EVERY_MS, context.clock);
  while (!over.aborted) {
    const gap = gaps();
    if (gap !== undefined) told.toLog('words', gap);
    const at = measure();
    const words = tell(at);
    if (words !== undefined) told.toLog('progress', words);
    change(stateOf(at), words);
    await context.clock.sleep(LOOK_EVERY_MS, over).catch(() => undefined);
  }
}

/** Tells that the day's quota is used up, and that it is free again. */
function tellQuota(
  event: (name: RunEventName, message: string) => void,
): (state: State, words: string | undefined) => void {
  let before: State | undefined;
  return (state, words) => {
    const waited = before === 'waits for quota';
    const waits = state === 'waits for quota';
    before = state;
    if (waits === waited) return;
    event(waits ? 'quota_reached' : 'quota_free', words ?? state);
  };
}
