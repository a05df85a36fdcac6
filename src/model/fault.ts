/**
 * Calls that did not succeed, by what follows from it:
 *
 * - `throttled`: the service says the quota is used up; every call slows down. Retried.
 * - `server`: 5xx, InternalServerException, a proxy's page. Retried; the change may have been made.
 * - `unreachable`: the request never left (refused, no such host). Retried; nothing was changed.
 * - `broken`: the connection ended after the request had left. The change may have been made.
 * - `timeout`: no answer in time. The change may have been made.
 * - `malformed`: an answer that is not the service's. The change may have been made.
 * - `refused`: the service's own "no" to this row. Not retried.
 * - `denied`: AccessDeniedException. Not retried.
 * - `credentials`: an expired token, unknown key or bad signature: nobody's row is to blame.
 * - `clock`: the signature was refused because this machine's clock is off.
 */
export type FaultKind =
  | 'throttled'
  | 'server'
  | 'unreachable'
  | 'broken'
  | 'timeout'
  | 'malformed'
  | 'refused'
  | 'denied'
  | 'credentials'
  | 'clock';

/** The exception of an answer that names none: something in the service's place gave it. */
export const MALFORMED = 'MalformedResponse';
/** The exception of a row whose entity was kept as the opportunity's last. */
export const LAST_REMAINING = 'LastRemainingEntity';
/** The exception of a row whose opportunity holds nearly what the row names. */
export const NEAR_MISS = 'NearMiss';

/** The exception of a row whose replacement has no place on the opportunity before what it replaces is gone. */
export const NO_PLACE = 'NoPlace';
/**
 * The exception of a row whose old entity was detached for its replacement, which was then refused, and could not be
 * attached again: the opportunity has neither.
 */
export const REPLACEMENT_LOST = 'ReplacementLost';

/** The exception of a row whose replacement was attached and is there no longer: the old entity was left where it is. */
export const REPLACEMENT_GONE = 'ReplacementGone';

const DECLINED: ReadonlySet<string> = new Set([LAST_REMAINING, NEAR_MISS, NO_PLACE]);

/** Whether this tool declined the row for what a read showed: nothing was sent, and the service refused nothing. */
export function isDeclined(exception: string): boolean {
  return DECLINED.has(exception);
}

/** The exception of a try that was noted and never left, since the run stopped: no attempt, and no doubt. */
export const NOT_SENT = 'NotSent';

/** One failed attempt. Holds no credential, signature or header. */
export interface Fault {
  readonly kind: FaultKind;
  /** As the service names it (`ThrottlingException`), else `NetworkError`, `TimeoutError` or `MalformedResponse`. */
  readonly exception: string;
  /** The service's message, `Reason` and each `ErrorList` entry as `Code: FieldName: Message`; one line a part. */
  readonly message: string;
  readonly requestId?: string;
  readonly httpStatus?: number;
  /** The least wait before the next try that the server asks for, milliseconds. */
  readonly retryAfterMs?: number;
  /** `clock` only: how far the server's clock is ahead of ours (negative: behind), milliseconds. */
  readonly clockSkewMs?: number;
}

/** A fault in one line: its name, and its message where it brings one. */
export function oneLine({ exception, message }: Pick<Fault, 'exception' | 'message'>): string {
  const detail = message.replaceAll('\n', ' ').trim();
  return detail === '' ? exception : `${exception}: ${detail}`;
}

/** Whether the change may have been made although the call did not succeed. */
export function mayHaveHappened(kind: FaultKind): boolean {
  switch (kind) {
    case 'server':
    case 'broken':
    case 'timeout':
    case 'malformed':
      return true;
    case 'throttled':
    case 'unreachable':
    case 'refused':
    case 'denied':
    case 'credentials':
    case 'clock':
      return false;
    default:
      return assertNever(kind);
  }
}

/** Whether the cause may pass by itself, so that the same call may succeed later. */
export function mayPass(kind: FaultKind): boolean {
  switch (kind) {
    case 'throttled':
    case 'server':
    case 'unreachable':
    case 'broken':
    case 'timeout':
    case 'malformed':
    case 'credentials':
    case 'clock':
      return true;
    case 'refused':
    case 'denied':
      return false;
    default:
      return assertNever(kind);
  }
}

/** Proves at compile time that a `switch` is exhaustive. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
