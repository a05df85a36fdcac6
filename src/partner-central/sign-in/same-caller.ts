import { RunError } from '../../model/run-error.ts';
import { fixedCredentials, type Credentials } from '../access/credentials.ts';
import { findCaller, type CallerOptions } from './caller.ts';
import type { CallerIdentity } from './sts.ts';

/**
 * Rejects credentials that a renewal brought for another account or another person than those before: a session's record names one
 * caller. Where STS won't tell whose they are, they are taken.
 */
export async function assertSameCaller(
  before: CallerIdentity,
  renewed: Credentials,
  options: Omit<CallerOptions, 'credentials'>,
  signal: AbortSignal,
): Promise<void> {
  const { identity } = await findCaller({ ...options, credentials: fixedCredentials(renewed) }, signal);
  if (identity === null || principalOf(identity) === principalOf(before)) return;
  throw new RunError(
    'credentials_refused',
    `The new sign-in is that of ${identity.arn}, and this session is that of ${before.arn}.`,
    { code: 'sign_in_as_before', caller: before.arn },
  );
}

/**
 * Whose calls these are. A role's session is named by whoever assumes it, anew each time perhaps; that of single sign-on by the
 * person.
 */
export function principalOf({ account, arn }: CallerIdentity): string {
  const [, role = ''] = /:assumed-role\/([^/]+)\//.exec(arn) ?? [];
  if (role === '' || role.startsWith('AWSReservedSSO_')) return arn;
  return `${account} ${role}`;
}
