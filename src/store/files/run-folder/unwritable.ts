import { FileChanged } from '../../../disk/append-file.ts';
import { RunError } from '../../../model/run-error.ts';

/** A file of the run that could not be written: the run stops, and the same command goes on once there is room. */
export function unwritable(what: string, cause: unknown): RunError {
  if (cause instanceof RunError) return cause;
  const reason = cause instanceof Error ? cause.message : String(cause);
  const advice = cause instanceof FileChanged ? ({ code: 'leave_run_alone' } as const) : undefined;
  return new RunError('results_unwritable', `${what} could not be written: ${reason}.`, advice, cause);
}
