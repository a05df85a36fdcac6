import { resolve } from 'node:path';
import type { JobContext } from '../../run/job-context.ts';
import { untilAborted } from '../../model/on-abort.ts';
import { RunError, stopOf } from '../../model/run-error.ts';
import { runJob } from '../../run/run-job.ts';
import type { RunEnd } from '../../run/run-end.ts';
import { stoppedBySignal } from '../../calls/stop/stop-reasons.ts';
import { createStopSwitch, type StopSwitch } from '../../calls/stop/stop-switch.ts';
import { assertMayConfirm, confirmRun } from '../screen/confirm-run.ts';
import { nextOf, reportRun } from './report-run.ts';
import { sameCommand, withEndpointNamed } from '../options/same-command.ts';
import type { RunFlags } from '../options/run-flags.ts';
import type { RunRequest } from '../../run/request/run-request.ts';
import { callLimitsOf, isRehearsal } from '../../run/request/run-options.ts';
import { runRequestOf, type JobSpec } from '../../run/request/run-job-spec.ts';
import { counted } from '../words/amounts.ts';
import { commandLine } from '../words/hints/shell-words.ts';
import { exitCodeOf } from '../words/hints/stop-codes.ts';
import { withFlags } from '../words/option-spelling.ts';
import { rowCounts } from '../words/progress/run-event.ts';
import { openOutlets, type EndOfRun, type RunOutlets } from '../screen/run-outlets.ts';
import { createRunScreen, type RunScreen } from '../screen/run-screen.ts';
import { orFromCopy, settleJob, type SettledJob } from '../screen/settle-job.ts';
import { runTargetOf, type RunTarget } from '../../run/request/run-target.ts';
import { storeWords } from '../options/store-flags.ts';
import { targetContextOf } from '../options/target-context.ts';
import { optimizeLate } from '../process/optimize-late.ts';
import type { ProcessContext } from '../process/process-context.ts';

/** One run, from its command and flags to its exit code. */
export async function runCommand(spec: JobSpec, flags: RunFlags, context: ProcessContext): Promise<number> {
  const { command, inputName: input } = spec;
  assertLogApart(spec, flags, context);
  optimizeLate();
  const outlets = await openOutlets({ command, input }, flags, context);
  try {
    return await runAndReport(spec, flags, outlets, context);
  } catch (error) {
    const reason = stopOf(error);
    if (reason !== undefined) outlets.refused(reason);
    throw error;
  } finally {
    await outlets.close();
  }
}

/** An empty log at the place of the results would keep the run itself from beginning. */
function assertLogApart(
  { defaultResults }: JobSpec,
  { output, logFile }: RunFlags,
  { runs }: ProcessContext,
): void {
  const name = output ?? defaultResults;
  if (name === undefined || logFile === undefined) return;
  const { results, summary, folder } = runs.places(name);
  const log = resolve(logFile);
  if ([results, summary, folder].every((place) => resolve(place) !== log)) return;
  throw new RunError('output_unwritable', `The log ${logFile} has the name of what the run itself writes.`, {
    code: 'name_log',
  });
}

async function runAndReport(
  asked: JobSpec,
  flags: RunFlags,
  outlets: RunOutlets,
  called: ProcessContext,
): Promise<number> {
  const { targetOf = runTargetOf } = called;
  const target = await targetOf(flags, targetContextOf(called));
  const process = withEndpointNamed(called, target, flags);
  if (!asked.planOnly) assertMayConfirm(target.catalog, flags, process);
  const requestOf = ({ spec, context }: SettledJob): RunRequest =>
    runRequestOf(spec, flags, target, {
      ...context,
      spell: withFlags,
      goOn: sameCommand(context),
      runIt: (name) => nextOf({ spec, request: { name }, flags }, context)([]),
    });
  const { name } = requestOf({ spec: asked, context: process });
  const { catalog, endpoint } = target;
  outlets.concerns({ results: name, catalog, endpoint });
  const stopSwitch = createStopSwitch();
  const screen = createRunScreen(asked, flags, outlets, process);
  process.onStopSignal(
    (signal) => {
      stopSwitch.stop(stoppedBySignal(signal));
      screen.stopping(signal);
    },
    (signal) => {
      const { code: reason } = stoppedBySignal(signal);
      return outlets.cutOff({ reason, exitCode: exitCodeOf(reason) }, sameCommand(process));
    },
  );
  let end: RunEnd;
  let settled: SettledJob;
  let request: RunRequest;
  try {
    const obeying = { ...asked, inputBytes: untilAborted(asked.inputBytes, stopSwitch.signal) };
    settled = await settleJob(obeying, { name, flags, signal: stopSwitch.signal }, process);
    request = requestOf(settled);
    end = await runJob(request, jobContext({ request, target, flags, outlets, stopSwitch, screen }, settled));
  } catch (error) {
    throw await orFromCopy(error, { spec: asked, name }, process);
  } finally {
    screen.end();
  }
  const { spec, context } = settled;
  outlets.tellTroubleBy(context.terminal.err);
  const code = reportRun(end, { spec, request, flags, note: outlets.words }, context);
  if (flags.report === true) {
    if (end.kind === 'stopped') tellReportLater(request.name, flags, { outlets, context });
    else await reportBeside(request.name, flags, { outlets, context });
  }
  outlets.ended(endOf(end, code, flags));
  return code;
}

