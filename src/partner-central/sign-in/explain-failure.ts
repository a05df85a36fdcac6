import { oneLine, type Fault } from '../../model/fault.ts';
import { RunError } from '../../model/run-error.ts';
import { noCredentials, notGranted, signInEnded, type LoginCommand } from './sign-in-errors.ts';

/**
 * Names the cause of an error of AWS's own providers. Of its words only a message known to hold no secret is quoted: a
 * broken token file is quoted with its content.
 */
export function explainFailure(error: unknown, profile: string | undefined): RunError {
  if (error instanceof RunError) return error;
  const text = error instanceof Error ? error.message : '';
  const login = loginCommand(text);
  if (login !== undefined) return signInEnded(profile, login);
  if (/ForbiddenException|No access/i.test(text)) return notGranted(profile ?? 'default');
  return noCredentials(profile, quotable(error));
}

/** Names why STS did not answer as it should, where that is not the question's fault; `what` it kept back, as a sentence. */
export function sourceRefused(fault: Fault, what: string): RunError {
  const { kind, exception } = fault;
  const words = `${what}: ${oneLine(fault)}`;
  if (kind === 'clock') return new RunError('clock_skewed', `This machine's clock is off. ${words}`);
  if (kind !== 'credentials') return new RunError('service_unreachable', words);
  return new RunError(
    exception.startsWith('ExpiredToken') ? 'credentials_expired' : 'credentials_refused',
    words,
  );
}

/** The command that renews a sign-in that has ended, where the words speak of one. */
function loginCommand(text: string): LoginCommand | undefined {
  if (/re-?authenticate/i.test(text)) return 'aws login';
  if (/sso session|aws sso login|session token not found or invalid|UnauthorizedException/i.test(text)) {
    return 'aws sso login';
  }
  return undefined;
}

function quotable(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const isAwsOwn = error.name === 'CredentialsProviderError' || '$metadata' in error;
  return !isAwsOwn || /json/i.test(error.message) ? undefined : error.message.slice(0, 300);
}
