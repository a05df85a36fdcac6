/** The keys that a call is signed with. Never shown, logged or put into an error. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** When they cease to be valid; absent for those that don't. */
  readonly expiration?: Date;
}

/** What is known of the sign-in that credentials rest on. */
export interface SignIn {
  /** Only a person can renew it then, epoch milliseconds; absent where it doesn't end, or nobody knows. */
  readonly endsAtMs?: number | undefined;
  /** Whether a new one would be found while this process runs. */
  readonly mayReturn: boolean;
}

export interface CredentialSource {
  /**
   * Credentials that are good now, renewed ahead of their end. Rejects with a `RunError` once they have ended and no
   * others could be had, and at once with the signal's reason.
   */
  readonly current: (signal?: AbortSignal) => Promise<Credentials>;
  /** Notes that the service refused these, so that `refresh` knows whether those held now have been tried. */
  readonly refused: (credentials: Credentials) => void;
  /**
   * After a call was refused for its credentials: true if others are at hand, asked for at once unless they came
   * since that call was signed. Rejects with the `RunError` that says why none could be had, and with the signal's reason.
   */
  readonly refresh: (signal?: AbortSignal) => Promise<boolean>;
  /**
   * After those that `refresh` told of were refused as well: resolves once there are others again. Absent where nobody waits for
   * them: then there are none.
   */
  readonly othersAgain?: () => Promise<void>;
  /** Of the credentials held now; absent where nobody signs in. */
  readonly signIn?: () => SignIn | undefined;
}

/** Credentials that neither end nor change: the embedded emulator's. */
export function fixedCredentials(credentials: Credentials): CredentialSource {
  return {
    current: () => Promise.resolve(credentials),
    refused: () => {},
    refresh: () => Promise.resolve(false),
  };
}
