import { limitReached } from '../calls/stop/stop-reasons.ts';
import { createStopSwitch, type StopSwitch } from '../calls/stop/stop-switch.ts';
import type { Machine } from '../disk/machine.ts';
import type { Clock, Dice } from '../model/clock.ts';
import { RunError, stopOf, type RunErrorCode } from '../model/run-error.ts';
import type { JobContext } from '../run/job-context.ts';
import { SILENT } from '../run/run-events.ts';
import type { SharedDispatchers } from '../partner-central/access/shared-dispatchers.ts';
import { runJob } from '../run/run-job.ts';
import { callLimitsOf, optionsInForce } from '../run/request/run-options.ts';
import { runRequestOf } from '../run/request/run-job-spec.ts';
import type { RunTarget, TargetContext } from '../run/request/run-target.ts';
import type { ServiceDependencies } from '../run/service/open-service.ts';
import {
  runName,
  type AfterSlice,
  type FleetRun,
  type RowLimit,
  type Slice,
} from '../store/fleet/fleet-store.ts';
import type { Home } from '../store/run-store.ts';
import { afterStop, untilRoom } from './after-stop.ts';
import { assertTermsKnown } from './fleet-terms.ts';
import { readOptions, specOf, targetOf, type FleetOptions } from './fleet-options.ts';

/** The parts that a process lends a fleet. */
export interface FleetContext extends Home {
  readonly clock: Clock;
  readonly dice: Dice;
  readonly machine: Pick<Machine, 'host' | 'user'>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  /** The connections of all runs. */
  readonly shared: SharedDispatchers;
  /** Hears that a run's first call is about to leave. */
  readonly underWay?: ((run: FleetRun) => void) | undefined;
  /** Hears that this host names another endpoint than a fleet's, which its calls go to all the same. */
  readonly otherNamed?: TargetContext['otherNamed'];
}

/** A slice under way. */
export interface RunningSlice {
  readonly slice: Slice;
  readonly stopSwitch: StopSwitch;
  readonly done: Promise<SliceEnd>;
}

/** `hostFault`: no other host may have it, and this one is to be mended. */
export type SliceEnd = AfterSlice & { readonly hostFault?: RunError };

/** Goes on with an account's run until it is finished or stopped, or its day's quota is used up. */
export function startSlice(slice: Slice, context: FleetContext): RunningSlice {
  const stopSwitch = createStopSwitch();
  const done = signInTo(slice, stopSwitch, context).then(
    (signedIn) =>
      runSlice(slice, signedIn, context).catch((error: unknown) => afterError(slice, error, context)),
    async (error: unknown) => leftToOthers(slice, error) ?? (await afterError(slice, error, context)),
  );
  return { slice, stopSwitch, done };
}

async function signInTo(slice: Slice, stopSwitch: StopSwitch, context: FleetContext): Promise<SignedIn> {
  const { run } = slice;
  const asked = readOptions(run.options);
  assertTermsKnown(run, asked);
  const submitted = resumedWith(slice.limit, asked);
  const left = await leftOfLimit(slice, submitted, context);
  // A worker gives its place away when the quota is used up; for whoever submitted the run, it waits.
  const options = { ...submitted, run: { ...submitted.run, ...left, wait: false } };
  const target = await targetOf(run, options, context);
  const deps = serviceDeps(run, options, stopSwitch.signal, context);
  return { submitted, options, target, deps, stopSwitch, account: await target.account(deps) };
}

async function runSlice(slice: Slice, signedIn: SignedIn, context: FleetContext): Promise<AfterSlice> {
  const { run } = slice;
  const { submitted, options, target, account } = signedIn;
  assertAccount(run, account);
  const spec = specOf(run, options, slice.input());
  const asked = runRequestOf(spec, options.run, target, context);
  const goOn = `oppsweep fleet resume ${runName(run)}`;
  // That all lines are meant was settled when they were submitted.
  const settled = { allLines: true, options: optionsInForce(submitted.run), resultsStay: true };
  const request = { ...asked, ...settled, name: runName(run), fleetRun: runName(run), goOn };
  const end = await runJob(request, jobOf(run, signedIn, context));
  return end.kind === 'stopped' ? afterError(slice, end.reason, context) : { kind: 'finished' };
}

/** A limit that was lifted is none. */
function resumedWith(limit: RowLimit | undefined, options: FleetOptions): FleetOptions {
  if (limit === undefined) return options;
  const { limit: _submitted, ...others } = options.run;
  return { ...options, run: limit === 'unlimited' ? others : { ...others, limit } };
}

