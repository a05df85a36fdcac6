import { RunError } from '../../model/run-error.ts';

/**
 * Says why no credentials could be had and what to do. Of the provider's error only a message known to hold no
 * secret is quoted: a failed `credential_process` carries its command line, a broken token file its content.
 */
export function credentialsMissing(error: unknown, profile: string | undefined): RunError {
  const login = loginCommand(error);
  if (login !== undefined) {
    return new RunError('credentials_expired', `The AWS sign-in ${ofProfile(profile)} has expired.`, {
      code: 'sign_in',
      command: login,
      profile,
    });
  }
  const said = quotable(error);
  return new RunError(
    'credentials_missing',
    `No AWS credentials were found ${ofProfile(profile)}.${said === undefined ? '' : ` AWS's own words: ${said}`}`,
    { code: 'find_credentials', profile },
  );
}

function ofProfile(profile: string | undefined): string {
  return profile === undefined ? "in AWS's default chain" : `for profile "${profile}"`;
}

/** The command that renews a sign-in that has ended, where the error speaks of one. */
function loginCommand(error: unknown): 'aws login' | 'aws sso login' | undefined {
  const text = error instanceof Error ? error.message : '';
  if (/re-?authenticate using aws login/i.test(text)) return 'aws login';
  if (/sso session|aws sso login|session token not found or invalid/i.test(text)) {
    return 'aws sso login';
  }
  return undefined;
}

function quotable(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const isAwsOwn = error.name === 'CredentialsProviderError' || '$metadata' in error;
  if (!isAwsOwn || /command failed|json/i.test(error.message)) return undefined;
  return error.message.slice(0, 300);
}
