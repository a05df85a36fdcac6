import type { InputOptions } from '../../input/open-input.ts';
import { inputOptionsOfRun } from '../../run/request/input-terms.ts';
import type { JobSpec } from '../../run/request/run-job-spec.ts';
import { RunError } from '../../model/run-error.ts';
import type { RunFlags } from '../options/run-flags.ts';
import { withOptions } from '../options/same-command.ts';
import type { ProcessContext } from '../process/process-context.ts';
import { lookAt, settleChoices, type ChoosyInput } from './settle-choices.ts';

/** A job of which nothing is left to choose, in a process that was called with what was chosen. */
export interface SettledJob {
  readonly spec: JobSpec;
  readonly context: ProcessContext;
}

/** A run that a job begins, or goes on with. */
interface RunMeant {
  readonly name: string;
  readonly flags: Pick<RunFlags, 'useCopy' | 'restart'>;
  readonly signal: AbortSignal;
}

/**
 * Settles which columns and sheet a job means: what was chosen is a term of its run, as the option would be, and stands in the
 * command that goes on. A run that was told before is not asked about again.
 */
export async function settleJob(spec: JobSpec, run: RunMeant, context: ProcessContext): Promise<SettledJob> {
  const { terminal, args } = context;
  if (spec.readAgain === undefined) return { spec, context };
  const input = await choosyInput(spec, run, context);
  const { options, words } = await settleChoices(input, spec.inputOptions, terminal, run.signal);
  if (words.length === 0) return { spec, context };
  return {
    spec: { ...spec, inputOptions: options },
    context: { ...context, args: withOptions(args, words) },
  };
}

async function choosyInput(
  { inputName, readAgain }: JobSpec,
  { name, flags: { useCopy, restart } }: RunMeant,
  { runs }: ProcessContext,
): Promise<ChoosyInput> {
  const record = (): ReturnType<typeof runs.record> => runs.record(name);
  const copy = async (): Promise<AsyncIterable<Uint8Array>> => (await record())?.input() ?? nothing();
  const input = {
    name: inputName,
    look: lookAt(inputName, () => (useCopy === true ? copy() : (readAgain?.() ?? nothing()))),
  };
  if (restart === true) return input;
  const earlier = async (): Promise<InputOptions | undefined> => {
    const found = await record();
    return found && inputOptionsOfRun(found);
  };
  return { ...input, earlier };
}

/** The same error; of an input that is gone, with the copy that its run has kept. */
export async function orFromCopy(
  failure: unknown,
  { spec: { inputName, readAgain }, name }: { readonly spec: JobSpec; readonly name: string },
  { runs, disk }: Pick<ProcessContext, 'runs' | 'disk'>,
): Promise<unknown> {
  if (!(failure instanceof RunError) || failure.advice?.code !== 'check_file_name') return failure;
  if (readAgain === undefined || (await disk.exists(inputName).catch(() => true))) return failure;
  const run = await runs.record(name).catch(() => undefined);
  if (run === undefined) return failure;
  const message = `${failure.message} Its run in ${run.places.folder} has a copy of it.`;
  return new RunError(failure.code, message, { code: 'go_on_with_copy' }, failure);
}

async function* nothing(): AsyncGenerator<Uint8Array> {
  // Whoever opens the run says what is wrong with it.
}
