import type { Fault } from '../../model/fault.ts';
import { RunError } from '../../model/run-error.ts';

const GO_ON = 'Then run the same command again: it goes on where this one stopped.';

export function quotaGoneElsewhere(minutes: number): RunError {
  return new RunError(
    'quota_reached',
    `The service has throttled every call for ${minutes} minutes although this run kept to its rate: the daily quota is used up, perhaps by another tool of the same account.`,
    { hint: `Wait until quota frees (it is counted over a rolling 24 hours). ${GO_ON}` },
  );
}

export function serviceUnreachable(fault: Fault, after: string): RunError {
  return new RunError(
    'service_unreachable',
    `The service could not be reached (${after}): ${fault.message}`,
    {
      hint: `Check the network, the proxy and --endpoint-url. ${GO_ON}`,
    },
  );
}

export function accessDenied(fault: Fault): RunError {
  return new RunError(
    'access_denied',
    `Access was denied to the first calls, so to all that would follow: ${oneLine(fault)}`,
    {
      hint: `Check that you are signed in to the account linked to Partner Central, and that its IAM policy allows partnercentral:DisassociateOpportunity on this catalog. ${GO_ON}`,
    },
  );
}

export function readingDenied(fault: Fault): RunError {
  return new RunError(
    'access_denied',
    `Opportunities can't be read, and nothing is known of them without: ${oneLine(fault)}`,
    {
      hint: `Ask for partnercentral:GetOpportunity on this catalog (a run needs it for --protect-last, a plan always). ${GO_ON}`,
    },
  );
}

export function credentialsRejected(fault: Fault): RunError {
  return fault.exception.startsWith('ExpiredToken')
    ? new RunError(
        'credentials_expired',
        `The session has expired and could not be refreshed: ${oneLine(fault)}`,
        {
          hint: `Sign in again (aws sso login, with your --profile). ${GO_ON}`,
        },
      )
    : new RunError(
        'credentials_refused',
        `The service does not accept these credentials: ${oneLine(fault)}`,
        {
          hint: /region/i.test(fault.message)
            ? `Name the service's region with --region us-east-1, or leave --region out. ${GO_ON}`
            : `Check the access key and secret, or name another profile with --profile. ${GO_ON}`,
        },
      );
}

export function clockSkewed(fault: Fault): RunError {
  return new RunError(
    'clock_skewed',
    `This machine's clock is ${skew(fault.clockSkewMs ?? 0)}, and calls are refused for it.`,
    {
      hint: `Set the clock (on most systems by turning time synchronisation on). ${GO_ON}`,
    },
  );
}

export function limitReached(limit: number): RunError {
  return new RunError('limit_reached', `Stopped after ${limit} rows, as --limit asks.`, {
    hint: 'Look at the results so far; then run the same command without --limit, or again with it for as many more.',
  });
}

export function tooManyFailures(failures: number, answered: number, allowed: string): RunError {
  return new RunError(
    'too_many_failures',
    `${failures} of ${answered} rows failed, which is past --max-failures ${allowed}.`,
    {
      hint: `Look at the exceptions in the results so far. Once the cause is mended, run the same command again: it goes on where this one stopped.`,
    },
  );
}

export function stoppedBySignal(signal: 'SIGINT' | 'SIGTERM'): RunError {
  const code = signal === 'SIGINT' ? 'interrupted' : 'terminated';
  return new RunError(code, `Stopped by ${signal}.`, {
    hint: 'Run the same command again: it goes on where this one stopped.',
  });
}

function oneLine(fault: Fault): string {
  const detail = fault.message.replaceAll('\n', ' ').trim();
  return detail === '' ? fault.exception : `${fault.exception}: ${detail}`;
}

function skew(skewMs: number): string {
  const minutes = Math.round(Math.abs(skewMs) / 6_000) / 10;
  return `${minutes} minutes ${skewMs > 0 ? 'behind' : 'ahead of'} the service's`;
}
