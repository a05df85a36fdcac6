import { oneLine, type Fault } from '../../model/fault.ts';
import { RunError } from '../../model/run-error.ts';
import { SERVICE_REGION } from '../../partner-central/access/endpoint.ts';

const EVERY_CALL_THROTTLED = 'The service has throttled every call';

export function quotaGoneElsewhere(minutes: number): RunError {
  return new RunError(
    'quota_reached',
    `${EVERY_CALL_THROTTLED} for ${minutes} minutes although this run kept to its rate: the daily quota is used up, perhaps by another tool of the same account.`,
    { code: 'wait_for_quota' },
  );
}

/** Whether a run stopped for that: what is left by its own count is not, then, and nobody here knows when it frees. */
export function isQuotaGoneElsewhere(
  stop: { readonly code: string; readonly message: string } | undefined,
): boolean {
  return stop?.code === 'quota_reached' && stop.message.startsWith(EVERY_CALL_THROTTLED);
}

export function serviceUnreachable(fault: Fault, after: string): RunError {
  const what =
    fault.kind === 'unreachable' ? 'The service could not be reached' : 'The service gave no usable answer';
  return new RunError('service_unreachable', `${what} (${after}): ${fault.message || fault.exception}`);
}

/** An outage that lasted longer than it is waited for. */
export function outlasted(fault: Fault, waitMs: number): RunError {
  const span = inMinutes(waitMs);
  if (fault.kind !== 'denied') return serviceUnreachable(fault, `waited for ${span}`);
  return new RunError(
    'access_denied',
    `Access was granted before, and has been denied to every call for ${span}: ${oneLine(fault)}`,
  );
}

function inMinutes(ms: number): string {
  const count = Math.round(ms / 6_000) / 10;
  return `${count} ${count === 1 ? 'minute' : 'minutes'}`;
}

/** `action`: as an IAM policy names it. */
export function accessDenied(fault: Fault, action: string): RunError {
  return new RunError(
    'access_denied',
    `Access was denied to the first calls, so to all that would follow: ${oneLine(fault)}`,
    { code: 'allow_action', action },
  );
}

export function readingDenied(fault: Fault): RunError {
  return new RunError(
    'access_denied',
    `Opportunities can't be read, and nothing is known of them without: ${oneLine(fault)}`,
    { code: 'allow_reading' },
  );
}

/** `cause`: why no others could be had, where that is known; its advice is then the one that helps. */
export function credentialsRejected(fault: Fault, cause?: RunError): RunError {
  if (isWrongRegion(fault)) return wrongRegion(fault);
  if (cause !== undefined) return noOthers(fault, cause);
  if (fault.exception.startsWith('ExpiredToken')) {
    return new RunError(
      'credentials_expired',
      `The session has expired and could not be refreshed: ${oneLine(fault)}`,
    );
  }
  return new RunError(
    'credentials_refused',
    `The service does not accept these credentials: ${oneLine(fault)}`,
  );
}

/** The same of keys that nobody can renew while this process runs. */
export function keysRejected(fault: Fault): RunError {
  const { code, message } = credentialsRejected(fault);
  return new RunError(code, message, { code: 'mend_keys' });
}

/** Whether calls are signed for another region than the service's: no other credentials would help. */
export function isWrongRegion({ kind, message }: Fault): boolean {
  return kind === 'credentials' && /scoped to a valid region/i.test(message);
}

function wrongRegion(fault: Fault): RunError {
  return new RunError(
    'usage',
    `The calls are signed for a region that is not the service's: ${oneLine(fault)}`,
    {
      code: 'name_region',
      region: SERVICE_REGION,
    },
  );
}

function noOthers({ exception }: Fault, cause: RunError): RunError {
  return exception.startsWith('ExpiredToken')
    ? new RunError(
        'credentials_expired',
        `The session has expired and could not be refreshed: ${cause.message}`,
        cause.advice,
        cause,
      )
    : new RunError(
        'credentials_refused',
        `The service does not accept these credentials, and others could not be had: ${cause.message}`,
        cause.advice,
        cause,
      );
}

/** A sign-in that ended, and was waited for in vain. `why`: the last that is known of it. */
export function noNewSignIn(why: RunError | undefined, waitMs: number): RunError {
  if (why?.advice?.code === 'sign_in_as_before') return why;
  const hours = Math.round(waitMs / 36_000) / 100;
  const within = hours < 1 ? inMinutes(waitMs) : `${hours} ${hours === 1 ? 'hour' : 'hours'}`;
  const message = `The sign-in has ended, and no new one came within ${within}`;
  return new RunError(
    'credentials_expired',
    why === undefined ? `${message}.` : `${message}: ${why.message}`,
    why?.advice,
    why,
  );
}

export function clockSkewed(fault: Fault): RunError {
  const { clockSkewMs } = fault;
  const how = clockSkewMs === undefined ? 'off' : skew(clockSkewMs);
  return new RunError('clock_skewed', `This machine's clock is ${how}, and calls are refused for it.`);
}

/** `fleetRun`: as its workers know the run, where it is a fleet's. */
export function limitReached(fleetRun?: string): RunError {
  const advice = fleetRun === undefined ? undefined : ({ code: 'resume_at_limit', run: fleetRun } as const);
  return new RunError('limit_reached', 'As many rows as the option limit asks for are done.', advice);
}

export function tooManyFailures(failures: number, answered: number, allowed: string): RunError {
  return new RunError(
    'too_many_failures',
    `${failures} of ${answered} rows failed, which is past the option max-failures ${allowed}.`,
  );
}

/** Signals that stop a run in good order. */
export const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
export type StopSignal = (typeof STOP_SIGNALS)[number];

export function stoppedBySignal(signal: StopSignal): RunError {
  const as = signal === 'SIGHUP' ? ', as when its terminal is closed' : '';
  return new RunError(
    signal === 'SIGINT' ? 'interrupted' : 'terminated',
    `It was stopped by ${signal}${as}.`,
  );
}

function skew(skewMs: number): string {
  const minutes = Math.round(Math.abs(skewMs) / 6_000) / 10;
  return `${minutes} minutes ${skewMs > 0 ? 'behind' : 'ahead of'} the service's`;
}

/** The caller of the library aborted its signal, or left its loop. */
export function stoppedByCaller(): RunError {
  return new RunError('interrupted', 'Stopped by the caller.');
}
