import { FileChanged } from '../../../disk/append-file.ts';
import { RunError } from '../../../model/run-error.ts';

/** A ledger that can't be kept: no call is made that is not in it. */
export function ledgerUnwritable(path: string, cause: unknown): RunError {
  if (cause instanceof RunError) return cause;
  const why = cause instanceof Error ? cause.message : String(cause);
  return new RunError(
    'results_unwritable',
    `The quota ledger ${path} can't be written: ${why}`,
    { code: cause instanceof FileChanged ? 'leave_run_alone' : 'make_ledger_writable' },
    cause,
  );
}