/** A limit holds over all slices: whatever ended the one before, its rows count. Throws a `RunError` where none is left. */
async function leftOfLimit(
  { run, settledBefore }: Slice,
  { run: { limit } }: FleetOptions,
  { runs }: FleetContext,
): Promise<{ readonly limit?: number }> {
  if (limit === undefined) return {};
  const record = await runs.record(runName(run), 'newest mark');
  const left = limit - ((record?.state.settled.rows ?? 0) - settledBefore);
  if (left <= 0) throw limitReached(runName(run));
  return { limit: left };
}

interface SliceParts {
  readonly target: RunTarget;
  readonly deps: ServiceDependencies;
  readonly stopSwitch: StopSwitch;
}

interface SignedIn extends SliceParts {
  readonly submitted: FleetOptions;
  /** In force here. */
  readonly options: FleetOptions;
  /** As STS tells it. */
  readonly account: string;
}

function jobOf(run: FleetRun, { target, deps, stopSwitch }: SliceParts, context: FleetContext): JobContext {
  return {
    ...context,
    events: { ...SILENT, began: () => context.underWay?.(run) },
    stopSwitch,
    openService: (input, work, journaled) => target.open(input, { ...deps, journaled }, work),
    // Whoever submitted the fleet was asked.
    confirm: async () => undefined,
  };
}

/** Signing in, and calling, for one account. */
export function serviceDeps(
  run: Pick<FleetRun, 'account' | 'fleet'>,
  { run: options }: FleetOptions,
  signal: AbortSignal,
  context: FleetContext,
): ServiceDependencies {
  return {
    ...context,
    limits: callLimitsOf(options),
    userAgent: `oppsweep|${context.version}`,
    purpose: `oppsweep worker, at ${runName(run)}`,
    writes: 'lease',
    signal,
  };
}

/** Throws a `RunError` where the credentials are another account's. */
export function assertAccount(
  { account, ...signIn }: Omit<FleetRun, 'fleet'> | Account,
  found: string,
): void {
  if (found === account) return;
  const by =
    signIn.roleArn ?? (signIn.profile === undefined ? 'these credentials' : `profile ${signIn.profile}`);
  throw new RunError(
    'credentials_refused',
    `The row is account ${account}'s, and ${by} sign in to ${found}.`,
  );
}

type Account = Pick<FleetRun, 'account' | 'profile' | 'roleArn'>;

const OF_HOST: ReadonlySet<RunErrorCode> = new Set([
  'credentials_missing',
  'credentials_refused',
  'credentials_expired',
]);

/** What another host may do: this one's version is too old for it, or has no credentials of its own that are good. */
function leftToOthers({ run }: Slice, error: unknown): SliceEnd | undefined {
  if (!(error instanceof RunError)) return undefined;
  const hostFault = faultOfHost(run, error);
  if (hostFault === undefined) return undefined;
  const { code, message } = error;
  return { kind: 'again', inMs: LEFT_MS, stop: { code, message }, hostFault };
}

/** A role's refusal is the role's. */
function faultOfHost(run: FleetRun, error: RunError): RunError | undefined {
  const { code, message, advice } = error;
  if (advice?.code === 'install_newer') return error;
  if (run.profile !== undefined || !OF_HOST.has(code)) return undefined;
  const words = `This host's own credentials are not good, and ${runName(run)} is signed in to with them: ${message}`;
  return new RunError(code, words, { code: 'mend_host' }, error);
}

/** Whoever is set up well takes it then. */
const LEFT_MS = 60_000;

async function afterError({ run }: Slice, error: unknown, context: FleetContext): Promise<AfterSlice> {
  const reason = stopOf(error);
  if (reason !== undefined) {
    const waitMs = reason.code === 'quota_reached' ? await untilQuota(run, context) : 0;
    return afterStop(reason, waitMs);
  }
  const words = error instanceof Error ? error.message : String(error);
  return {
    kind: 'parked',
    stop: { code: 'internal_error', message: `An error of oppsweep's own: ${words}` },
  };
}

async function untilQuota(run: FleetRun, { runs }: FleetContext): Promise<number> {
  const record = await runs.record(runName(run), 'newest mark');
  const perDay = record?.state.session?.callsPerDay ?? 'unlimited';
  const usage = await record?.writes();
  const callsLeft = run.rowsToRun - (record?.state.settled.rows ?? 0);
  return untilRoom(usage ?? { nowMs: () => 0, times: [] }, perDay, callsLeft);
}
