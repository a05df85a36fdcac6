import { fileSource } from '../input/read-file.ts';
import { parseCatalog, type Catalog } from '../model/catalog.ts';
import { assertNever } from '../model/fault.ts';
import { RunError } from '../model/run-error.ts';
import { resolveEndpoint } from '../partner-central/endpoint.ts';
import { readProfileEndpoint } from '../partner-central/profile-endpoint.ts';
import { allAsWished } from '../results/tally.ts';
import { defaultResultsPath, runPaths, type RunPaths } from '../results/run-paths.ts';
import { openEmulatedService } from '../run/open-emulated-service.ts';
import { openLiveService } from '../run/open-live-service.ts';
import type { OpenService, ServiceDependencies } from '../run/open-service.ts';
import type { Operation } from '../run/operation.ts';
import type { RunEnd } from '../run/run-end.ts';
import { runJob } from '../run/run-job.ts';
import type { RunRequest } from '../run/run-request.ts';
import { stoppedBySignal } from '../run/stop-reasons.ts';
import { createStopSwitch } from '../run/stop-switch.ts';
import { associationsOf, type RereadableInput } from '../run/survey-input.ts';
import { confirmRun, assertMayConfirm } from './confirm-run.ts';
import { describeFinished, describeFinishedBefore, describeStopped } from './describe-end.ts';
import { EXIT, exitCodeOf } from './exit-codes.ts';
import { inputOptionsOf } from './input-flags.ts';
import { callLimitsOf, type RunFlags } from './run-flags.ts';
import { createRunScreen } from './run-screen.ts';
import { shellWords } from './shell-words.ts';
import type { World } from './world.ts';

const RETRY_BASE_MS = 500;
const RETRY_CAP_MS = 20_000;
/** How long before its write a row is read, at the most. */
const WAITING_SECONDS = 4;

/** One run, from its flags to its exit code. */
export async function runCommand(
  operation: Operation,
  inputPath: string,
  flags: RunFlags,
  world: World,
): Promise<number> {
  const started = world.clock.monotonicMs();
  const target = await targetOf(flags, world);
  const request = requestOf({ operation, inputPath, flags, target }, world);
  const stopSwitch = createStopSwitch();
  const screen = createRunScreen(flags, world);
  world.onStopSignal((signal) => {
    stopSwitch.stop(stoppedBySignal(signal));
    screen.stopping(signal);
  });
  const serviceDeps: ServiceDependencies = {
    ...world,
    limits: callLimitsOf(flags),
    userAgent: `oppsweep|${world.version}`,
    purpose: request.purpose,
  };
  let end: RunEnd;
  try {
    end = await runJob(
      request,
      {
        ...world,
        stopSwitch,
        openService: (input) => target.open(input, serviceDeps),
        confirm: (survey, service) => confirmRun(survey, service, flags, world),
      },
      screen.events,
    );
  } finally {
    screen.end();
  }
  return report(end, { paths: request.paths, flags, tookMs: world.clock.monotonicMs() - started }, world);
}

/** Which service is meant. */
interface RunTarget {
  readonly catalog: Catalog;
  readonly endpoint: string;
  readonly open: (input: RereadableInput, deps: ServiceDependencies) => Promise<OpenService>;
}

async function targetOf(flags: RunFlags, world: World): Promise<RunTarget> {
  if (flags.emulator === true || flags.emulatorState !== undefined) return emulatorTarget(flags);
  if (flags.catalog === undefined) {
    throw new RunError('usage', 'No catalog is given.', {
      hint: 'Add --catalog AWS (live data) or --catalog Sandbox (isolated testing), or rehearse with --emulator.',
    });
  }
  const catalog = parseCatalog(flags.catalog);
  const { env } = world.terminal;
  const { region, profile, endpointUrl } = flags;
  const profileEndpointUrl = await readProfileEndpoint({ profile, env });
  const endpoint = resolveEndpoint({ endpointUrl, profileEndpointUrl, region, env });
  assertMayConfirm(catalog, flags, world);
  return {
    catalog,
    endpoint: endpoint.origin,
    open: (_input, deps) => openLiveService({ catalog, region, profile, endpoint, env }, deps),
  };
}

function emulatorTarget(flags: RunFlags): RunTarget {
  if (flags.catalog !== undefined && parseCatalog(flags.catalog) !== 'Sandbox') {
    throw new RunError('usage', `--emulator holds catalog Sandbox, and --catalog says ${flags.catalog}.`, {
      hint: 'Leave one of the two out.',
    });
  }
  const state = flags.emulatorState;
  return {
    catalog: 'Sandbox',
    endpoint: 'emulator',
    open: (input, deps) => {
      const stateInput =
        state === undefined ? input : { name: state, read: () => fileSource(state).bytes, options: {} };
      return openEmulatedService(associationsOf(stateInput), deps);
    },
  };
}

