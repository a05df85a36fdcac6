import { RunError } from '../../model/run-error.ts';
import { credentialsMissing } from './credentials-missing.ts';
import { refreshingCredentials } from './refreshing-credentials.ts';

/** What a call is signed with. Never shown, logged or put into an error. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** When they cease to be valid; absent for those that don't. */
  readonly expiration?: Date;
}

export interface CredentialSource {
  /**
   * Credentials that are good now, renewed ahead of their end. Rejects with a `RunError` of code
   * `credentials_missing` once they have ended and no others could be had.
   */
  readonly current: () => Promise<Credentials>;
  /** Notes that the service refused these, so that `refresh` knows whether those held now have been tried. */
  readonly refused: (credentials: Credentials) => void;
  /**
   * After a call was refused for its credentials: true if others are at hand, asked for at once unless they came
   * since that call was signed. Never rejects.
   */
  readonly refresh: () => Promise<boolean>;
}

export interface CredentialOptions {
  /** As `--profile`; without it AWS's own chain decides. */
  readonly profile?: string;
  /** Where a role is assumed, if the profile doesn't say. */
  readonly region: string;
  /** Wall clock, epoch milliseconds; the machine's, unless a test says otherwise. */
  readonly nowMs?: () => number;
}

/**
 * Finds credentials as the AWS CLI does: the profile if one is named, else environment, shared files, single
 * sign-on, web identity, container and instance. Rejects with a `RunError` of code `credentials_missing`.
 */
export async function resolveCredentials(options: CredentialOptions): Promise<CredentialSource> {
  const source = refreshingCredentials(() => load(options), options.nowMs ?? Date.now);
  await source.current();
  return source;
}

/** Credentials that neither end nor change: the embedded emulator's. */
export function fixedCredentials(credentials: Credentials): CredentialSource {
  return {
    current: () => Promise.resolve(credentials),
    refused: () => {},
    refresh: () => Promise.resolve(false),
  };
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
