import type { RunErrorCode } from '../../model/run-error.ts';

/** The exit codes, a contract that scripts test for. */
export const EXIT = {
  /** Every row is settled as wished. */
  settled: 0,
  /** Finished, and some rows are invalid, failed or unknown. */
  someNot: 1,
  /** Usage, input or configuration: nothing was sent. */
  nothingSent: 2,
  /** Stopped before the end; the same command goes on. */
  stopped: 3,
  interrupted: 130,
  terminated: 143,
} as const;

const STOPPED: ReadonlySet<RunErrorCode> = new Set([
  'quota_reached',
  'too_many_failures',
  'credentials_expired',
  'credentials_refused',
  'clock_skewed',
  'access_denied',
  'service_unreachable',
  'limit_reached',
  'results_unwritable',
]);

export function exitCodeOf(code: RunErrorCode): number {
  if (code === 'interrupted') return EXIT.interrupted;
  if (code === 'terminated') return EXIT.terminated;
  return STOPPED.has(code) ? EXIT.stopped : EXIT.nothingSent;
}

/** The same for what stopped a run on its way: calls may have been made. */
export function exitCodeWithin(code: RunErrorCode): number {
  const exitCode = exitCodeOf(code);
  return exitCode === EXIT.nothingSent ? EXIT.stopped : exitCode;
}
