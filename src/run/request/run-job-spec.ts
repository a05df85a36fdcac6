import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { irregularAt } from '../../disk/irregular-file.ts';
import type { InputOptions } from '../../input/columns/input-options.ts';
import type { ValidRow } from '../../model/row.ts';
import { RunError } from '../../model/run-error.ts';
import { onlyTerm, operationFrom, termsFromInputOptions, unreplacedBy } from './input-terms.ts';
import type { Operation } from '../../model/operation.ts';
import { nameOfMap, type AskedMap } from './offline-pairs.ts';
import type { RunRequest } from './run-request.ts';
import {
  concurrencyOf,
  isFast,
  isRehearsal,
  optionsInForce,
  readLagOf,
  realLimitsOf,
  type RunOptions,
} from './run-options.ts';
import type { RunTarget } from './run-target.ts';
import type { RunStore } from '../../store/run-store.ts';

/** A job, beside its options. */
export interface JobSpec {
  readonly command: Operation | 'plan' | 'undo';
  readonly operationOf: (row: ValidRow) => Operation;
  /** Rows whose old entity may go first even without the option; none, if absent. */
  readonly detachesFirst?: (row: ValidRow) => boolean;
  /** Tell what would be done, and write nothing. */
  readonly planOnly: boolean;
  /** The run that a plan plans, where that is not the main job on the plan itself. */
  readonly planned?: PlannedRun;
  /** The identifiers are those of calls that were made before: none is a slip of writing. */
  readonly provenIds: boolean;
  readonly inputName: string;
  readonly inputBytes: AsyncIterable<Uint8Array>;
  /** The same once more, where they can be had more than once: a file of the user's. */
  readonly readAgain?: () => AsyncIterable<Uint8Array>;
  readonly inputOptions: InputOptions;
  readonly replaceMap?: AskedMap | undefined;
  /** Of an undo: the run that it takes back. */
  readonly undoes?: RunRequest['undoes'];
  /** Terms of the run that neither its options nor those of its input tell. */
  readonly moreTerms?: Readonly<Record<string, string>>;
  /** What selects the rows of a command that reads no file of its own, as words. */
  readonly againWords?: readonly string[];
  /** How another process that finds the run held is told of this one: a command line, perhaps. */
  readonly purpose: string;
  /** Where the results go unless the option `output` says; `undefined` where it is required. */
  readonly defaultResults: string | undefined;
}

export interface PlannedRun {
  readonly command: Operation | 'undo';
  /** Its input; absent, the plan is. */
  readonly input?: string;
  /** Options that it takes beside those of the plan. */
  readonly words?: readonly string[];
}

const RETRY_BASE_MS = 500;
const RETRY_CAP_MS = 20_000;
/** How long before its write a row is read, at the most. */
const READ_AHEAD_SECONDS = 4;
/** How long before its write a row is taken that is not read: what waits holds memory, and there may be hundreds of runs. */
const TAKEN_AHEAD_SECONDS = 1;

/** Whose run it is: its version, and the store that knows the run by its results' path. */
export interface RequestContext {
  readonly version: string;
  readonly runs: RunStore;
  /** Spells the options that sentences in the results name, where whoever reads them has flags. */
  readonly spell?: (sentence: string) => string;
  /** The command that goes on with the run, where one began it. */
  readonly goOn?: string;
  /** Of a plan, the command of the run that it plans, by the plan's path. */
  readonly runIt?: (plan: string) => string;
}

/** The run that a job and its options ask for. */
export function runRequestOf(
  spec: JobSpec,
  options: RunOptions,
  target: RunTarget,
  context: RequestContext,
): RunRequest {
  assertRehearsesAtPace(options);
  const terms = termsOf(spec, options, target);
  const name = resultsPathOf(spec, options, context);
  return {
    command: spec.command,
    operationOf: spec.operationOf,
    mayDetachFirst: (row) => options.detachFirst === true || spec.detachesFirst?.(row) === true,
    planOnly: spec.planOnly,
    inputName: spec.inputName,
    inputBytes: options.useCopy === true ? undefined : spec.inputBytes,
    inputPermissions: permissionsOf(spec.inputName),
    inputOptions: { ...spec.inputOptions, unreplaced: unreplacedBy(operationFrom(terms)) },
    replaceMap: spec.replaceMap,
    allLines: options.allLines === true,
    name,
    terms,
    tool: `oppsweep ${context.version}`,
    restart: options.restart === true,
    purpose: spec.purpose,
    retryPolicy: { maxAttempts: options.maxAttempts, baseMs: RETRY_BASE_MS, capMs: RETRY_CAP_MS },
    maxFailures: options.maxFailures,
    outageWaitMs: options.outageWait * 60_000,
    signInWaitMs: (options.waitForCredentials ?? 0) * 3_600_000,
    only: options.only,
    limit: options.limit ?? Number.POSITIVE_INFINITY,
    // One part of them calls; the others are being noted, are being recorded, or wait between two tries.
    slots: concurrencyOf(options) * 3,
    waiting: waitingRows(options),
    preflight: preflightOf(spec, options),
    protectLast: options.protectLast === true,
    skipLocked: options.skipLocked === true,
    readLagMs: readLagOf(options) * 1_000,
    provenIds: spec.provenIds,
    defuseAll: options.defuseAll === true,
    ...(context.spell !== undefined && { spell: context.spell }),
    ...(context.goOn !== undefined && { goOn: context.goOn }),
    ...(context.runIt !== undefined && spec.planOnly && { runIt: context.runIt(name) }),
    ...(spec.undoes !== undefined && { undoes: spec.undoes }),
    ...(isFast(options) && { rehearses: realLimitsOf(options) }),
    options: optionsInForce(options),
  };
}

