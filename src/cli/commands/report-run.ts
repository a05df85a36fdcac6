import { assertNever } from '../../model/fault.ts';
import { MAIN_OPERATION } from '../../model/operation.ts';
import { allAsWished } from '../../model/tally.ts';
import { durationOfLast } from '../../store/sessions.ts';
import type { Summary } from '../../store/summary.ts';
import type { RunEnd } from '../../run/run-end.ts';
import type { RunRequest } from '../../run/request/run-request.ts';
import {
  describeFinished,
  describeFinishedBefore,
  describeStopped,
  type FinishedFrame,
  type NextStep,
} from '../words/describe-end.ts';
import { realRunLine } from '../words/describe-pace.ts';
import { selectionWords } from '../options/input-flags.ts';
import { nextCommand } from '../options/next-command.ts';
import { EXIT, exitCodeWithin } from '../words/hints/stop-codes.ts';
import type { RunFlags } from '../options/run-flags.ts';
import type { JobSpec } from '../../run/request/run-job-spec.ts';
import { withFlags } from '../words/option-spelling.ts';
import { sameCommand } from '../options/same-command.ts';
import { readAtOf, type ProcessContext, type ReadAt } from '../process/process-context.ts';

/** A run and what it was asked for. */
export interface ReportedRun {
  readonly spec: JobSpec;
  readonly request: RunRequest;
  readonly flags: RunFlags;
  /** Where words go beside the screen. */
  readonly note: (text: string) => void;
}

/** Says how a run ended, and gives its exit code. */
export function reportRun(end: RunEnd, run: ReportedRun, context: ProcessContext): number {
  const places = context.runs.places(run.request.name);
  const { quiet, json } = run.flags;
  const readAt = readAtOf(context);
  const note = (words: (readAt: ReadAt) => string): void => run.note(words({}));
  const tell = (words: (readAt: ReadAt) => string): void => {
    note(words);
    context.terminal.err(words(readAt));
  };
  const say = quiet === true ? note : tell;
  const print = (value: unknown): void => {
    if (json === true) context.terminal.out(`${JSON.stringify(value, null, 2)}\n`);
  };
  switch (end.kind) {
    case 'finished':
      print(end.summary);
      say((by) => describeFinished(end, frameOf(end.summary, run, { context, ...by })));
      return allAsWished(end.tally) ? EXIT.settled : EXIT.someNot;
    case 'finished_before':
      print({ version: 1, finishedAt: end.at, counts: end.tally });
      say((by) => describeFinishedBefore(end, places, by));
      return allAsWished(end.tally) ? EXIT.settled : EXIT.someNot;
    case 'stopped':
      print({
        version: 1,
        stopped: end.reason.code,
        message: withFlags(end.reason.message),
        rows: end.done.input.rows,
        counts: end.done.settled,
      });
      tell((by) => describeStopped(end, places, { sameCommand: sameCommand(context), ...by }));
      return exitCodeWithin(end.reason.code);
    default:
      return assertNever(end);
  }
}

function frameOf(
  summary: Summary,
  run: ReportedRun,
  { context, nowMs }: ReadAt & { readonly context: ProcessContext },
): FinishedFrame {
  const { request, spec } = run;
  const tookMs = durationOfLast(summary.sessions ?? []);
  const places = context.runs.places(request.name);
  const frame = { places, tookMs, next: nextOf(run, context), planned: spec.planOnly, nowMs };
  if (request.rehearses === undefined || spec.planOnly) return frame;
  const beginsMs = context.clock.wallMs();
  return { ...frame, realRun: realRunLine(summary.calls, request.rehearses, { beginsMs, readAtMs: nowMs }) };
}

/** A command that takes these results as they are, or does what was planned; an undo is done again, and looks for what is left. */
export function nextOf(
  {
    spec,
    request,
    flags,
  }: Pick<ReportedRun, 'spec' | 'flags'> & { readonly request: Pick<RunRequest, 'name'> },
  { program }: ProcessContext,
): NextStep {
  if (spec.command === 'undo' && !spec.planOnly) {
    const output = flags.output === undefined ? [] : ['--output', flags.output];
    const words = [...(spec.againWords ?? []), '--restart', ...output];
    return () => nextCommand({ program, command: 'undo', input: spec.inputName, words, only: [] }, flags);
  }
  const own = spec.command === 'plan' || spec.command === 'undo' ? MAIN_OPERATION : spec.command;
  const {
    command = own,
    input = request.name,
    words = selectionWords(spec.inputOptions),
  } = spec.planned ?? {};
  return (only) => nextCommand({ program, command, input, words, only }, flags);
}
