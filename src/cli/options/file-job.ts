import { fileSource } from '../../input/bytes/read-file.ts';
import { OPERATIONS, type Operation } from '../../model/operation.ts';
import { RunError } from '../../model/run-error.ts';
import { defaultResultsPath } from '../../run/request/default-results.ts';
import { assertOneReplacement } from '../../run/request/offline-pairs.ts';
import type { JobSpec } from '../../run/request/run-job-spec.ts';
import type { ProcessContext } from '../process/process-context.ts';
import { commandLine } from '../words/hints/shell-words.ts';
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
  const isOutput = await context.runs.isOutput(inputPath);
  const defaultResults = defaultResultsPath(inputPath, job.planOnly ? 'plan' : 'results', isOutput);
  const readAgain = (): AsyncIterable<Uint8Array> => fileSource(inputPath).bytes;
  return { ...spec, inputBytes: readAgain(), readAgain, defaultResults };
}

function assertReplaces(operation: Operation, { replaceWith, replaceMap }: ReplaceFlags): void {
  if (OPERATIONS[operation].replaces || (replaceWith ?? replaceMap) === undefined) return;
  throw new RunError('usage', `${operation} attaches what the rows name, and puts nothing in its place.`, {
    code: 'one_replacement',
  });
}

/** How a second process is told of this one. */
export function purposeOf(command: JobSpec['command'], inputName: string): string {
  return commandLine({ command, file: inputName });
}