interface Asked {
  readonly operation: Operation;
  readonly inputPath: string;
  readonly flags: RunFlags;
  readonly target: RunTarget;
}

function requestOf({ operation, inputPath, flags, target }: Asked, world: World): RunRequest {
  const fromStandardInput = inputPath === '-';
  if (fromStandardInput && flags.output === undefined) {
    throw new RunError('usage', 'Standard input has no name that results could share.', {
      hint: 'Name the results with --output, such as --output done.csv.',
    });
  }
  const paths = runPaths(flags.output ?? defaultResultsPath(inputPath));
  const bytes = fromStandardInput ? world.standardInput : fileSource(inputPath).bytes;
  return {
    operation,
    inputName: fromStandardInput ? 'standard input' : inputPath,
    inputBytes: flags.useCopy === true ? undefined : bytes,
    inputOptions: inputOptionsOf(flags),
    paths,
    terms: termsOf(operation, flags, target),
    tool: `oppsweep ${world.version}`,
    restart: flags.restart === true,
    purpose: `oppsweep ${shellWords([operation, inputPath])}`,
    retryPolicy: { maxAttempts: flags.maxAttempts, baseMs: RETRY_BASE_MS, capMs: RETRY_CAP_MS },
    maxFailures: flags.maxFailures,
    limit: flags.limit ?? Number.POSITIVE_INFINITY,
    // Rows that wait between two tries leave their place in the pace to others.
    slots: flags.concurrency * 2,
    waiting: waitingRows(flags),
    preflight: flags.preflight,
    protectLast: protectLastOf(flags),
    planOnly: false,
    defuseAll: flags.defuseAll === true,
    options: optionsInForce(flags),
  };
}

/** What a resume must bring again: everything that decides which calls are made, and where. */
function termsOf(
  operation: Operation,
  flags: RunFlags,
  { catalog, endpoint }: RunTarget,
): Readonly<Record<string, string>> {
  const terms: Record<string, string> = { operation, catalog, endpoint };
  for (const [name, value] of Object.entries(inputOptionsOf(flags)))
    terms[name] = String(value ?? 'detected');
  return terms;
}

/** Enough rows come up behind the writer that reads never hold it up, and few enough that they don't grow stale. */
function waitingRows({ rate, concurrency }: RunFlags): number {
  if (rate === 'unlimited') return concurrency;
  return Math.min(concurrency, Math.max(4, Math.ceil(rate * WAITING_SECONDS)));
}

function protectLastOf({ protectLast, preflight }: RunFlags): boolean {
  if (protectLast !== true) return false;
  if (preflight) return true;
  throw new RunError('usage', '--protect-last needs to read opportunities, and --no-preflight says not to.', {
    hint: 'Leave one of the two out.',
  });
}

function optionsInForce(flags: RunFlags): RunRequest['options'] {
  const { rate, readRate, dailyQuota, reserve, wait, concurrency, maxAttempts, timeout } = flags;
  return { rate, readRate, dailyQuota, reserve, wait, concurrency, maxAttempts, timeout };
}

interface Reported {
  readonly paths: RunPaths;
  readonly flags: RunFlags;
  readonly tookMs: number;
}

function report(end: RunEnd, { paths, flags, tookMs }: Reported, world: World): number {
  const { terminal } = world;
  const say = flags.quiet === true ? () => undefined : terminal.err;
  switch (end.kind) {
    case 'finished':
      if (flags.json === true) terminal.out(`${JSON.stringify(end.summary, null, 2)}\n`);
      say(describeFinished(end, paths, tookMs));
      return allAsWished(end.tally) ? EXIT.settled : EXIT.someNot;
    case 'finished_before':
      if (flags.json === true)
        terminal.out(`${JSON.stringify({ finishedAt: end.at, counts: end.tally }, null, 2)}\n`);
      say(describeFinishedBefore(end, paths));
      return allAsWished(end.tally) ? EXIT.settled : EXIT.someNot;
    case 'stopped':
      if (flags.json === true)
        terminal.out(`${JSON.stringify({ stopped: end.reason.code, counts: end.tally }, null, 2)}\n`);
      terminal.err(describeStopped(end, paths, sameCommand(world)));
      return exitCodeOf(end.reason.code);
    default:
      return assertNever(end);
  }
}

/** The command that goes on: this one, but for what would begin again. */
function sameCommand({ args }: World): string {
  return shellWords(['oppsweep', ...args.filter((word) => word !== '--restart')]);
}
