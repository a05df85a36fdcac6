import { MALFORMED, type Fault, type FaultKind } from '../../model/fault.ts';

/** A "no" as it was read off an answer. */
export interface Refusal {
  /** As the service names it; absent where the answer names none, as a proxy's page does. */
  readonly exception?: string | undefined;
  readonly message: string;
  readonly httpStatus: number;
  readonly requestId?: string | undefined;
  /** The server's clock as its Date header tells it, epoch milliseconds. */
  readonly serverMs?: number | undefined;
  /** The least wait that the answer asks for, milliseconds. */
  readonly retryAfterMs?: number | undefined;
}

/** When, by this machine, a request was made; epoch milliseconds. */
export interface RequestTimes {
  /** The instant its signature claims: our clock with any correction. */
  readonly signedAtMs: number;
  /** Our clock when the answer had come, without correction. */
  readonly answeredAtMs: number;
}

/** The service admits five minutes; beyond four a signature is refused for the clock's sake as likely as not. */
const TOLERATED_SKEW_MS = 4 * 60_000;

/** By name without `Exception` or `Error`, since AWS's front door and its services differ in those. */
const KIND_BY_STEM: ReadonlyMap<string, FaultKind> = new Map([
  ...stems(
    'throttled',
    'Throttling',
    'Throttled',
    'TooManyRequests',
    'RequestLimitExceeded',
    'RequestThrottled',
    'SlowDown',
    'ProvisionedThroughputExceeded',
    'TransactionInProgress',
    'BandwidthLimitExceeded',
    'LimitExceeded',
    'PriorRequestNotComplete',
    'EC2Throttled',
  ),
  ...stems('server', 'InternalServer', 'InternalFailure', 'Internal', 'ServiceUnavailable', 'RequestTimeout'),
  ...stems('denied', 'AccessDenied'),
  ...stems(
    'credentials',
    'ExpiredToken',
    'UnrecognizedClient',
    'InvalidClientTokenId',
    'MissingAuthenticationToken',
  ),
  ...stems('credentials', 'InvalidSignature', 'IncompleteSignature', 'SignatureDoesNotMatch'),
  ...stems('clock', 'RequestExpired', 'RequestInTheFuture', 'RequestTimeTooSkewed'),
]);

/** The names under which a wrong key and a wrong clock are both answered. */
const KEY_OR_CLOCK: ReadonlySet<string> = new Set(['InvalidSignature', 'SignatureDoesNotMatch']);

/** Decides what a refusal is by its name; by its status only where that is 429, or the name unknown or missing. */
export function classify(refusal: Refusal, times: RequestTimes): Fault {
  const { exception = MALFORMED, httpStatus, message, requestId, retryAfterMs } = refusal;
  const kind = kindOf(refusal, times);
  const clockSkewMs = kind === 'clock' ? skewMsOf(refusal, times) : undefined;
  return {
    kind,
    exception,
    message,
    httpStatus,
    ...(requestId !== undefined && { requestId }),
    ...(clockSkewMs !== undefined && { clockSkewMs }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

function kindOf(refusal: Refusal, times: RequestTimes): FaultKind {
  const { exception, httpStatus } = refusal;
  if (httpStatus === 429) return 'throttled';
  if (exception === undefined) return httpStatus >= 500 ? 'server' : 'malformed';
  const stem = exception.replace(/(Exception|Error)$/, '');
  if (KEY_OR_CLOCK.has(stem) && isForTheClock(refusal, times)) return 'clock';
  return KIND_BY_STEM.get(stem) ?? (httpStatus >= 500 ? 'server' : 'refused');
}

/** By the Date header, else by the time that the message tells: `… (20260301T120000Z - 5 min.)`. */
function skewMsOf({ message, serverMs }: Refusal, { answeredAtMs }: RequestTimes): number | undefined {
  const told = /\((\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z [+-] 5 min/.exec(message)?.slice(1);
  const [year, month, day, hour, minute, second] = told ?? [];
  const atMs = serverMs ?? Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(atMs) ? undefined : atMs - answeredAtMs;
}

function isForTheClock({ message, serverMs }: Refusal, { signedAtMs }: RequestTimes): boolean {
  if (/^signature (expired|not yet current)/i.test(message)) return true;
  return serverMs !== undefined && Math.abs(serverMs - signedAtMs) > TOLERATED_SKEW_MS;
}

function stems(kind: FaultKind, ...names: readonly string[]): (readonly [string, FaultKind])[] {
  return names.map((name) => [name, kind] as const);
}
