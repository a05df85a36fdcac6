import { stat } from 'node:fs/promises';
import { fileSource } from '../../input/bytes/read-file.ts';
import { OPERATIONS, type Operation } from '../../model/operation.ts';
import { RunError } from '../../model/run-error.ts';
import { defaultResultsPath } from '../../run/request/default-results.ts';
import { assertOneReplacement } from '../../run/request/offline-pairs.ts';
import type { JobSpec } from '../../run/request/run-job-spec.ts';
import type { ProcessContext } from '../process/process-context.ts';
import { commandLine, shellWords } from '../words/hints/shell-words.ts';
import { inputOptionsOf, type InputFlags } from './input-flags.ts';
import type { ReplaceFlags } from './replace-flags.ts';
import type { RunFlags } from './run-flags.ts';

/** The spec of a command that reads a file, or standard input as `-`. */
export async function fileJob(
  job: Pick<JobSpec, 'command' | 'planOnly' | 'planned'> & { readonly operation: Operation },
  inputPath: string,
  flags: RunFlags & InputFlags & ReplaceFlags,
  context: ProcessContext,
): Promise<JobSpec> {
  const { operation, ...rest } = job;
  assertOneReplacement(flags);
  assertReplaces(job.operation, flags);
  const { replaceWith, replaceMap } = flags;
  const inputOptions = { ...inputOptionsOf(flags), replaceWith };
  const inputName = inputPath === '-' ? 'standard input' : inputPath;
  const purpose = purposeOf(job.command, inputName);
  const read = { inputName, inputOptions, replaceMap };
  const spec = { ...rest, ...read, operationOf: () => operation, provenIds: false, purpose };
  if (inputPath === '-') {
    return { ...spec, inputBytes: context.standardInput, defaultResults: undefined };
  }
  if (await isReadOnce(inputPath)) {
    return { ...spec, inputBytes: fileSource(inputPath).bytes, defaultResults: undefined };
  }
  const isOutput = await context.runs.isOutput(inputPath);
  const defaultResults = defaultResultsPath(inputPath, job.planOnly ? 'plan' : 'results', isOutput);
  const readAgain = (): AsyncIterable<Uint8Array> => fileSource(inputPath).bytes;
  return { ...spec, inputBytes: readAgain(), readAgain, defaultResults };
}

/** A pipe, as `<(zcat people.csv.gz)` is one: what was read of it is gone. */
async function isReadOnce(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && !found.isFile() && !found.isDirectory();
}

/** A run that a store has: it goes on from its own copy of the input, wherever that was read. */
export function jobOfStore(
  job: Pick<JobSpec, 'command' | 'planOnly'> & { readonly operation: Operation },
  run: string,
  flags: InputFlags & ReplaceFlags,
): JobSpec {
  const { operation, ...rest } = job;
  const { replaceWith, replaceMap } = flags;
  return {
    ...rest,
    operationOf: () => operation,
    provenIds: false,
    inputName: `the run ${run}`,
    inputBytes: nothing(),
    inputOptions: { ...inputOptionsOf(flags), replaceWith },
    replaceMap,
    purpose: shellWords(['oppsweep', job.command, '--run', run]),
    defaultResults: `${run.replace(/^.*\//, '')}.results.csv`,
  };
}

async function* nothing(): AsyncGenerator<Uint8Array> {
  // The store's copy is read.
}

function assertReplaces(
  operation: Operation,
  { replaceColumn, replaceWith, replaceMap }: InputFlags & ReplaceFlags,
): void {
  if (OPERATIONS[operation].replaces || (replaceColumn ?? replaceWith ?? replaceMap) === undefined) return;
  throw new RunError('usage', `${operation} attaches what the rows name, and puts nothing in its place.`, {
    code: 'one_replacement',
  });
}

/** How a second process is told of this one. */
export function purposeOf(command: JobSpec['command'], inputName: string): string {
  return commandLine({ command, file: inputName });
}
