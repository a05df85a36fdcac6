import { RunError } from '../../../model/run-error.ts';

/** Of the socket, and of the names that lead to it. */
const NO_WAY: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'ENOENT',
]);

/**
 * SQLSTATEs of a server that shuts down, starts up, has no connection left, is a standby since a moment ago, or has let one of two
 * transactions go (PostgreSQL, Appendix A).
 */
const NOT_NOW = /^(08...|57P0[1235]|53300|25006|40001|40P01)$/;

/** pg has no code for what it says of a connection that broke. */
const BROKEN = /terminated|timeout|not queryable|connection error|client was closed/i;

/** Whether the store can't be reached, or can't serve now, so that the same may be asked again. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof RunError) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  if (code !== undefined) return NO_WAY.has(code) || NOT_NOW.test(code);
  if (error instanceof AggregateError) return error.errors.some(isAway);
  return BROKEN.test(error.message);
}

export function unreachable(place: string, cause: unknown): RunError {
  return new RunError(
    'store_unreachable',
    `The store ${place} can't be reached: ${reasonOf(cause)}.`,
    undefined,
    cause,
  );
}

/** The driver makes no connection, and would not the next time: a server without TLS, or one that shows a certificate nobody trusts. */
export function notConnected(place: string, cause: unknown): unknown {
  if (cause instanceof RunError || isAway(cause) || isFromServer(cause)) return cause;
  return new RunError(
    'usage',
    `No connection to the store ${place} can be made as its URL asks for: ${reasonOf(cause)}.`,
    { code: 'mend_store_tls' },
    cause,
  );
}

/** The store answered, and will not do it: a right is missing, its disk is full, it is damaged. */
export function refusedByStore(place: string, cause: unknown): unknown {
  if (cause instanceof RunError || !isFromServer(cause)) return cause;
  const code = MEETS_THE_SAME.test(cause.code) ? 'usage' : 'store_unreachable';
  return new RunError(
    code,
    `The store ${place} refuses: ${reasonOf(cause)}.`,
    { code: 'ask_store_owner' },
    cause,
  );
}

/** A wrong name or password, no such database, a missing right. */
const MEETS_THE_SAME = /^(28...|3D000|42501)$/;

function isFromServer(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'code' in error && /^[0-9A-Z]{5}$/.test(String(error.code));
}

/** The first line, without the full stop. pg's messages hold no password. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return reasonOf(error.errors[0]);
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return line.replace(/\.$/, '');
}

export function takenOver(run: string): RunError {
  return new RunError(
    'run_taken_over',
    `${run} was taken over by another process while this one was cut off.`,
  );
}
