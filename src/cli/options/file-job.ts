import { fileSource } from '../../input/bytes/read-file.ts';
import type { Operation } from '../../model/operation.ts';
import { defaultResultsPath } from '../../run/request/default-results.ts';
import type { JobSpec } from '../../run/request/run-job-spec.ts';
import type { ProcessContext } from '../process/process-context.ts';
import { shellWords } from '../words/hints/shell-words.ts';
import { inputOptionsOf, type InputFlags } from './input-flags.ts';
import type { RunFlags } from './run-flags.ts';

/** The spec of a command that reads a file, or standard input as `-`. */
export async function fileJob(
  job: Pick<JobSpec, 'command' | 'planOnly' | 'planned'> & { readonly operation: Operation },
  inputPath: string,
  flags: RunFlags & InputFlags,
  context: ProcessContext,
): Promise<JobSpec> {
  const { operation, ...rest } = job;
  const inputOptions = inputOptionsOf(flags);
  const inputName = inputPath === '-' ? 'standard input' : inputPath;
  const purpose = purposeOf(job.command, inputName);
  const spec = { ...rest, operationOf: () => operation, provenIds: false, inputOptions, inputName, purpose };
  if (inputPath === '-') {
    return { ...spec, inputBytes: context.standardInput, defaultResults: undefined };
  }
  const isOutput = await context.runs.isOutput(inputPath);
  const defaultResults = defaultResultsPath(inputPath, job.planOnly ? 'plan' : 'results', isOutput);
  return { ...spec, inputBytes: fileSource(inputPath).bytes, defaultResults };
}

/** How a second process is told of this one. */
export function purposeOf(command: JobSpec['command'], inputName: string): string {
  return shellWords(['oppsweep', command, inputName]);
}
