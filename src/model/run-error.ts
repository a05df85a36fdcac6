/** What ended or prevented a run: stable words that scripts may test for. */
export type RunErrorCode =
  // Exit code 2: nothing was sent.
  | 'usage'
  | 'input_unreadable'
  | 'input_format'
  | 'input_columns'
  | 'input_changed'
  | 'output_unwritable'
  | 'results_exist'
  | 'credentials_missing'
  | 'confirmation_missing'
  | 'run_locked'
  | 'ledger_locked'
  | 'state_damaged'
  | 'address_in_use'
  // Exit code 3: stopped before the end; the same command goes on.
  | 'quota_reached'
  | 'too_many_failures'
  | 'credentials_expired'
  | 'credentials_refused'
  | 'clock_skewed'
  | 'access_denied'
  | 'service_unreachable'
  | 'limit_reached'
  | 'results_unwritable'
  // Exit codes 130 and 143: stopped by a signal; the same command goes on.
  | 'interrupted'
  | 'terminated';

interface RunErrorDetail {
  /** What to do next: one or more sentences. */
  readonly hint: string;
  readonly cause?: unknown;
}

/** Stops the run. A row that goes wrong is a value instead. */
export class RunError extends Error {
  override readonly name = 'RunError';
  readonly code: RunErrorCode;
  readonly hint: string;

  /** `message` says what and where, without credentials. */
  constructor(code: RunErrorCode, message: string, detail: RunErrorDetail) {
    super(message, { cause: detail.cause });
    this.code = code;
    this.hint = detail.hint;
  }
}