interface Told {
  readonly outlets: RunOutlets;
  readonly context: ProcessContext;
}

/** Its page would be of a run that is not at its end: that one is made when somebody asks for it. */
function tellReportLater(results: string, flags: RunFlags, { outlets, context }: Told): void {
  const now = reportCommand(results, flags, context);
  const words = `No report yet: it is written once the run is finished. One of what is done so far: ${now}\n`;
  outlets.words(words);
  if (flags.quiet !== true) context.terminal.err(words);
}

function reportCommand(
  results: string,
  { store, run }: RunFlags,
  { program, args }: ProcessContext,
  words: readonly string[] = [],
): string {
  const command = commandLine({ program, command: 'report', file: results, words });
  return command + storeWords(results, { store, run }, args);
}

/** What was done stays done, whether or not a page can tell of it: the exit code is the run's. */
async function reportBeside(results: string, flags: RunFlags, { outlets, context }: Told): Promise<void> {
  try {
    const { quiet, store, run } = flags;
    const { writeReport } = await import('./write-report.ts');
    await writeReport(results, { quiet, store, run }, context);
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
    const again = reportCommand(results, flags, context, ['-o', 'FILE.html']);
    const words = `The results are whole, but there is no report: ${withFlags(error.message)}\nTo write it elsewhere: ${again}\n`;
    outlets.words(words);
    context.terminal.err(words);
  }
}

interface Work {
  readonly request: RunRequest;
  readonly target: RunTarget;
  readonly flags: RunFlags;
  readonly outlets: RunOutlets;
  readonly stopSwitch: StopSwitch;
  readonly screen: RunScreen;
}

/** The world that a run is lent. */
function jobContext(lent: Work, { spec, context }: SettledJob): JobContext {
  const { request, target, flags, outlets, stopSwitch, screen } = lent;
  const serviceDeps = {
    ...context,
    limits: callLimitsOf(flags),
    userAgent: `oppsweep|${context.version}`,
    purpose: request.purpose,
    writes: spec.planOnly ? ('look' as const) : ('lease' as const),
    signal: stopSwitch.signal,
    helperSlow: screen.helperSlow,
  };
  return {
    ...context,
    events: screen.events,
    stopSwitch,
    account: () => target.account(serviceDeps),
    openService: (input, work, journaled) => target.open(input, { ...serviceDeps, journaled }, work),
    confirm: async (ahead, service) => {
      const { caller } = service;
      if (caller !== null) outlets.concerns({ caller });
      const told = { words: outlets.words, say: screen.say };
      await confirmRun(ahead, service, flags, { ...context, request, told, signal: stopSwitch.signal });
    },
  };
}

function endOf(end: RunEnd, exitCode: number, flags: RunFlags): EndOfRun {
  if (end.kind !== 'stopped') {
    const { tally } = end;
    const message = `Finished${isRehearsal(flags) ? ', a rehearsal' : ''}: ${counted(tally.rows, 'row')}.`;
    return { message, exitCode, rows: rowCounts(tally.rows, tally) };
  }
  const { code, message } = end.reason;
  const rows = rowCounts(end.done.rowsToRun, end.done.settled);
  return { reason: code, message: withFlags(message), exitCode, rows };
}
