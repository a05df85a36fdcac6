import { assertNever } from '../../model/fault.ts';
import { isOperation } from '../../model/operation.ts';
import { allAsWished } from '../../model/tally.ts';
import type { RunEnd } from '../../run/run-end.ts';
import type { RunRequest } from '../../run/request/run-request.ts';
import { describeFinished, describeFinishedBefore, describeStopped } from '../words/describe-end.ts';
import { againCommand } from '../options/again-command.ts';
import { EXIT, exitCodeWithin } from '../words/stop-codes.ts';
import type { RunFlags } from '../options/run-flags.ts';
import type { JobSpec } from '../../run/request/run-job-spec.ts';
import { withFlags } from '../words/option-spelling.ts';
import { shellWords } from '../words/shell-words.ts';
import type { ProcessContext } from '../process/process-context.ts';

/** A run and what it was asked for. */
export interface ReportedRun {
  readonly spec: JobSpec;
  readonly request: RunRequest;
  readonly flags: RunFlags;
  readonly tookMs: number;
}

/** Says how a run ended, and gives its exit code. */
export function reportRun(end: RunEnd, run: ReportedRun, context: ProcessContext): number {
  const places = context.runs.places(run.request.name);
  const { quiet, json } = run.flags;
  const say = quiet === true ? () => undefined : context.terminal.err;
  const print = (value: unknown): void => {
    if (json === true) context.terminal.out(`${JSON.stringify(value, null, 2)}\n`);
  };
  switch (end.kind) {
    case 'finished':
      print(end.summary);
      say(describeFinished(end, { places, tookMs: run.tookMs, again: againOf(run) }));
      return allAsWished(end.tally) ? EXIT.settled : EXIT.someNot;
    case 'finished_before':
      print({ finishedAt: end.at, counts: end.tally });
      say(describeFinishedBefore(end, places));
      return allAsWished(end.tally) ? EXIT.settled : EXIT.someNot;
    case 'stopped':
      print({
        stopped: end.reason.code,
        message: withFlags(end.reason.message),
        rows: end.rows,
        counts: end.tally,
      });
      context.terminal.err(describeStopped(end, places, sameCommand(context)));
      return exitCodeWithin(end.reason.code);
    default:
      return assertNever(end);
  }
}

/** The command that goes on: this one, but for what would begin again. */
function sameCommand({ args }: ProcessContext): string {
  return shellWords(['oppsweep', ...args.filter((word) => word !== '--restart')]);
}

/** Where the results can be run again as they are. */
function againOf({ spec, request, flags }: ReportedRun): string | undefined {
  if (!isOperation(spec.command)) return undefined;
  return againCommand(spec.command, request.name, flags);
}
