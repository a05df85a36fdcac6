import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { InputOptions } from '../../input/columns/input-options.ts';
import { fileSource } from '../../input/bytes/read-file.ts';
import type { ValidRow } from '../../model/row.ts';
import { RunError } from '../../model/run-error.ts';
import { onlyTerm, termsFromInputOptions } from '../../run/input-terms.ts';
import type { Operation } from '../../model/operation.ts';
import type { RunRequest } from '../../run/run-request.ts';
import { inputOptionsOf, type InputFlags } from './input-flags.ts';
import { defaultResultsPath } from './default-results.ts';
import type { RunFlags } from './run-flags.ts';
import type { RunTarget } from './run-target.ts';
import { shellWords } from '../words/shell-words.ts';
import type { ProcessContext } from '../process/process-context.ts';

/** A command's job, beside its flags. */
export interface JobSpec {
  readonly command: Operation | 'plan' | 'undo';
  readonly operationOf: (row: ValidRow) => Operation;
  /** Tell what would be done, and write nothing. */
  readonly planOnly: boolean;
  /** The identifiers are those of calls that were made before: none is a slip of writing. */
  readonly provenIds: boolean;
  readonly inputName: string;
  readonly inputBytes: AsyncIterable<Uint8Array>;
  readonly inputOptions: InputOptions;
  /** Where the results go unless `--output` says; `undefined` where `--output` is required. */
  readonly defaultResults: string | undefined;
}

const RETRY_BASE_MS = 500;
const RETRY_CAP_MS = 20_000;
/** How long before its write a row is read, at the most. */
const WAITING_SECONDS = 4;

/** The spec of a command that reads a file, or standard input as `-`. */
export async function fileJob(
  job: Pick<JobSpec, 'command' | 'planOnly'> & { readonly operation: Operation },
  inputPath: string,
  flags: RunFlags & InputFlags,
  context: ProcessContext,
): Promise<JobSpec> {
  const { operation, ...rest } = job;
  const spec = {
    ...rest,
    operationOf: () => operation,
    provenIds: false,
    inputOptions: inputOptionsOf(flags),
  };
  if (inputPath === '-') {
    return {
      ...spec,
      inputName: 'standard input',
      inputBytes: context.standardInput,
      defaultResults: undefined,
    };
  }
  const isOutput = await context.runs.isOutput(inputPath);
  const defaultResults = defaultResultsPath(inputPath, job.planOnly ? 'plan' : 'results', isOutput);
  return { ...spec, inputName: inputPath, inputBytes: fileSource(inputPath).bytes, defaultResults };
}

/** The run that a command and its flags ask for. */
export function runRequestOf(
  spec: JobSpec,
  flags: RunFlags,
  target: RunTarget,
  context: ProcessContext,
): RunRequest {
  return {
    command: spec.command,
    operationOf: spec.operationOf,
    planOnly: spec.planOnly,
    inputName: spec.inputName,
    inputBytes: flags.useCopy === true ? undefined : spec.inputBytes,
    inputOptions: spec.inputOptions,
    name: resultsPathOf(spec, flags, context),
    terms: termsOf(spec, flags, target),
    tool: `oppsweep ${context.version}`,
    restart: flags.restart === true,
    purpose: shellWords(['oppsweep', spec.command, spec.inputName]),
    retryPolicy: { maxAttempts: flags.maxAttempts, baseMs: RETRY_BASE_MS, capMs: RETRY_CAP_MS },
    maxFailures: flags.maxFailures,
    only: flags.only,
    limit: flags.limit ?? Number.POSITIVE_INFINITY,
    // One part of them calls; the others are being noted, are being recorded, or wait between two tries.
    slots: flags.concurrency * 3,
    waiting: waitingRows(flags),
    preflight: preflightOf(spec, flags),
    protectLast: flags.protectLast === true,
    provenIds: spec.provenIds,
    defuseAll: flags.defuseAll === true,
    options: optionsInForce(flags),
  };
}

/** The results' path, by which their run is known too. */
function resultsPathOf(
  { defaultResults, inputName }: JobSpec,
  { output }: RunFlags,
  { runs }: ProcessContext,
): string {
  const path = output ?? defaultResults;
  if (path === undefined) {
    throw new RunError('usage', 'Standard input has no name that results could share.', {
      code: 'name_results',
    });
  }
  // `--restart` would rename the input out of the way.
  if ([path, runs.places(path).summary].some((taken) => resolve(taken) === resolve(inputName))) {
    throw new RunError('usage', `${inputName} is the input itself, and results never take its place.`, {
      code: 'spare_the_input',
    });
  }
  if (isFolder(path)) {
    throw new RunError('output_unwritable', `${path} is a folder, not a file.`, { code: 'name_results' });
  }
  return path;
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    // Whatever else keeps it from being written is told when it is.
    return false;
  }
}

/** Enough rows come up behind the writer that reads never hold it up, and few enough that they don't grow stale. */
function waitingRows({ rate, concurrency }: RunFlags): number {
  if (rate === 'unlimited') return concurrency;
  return Math.min(concurrency, Math.max(4, Math.ceil(rate * WAITING_SECONDS)));
}

function preflightOf({ planOnly }: JobSpec, { preflight, protectLast }: RunFlags): boolean {
  if (preflight || (!planOnly && protectLast !== true)) return preflight;
  const what = planOnly ? 'A plan' : '--protect-last';
  throw new RunError('usage', `${what} needs to read opportunities, and --no-preflight says not to.`, {
    code: 'read_first',
  });
}

/** The terms that a resume must bring again: everything that decides which calls are made, and where. */
function termsOf(spec: JobSpec, flags: RunFlags, { catalog, endpoint }: RunTarget): RunRequest['terms'] {
  return {
    command: spec.command,
    catalog,
    endpoint,
    ...termsFromInputOptions(spec.inputOptions),
    only: onlyTerm(flags.only),
  };
}

function optionsInForce(flags: RunFlags): RunRequest['options'] {
  const { rate, readRate, dailyQuota, reserve, wait, concurrency, maxAttempts, timeout, preflight } = flags;
  const protectLast = flags.protectLast === true;
  return {
    rate,
    readRate,
    dailyQuota,
    reserve,
    wait,
    concurrency,
    maxAttempts,
    timeout,
    preflight,
    protectLast,
  };
}
