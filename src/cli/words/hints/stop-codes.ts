import { sameCommandGoesOn, type RunErrorCode } from '../../../model/run-error.ts';

/** The exit codes, a contract that scripts test for. */
export const EXIT = {
  /** Every row is settled as wished. */
  settled: 0,
  /** Finished, and some rows are invalid, failed or unknown. */
  someNot: 1,
  /** Usage, input or configuration: nothing was sent, and the same command will not do better. */
  nothingSent: 2,
  /** Stopped, or not begun, for a reason that passes or can be mended elsewhere; the same command goes on. */
  stopped: 3,
  /** Of `status` alone: a process works on the run. */
  running: 4,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The worst comes first: what has stopped needs somebody before what goes on. */
const WORST_FIRST = [EXIT.nothingSent, EXIT.stopped, EXIT.someNot, EXIT.running, EXIT.settled] as const;

/** The code of several runs together. */
export function worstOf(codes: readonly number[]): ExitCode {
  return WORST_FIRST.find((code) => codes.includes(code)) ?? EXIT.settled;
}

interface StopWords {
  readonly exit: ExitCode;
  /** The next step, where an error brings no narrower advice. */
  readonly hint: string;
}

export const GO_ON = 'Then run the same command again: it goes on where this one stopped.';

/** Of commands that take the option. */
export const REHEARSE = 'To rehearse without an account, give --emulator.';

export const SAME_COMMAND = 'Run the same command again: it goes on where this one stopped.';
const SEE_HELP = 'The command’s --help tells what it takes.';
const LOOK_AT_FILE = 'Look at the file, or name another one.';

/** Whatever may stop or prevent a run: its exit code and the next step. */
export const STOP_CODES: Readonly<Record<RunErrorCode, StopWords>> = {
  usage: { exit: EXIT.nothingSent, hint: SEE_HELP },
  input_unreadable: { exit: EXIT.nothingSent, hint: LOOK_AT_FILE },
  input_format: { exit: EXIT.nothingSent, hint: LOOK_AT_FILE },
  input_columns: { exit: EXIT.nothingSent, hint: SEE_HELP },
  input_changed: {
    exit: EXIT.nothingSent,
    hint: 'Go on with the file as it was with --use-copy, or begin again with --restart.',
  },
  output_unwritable: {
    exit: EXIT.nothingSent,
    hint: 'Name the results with --output, such as --output done.csv.',
  },
  results_exist: { exit: EXIT.nothingSent, hint: 'Name other results with --output.' },
  credentials_missing: {
    exit: EXIT.nothingSent,
    hint: 'Sign in, or name a profile with --profile.',
  },
  confirmation_missing: { exit: EXIT.nothingSent, hint: 'Add --yes if that is meant.' },
  state_damaged: {
    exit: EXIT.nothingSent,
    hint: 'Restore the run’s folder from a backup, or begin again with --restart.',
  },
  address_in_use: { exit: EXIT.nothingSent, hint: 'Choose another port, or 0 for any that is free.' },
  run_held: {
    exit: EXIT.stopped,
    hint: 'Wait for the process that holds the run, or stop it; then run this command again.',
  },
  account_held: {
    exit: EXIT.stopped,
    hint: 'Wait for the process that holds the account, or stop it; then run this command again.',
  },
  quota_reached: {
    exit: EXIT.stopped,
    hint: 'Run the same command again then, or without --no-wait to let it wait by itself.',
  },
  too_many_failures: {
    exit: EXIT.stopped,
    hint: `Look at the exceptions in the results so far, and mend their cause. ${GO_ON}`,
  },
  credentials_expired: {
    exit: EXIT.stopped,
    hint: `Sign in again (aws sso login, with your --profile). ${GO_ON}`,
  },
  credentials_refused: {
    exit: EXIT.stopped,
    hint: `Check the access key and secret, or name another profile with --profile. ${GO_ON}`,
  },
  clock_skewed: {
    exit: EXIT.stopped,
    hint: `Set the clock (on most systems by turning time synchronisation on). ${GO_ON}`,
  },
  access_denied: {
    exit: EXIT.stopped,
    hint: `Check that you are signed in to the account linked to Partner Central, and that its IAM policy allows the calls that are made on this catalog. ${GO_ON}`,
  },
  service_unreachable: {
    exit: EXIT.stopped,
    hint: `Check the network, the proxy and --endpoint-url. ${GO_ON}`,
  },
  limit_reached: {
    exit: EXIT.stopped,
    hint: 'Look at the results so far. The same command then does as many more; without --limit, all the others.',
  },
  results_unwritable: {
    exit: EXIT.stopped,
    hint: `Make room on the disk or repair it; where files may not grow further (EFBIG), raise that limit (ulimit -f). ${GO_ON}`,
  },
  store_unreachable: {
    exit: EXIT.stopped,
    hint: `Check that the database runs and can be reached, and the URL of the store. ${GO_ON}`,
  },
  run_taken_over: {
    exit: EXIT.stopped,
    hint: 'Look at the run with status: whoever took it over goes on with it, from all that this process had recorded.',
  },
  interrupted: { exit: EXIT.interrupted, hint: SAME_COMMAND },
  terminated: { exit: EXIT.terminated, hint: SAME_COMMAND },
};

export function exitCodeOf(code: RunErrorCode): ExitCode {
  return STOP_CODES[code].exit;
}

/** The same for what stopped a run on its way: calls may have been made. */
export function exitCodeWithin(code: RunErrorCode): ExitCode {
  if (!sameCommandGoesOn(code)) return EXIT.nothingSent;
  const exitCode = exitCodeOf(code);
  return exitCode === EXIT.nothingSent ? EXIT.stopped : exitCode;
}
