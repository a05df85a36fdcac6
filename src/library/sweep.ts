import { stoppedByCaller } from '../calls/stop/stop-reasons.ts';
import { createStopSwitch, type StopSwitch } from '../calls/stop/stop-switch.ts';
import { realDisk } from '../disk/disk.ts';
import { thisMachine } from '../disk/machine.ts';
import { systemClock } from '../disk/system-clock.ts';
import { onAbort } from '../model/on-abort.ts';
import { MAIN_OPERATION } from '../model/operation.ts';
import { RunError } from '../model/run-error.ts';
import type { SettledRow } from '../results/results-csv.ts';
import { defaultResultsPath } from '../run/request/default-results.ts';
import type { RunOptions } from '../run/request/run-options.ts';
import { runRequestOf, type JobSpec } from '../run/request/run-job-spec.ts';
import { assertOneReplacement } from '../run/request/offline-pairs.ts';
import { callLimitsOf } from '../run/request/run-options.ts';
import type { JobContext } from '../run/job-context.ts';
import { runTargetOf } from '../run/request/run-target.ts';
import { runJob } from '../run/run-job.ts';
import type { RunEnd } from '../run/run-end.ts';
import { SILENT } from '../run/run-events.ts';
import { filesHome } from '../store/files/files-home.ts';
import type { Home, RunStore } from '../store/run-store.ts';
import type { Summary } from '../store/summary.ts';
import { packageVersion } from '../disk/package-version.ts';
import { feedRows, type OfferRow, type Rows } from './row-feed.ts';
import { openSource, type SweepInput } from './sweep-input.ts';
import { inputOptionsOf, runOptionsOf, type SweepOptions } from './sweep-options.ts';

/**
 * Removes the associations that an input's rows name, and gives each row as it is settled, in the input's order. A path's
 * results, summary and folder are written as the command writes them, and the same call goes on with a run that was stopped.
 */
export function sweep(input: SweepInput, options: SweepOptions = {}): Rows<SettledRow, Summary> {
  return runRows('disassociate', input, options);
}

/** Reads what a sweep would do to each row, and writes nothing to the service. */
export function plan(input: SweepInput, options: SweepOptions = {}): Rows<SettledRow, Summary> {
  return runRows('plan', input, options);
}

function runRows(
  command: 'disassociate' | 'plan',
  input: SweepInput,
  options: SweepOptions,
): Rows<SettledRow, Summary> {
  const stopSwitch = createStopSwitch();
  return feedRows({
    run: async (offer) => {
      // Before all else: the signal is one of them.
      const runOptions = runOptionsOf(options);
      const { signal } = options;
      const stop = (): void => stopSwitch.stop(stoppedByCaller());
      if (signal?.aborted === true) stop();
      const stay = signal && onAbort(signal, stop);
      try {
        return await run({ command, input, options, runOptions }, stopSwitch, offer);
      } finally {
        stay?.();
      }
    },
    leave: () => {
      stopSwitch.stop(stoppedByCaller());
    },
  });
}

interface LibraryRun {
  readonly command: 'disassociate' | 'plan';
  readonly input: SweepInput;
  readonly options: SweepOptions;
  readonly runOptions: RunOptions;
}

async function run(job: LibraryRun, stopSwitch: StopSwitch, offer: OfferRow<SettledRow>): Promise<Summary> {
  const { command, options, runOptions } = job;
  const lent = lentBy(options);
  const target = await runTargetOf(runOptions, { env: process.env });
  if (command !== 'plan' && target.catalog === 'AWS' && options.yes !== true) {
    throw new RunError(
      'confirmation_missing',
      'A run on catalog AWS changes live data, and nobody is asked here.',
      {
        code: 'confirm',
      },
    );
  }
  const spec = await specOf(job, lent);
  const request = runRequestOf(spec, runOptions, target, { version: packageVersion(), runs: lent.runs });
  const service = {
    ...lent,
    limits: callLimitsOf(runOptions),
    userAgent: `oppsweep|${packageVersion()}`,
    purpose: spec.purpose,
    writes: command === 'plan' ? ('look' as const) : ('lease' as const),
    signal: stopSwitch.signal,
  };
  const context = {
    ...lent,
    events: SILENT,
    stopSwitch,
    settled: offer,
    confirm: () => Promise.resolve(),
    openService: (...[read, work, journaled]: Parameters<JobContext['openService']>) =>
      target.open(read, { ...service, journaled }, work),
  };
  return summaryOf(await runJob(request, context), request.name, lent.runs);
}

type Lent = Home & Pick<JobContext, 'clock' | 'dice' | 'machine'>;

/** The process's own parts, but for those that were given. */
function lentBy(options: SweepOptions): Lent {
  const { clock = systemClock, disk = realDisk, machine = thisMachine, dice = Math.random } = options;
  const { runs, quotas } = filesHome({ disk, machine, clock, env: process.env });
  // An account's quota is used by others too, wherever this run is kept.
  return { clock, machine, dice, runs: options.store ?? runs, quotas };
}

async function specOf(job: LibraryRun, { runs }: Pick<Lent, 'runs'>): Promise<JobSpec> {
  const { command, input, options } = job;
  assertOneReplacement(options);
  const source = await openSource(input);
  const planOnly = command === 'plan';
  return {
    command,
    operationOf: () => MAIN_OPERATION,
    planOnly,
    provenIds: false,
    inputName: source.name,
    inputBytes: source.bytes,
    inputOptions: { ...inputOptionsOf(options), ...source.columns },
    replaceMap: options.replaceMap,
    purpose: `${command} of ${source.name}, by the library`,
    defaultResults: await defaultResults(job, runs),
  };
}

/** Beside a path; a store of the caller's own needs no path, only a name. */
async function defaultResults(
  { command, input, options }: LibraryRun,
  runs: RunStore,
): Promise<string | undefined> {
  const kind = command === 'plan' ? 'plan' : 'results';
  if (typeof input === 'string') return defaultResultsPath(input, kind, await runs.isOutput(input));
  return options.store === undefined ? undefined : `input.${kind}.csv`;
}

/** Its summary; throws what stopped it. */
async function summaryOf(end: RunEnd, name: string, runs: RunStore): Promise<Summary> {
  if (end.kind === 'finished') return end.summary;
  if (end.kind === 'stopped') throw end.reason;
  const text = await (await runs.record(name))?.publishedSummary();
  // Written by this tool, and left as it was.
  if (text !== undefined) return JSON.parse(text) as Summary;
  throw new RunError('state_damaged', `The run of ${name} is finished, and its summary is gone.`);
}