/** The results' path, by which their run is known too. */
function resultsPathOf(
  { defaultResults, inputName }: JobSpec,
  { output }: RunOptions,
  { runs }: RequestContext,
): string {
  const path = output ?? defaultResults;
  if (path === undefined) {
    throw new RunError('usage', `${sentenceStart(inputName)} has no name that results could share.`, {
      code: 'name_results',
    });
  }
  // A restart would rename the input out of the way.
  if ([path, runs.places(path).summary].some((taken) => resolve(taken) === resolve(inputName))) {
    throw new RunError('usage', `${inputName} is the input itself, and results never take its place.`, {
      code: 'spare_the_input',
    });
  }
  const irregular = irregularAt(path);
  if (irregular !== undefined) {
    throw new RunError('output_unwritable', `${path} is ${irregular}, not a file.`, { code: 'name_results' });
  }
  const folder = dirname(resolve(path));
  if (!existsSync(folder)) {
    throw new RunError('output_unwritable', `There is no folder ${folder} for the results.`, {
      code: 'make_results_folder',
      folder,
    });
  }
  return path;
}

function sentenceStart(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Of the input's file; `undefined` where it is none. */
function permissionsOf(inputName: string): number | undefined {
  try {
    const found = statSync(inputName);
    return found.isFile() ? found.mode & 0o777 : undefined;
  } catch {
    // What keeps it from being read is told when it is.
    return undefined;
  }
}

/** Enough rows come up behind the writer that reads never hold it up, and few enough that they don't grow stale. */
function waitingRows(options: RunOptions): number {
  const { rate, preflight } = options;
  const concurrency = concurrencyOf(options);
  if (rate === 'unlimited' || isFast(options)) return concurrency;
  const [seconds, least] = preflight ? [READ_AHEAD_SECONDS, 4] : [TAKEN_AHEAD_SECONDS, 1];
  return Math.min(concurrency, Math.max(least, Math.ceil(rate * seconds)));
}

function preflightOf({ planOnly }: JobSpec, options: RunOptions): boolean {
  const what = planOnly ? 'A plan' : readingOption(options);
  if (options.preflight || what === undefined) return options.preflight;
  throw new RunError('usage', `${what} needs to read opportunities beforehand, and that is switched off.`, {
    code: 'read_first',
  });
}

/** The first of the options that can't do without a read, in words. */
function readingOption({ protectLast, skipLocked, detachFirst }: RunOptions): string | undefined {
  if (protectLast === true) return 'Keeping the last entity of a type';
  if (detachFirst === true) return 'Telling which entity has to be detached first';
  return skipLocked === true ? 'Leaving locked opportunities out' : undefined;
}

/** The terms that a resume must bring again: everything that decides which calls are made, and where. */
function termsOf(spec: JobSpec, options: RunOptions, { catalog, endpoint }: RunTarget): RunRequest['terms'] {
  return {
    command: spec.command,
    catalog,
    endpoint,
    ...termsFromInputOptions(spec.inputOptions),
    only: onlyTerm(options.only),
    ...(spec.planned !== undefined && { planned: spec.planned.command }),
    ...(spec.replaceMap !== undefined && { replaceMap: nameOfMap(spec.replaceMap) }),
    ...spec.moreTerms,
  };
}

/** The real run always keeps its pace: whoever asks for it believes to rehearse. */
function assertRehearsesAtPace(options: RunOptions): void {
  if (options.realTime !== true || isRehearsal(options)) return;
  throw new RunError('usage', 'The option real-time keeps the pace of a rehearsal, and this run is none.', {
    code: 'rehearse_or_leave_out',
  });
}
