import type { Advice } from './advice.ts';

/** Stable words for what ended or prevented a run, which scripts may test for. */
export type RunErrorCode =
  // Nothing was sent, and the same command will not do better.
  | 'usage'
  | 'input_unreadable'
  | 'input_format'
  | 'input_columns'
  | 'input_changed'
  | 'output_unwritable'
  | 'results_exist'
  | 'credentials_missing'
  | 'confirmation_missing'
  | 'state_damaged'
  | 'address_in_use'
  // Stopped, or not begun, for what passes or can be mended elsewhere: the same command goes on.
  | 'run_held'
  | 'account_held'
  | 'quota_reached'
  | 'too_many_failures'
  | 'credentials_expired'
  | 'credentials_refused'
  | 'clock_skewed'
  | 'access_denied'
  | 'service_unreachable'
  | 'limit_reached'
  | 'results_unwritable'
  | 'store_unreachable'
  | 'run_taken_over'
  // Stopped by a signal; the same command goes on.
  | 'interrupted'
  | 'terminated';

/** The fault is in the command itself, or in the run's own folder. */
const MEETS_THE_SAME: ReadonlySet<RunErrorCode> = new Set(['usage', 'state_damaged']);

/** Whether the same command may go on with a run that was stopped for this; of others it is neither proposed nor timed. */
export function sameCommandGoesOn(code: RunErrorCode): boolean {
  return !MEETS_THE_SAME.has(code);
}

/** Stops the run. A row that goes wrong is a value instead. */
export class RunError extends Error {
  override readonly name = 'RunError';
  readonly code: RunErrorCode;
  /** The next step, where the code alone doesn't tell it. */
  readonly advice: Advice | undefined;

  /** `message` says what and where, without credentials; options by their bare names ("the option limit"). */
  constructor(code: RunErrorCode, message: string, advice?: Advice, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.advice = advice;
  }
}

/**
 * What stops a run, where that is known: a `RunError`, or the refusal of a file by the system, which passes or can be mended. `undefined`:
 * an error of this program's own.
 */
export function stopOf(error: unknown): RunError | undefined {
  if (error instanceof RunError) return error;
  if (!(error instanceof Error) || !('code' in error) || !('path' in error)) return undefined;
  const path = String(error.path);
  // Node's own words name the call, and the path of some.
  const why = error.message.replace(` '${path}'`, '');
  return new RunError(
    'results_unwritable',
    `${path} could not be read or written: ${why}.`,
    isDenied(error.code) ? { code: 'ask_owner' } : undefined,
    error,
  );
}

/** Whether the system keeps it from this user: what stands there, if anything, is not known. */
export function isDenied(systemCode: unknown): boolean {
  return systemCode === 'EACCES' || systemCode === 'EPERM';
}
