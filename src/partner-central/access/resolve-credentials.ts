import { RunError } from '../../model/run-error.ts';
import { credentialsMissing } from './credentials-missing.ts';
import type { Credentials, CredentialSource } from './credentials.ts';
import { refreshingCredentials } from './refreshing-credentials.ts';

export interface CredentialOptions {
  /** As the AWS CLI's option of that name; without it AWS's own chain decides. */
  readonly profile?: string;
  /** Where a role is assumed, if the profile doesn't say. */
  readonly region: string;
  /** Wall clock, epoch milliseconds; the machine's, unless a test says otherwise. */
  readonly nowMs?: () => number;
  /** Whoever resolves them stops waiting once it is aborted. */
  readonly signal?: AbortSignal;
}

/**
 * Finds credentials as the AWS CLI does: the profile if one is named, else environment, shared files, single
 * sign-on, web identity, container and instance. Rejects with a `RunError` of code `credentials_missing` or `credentials_expired`, or at once with
 * the signal's reason.
 */
export async function resolveCredentials(options: CredentialOptions): Promise<CredentialSource> {
  const source = refreshingCredentials(() => load(options), options.nowMs ?? Date.now);
  await source.current(options.signal);
  return source;
}

/** Builds a new chain each time, since one remembers what it found: files may have changed since. */
async function load({ profile, region }: CredentialOptions): Promise<Credentials> {
  // Imported here: 60 ms that a command without credentials shouldn't pay.
  const { fromIni, fromNodeProviderChain } = await import('@aws-sdk/credential-providers');
  // Not `clientConfig`: its region would be asked for single sign-on too, in place of the profile's `sso_region`.
  const init = { ignoreCache: true, parentClientConfig: { region } };
  const provide = profile === undefined ? fromNodeProviderChain(init) : fromIni({ ...init, profile });
  try {
    return await provide();
  } catch (error) {
    throw error instanceof RunError
      ? error
      : credentialsMissing(error, profile ?? process.env['AWS_PROFILE']);
  }
}
