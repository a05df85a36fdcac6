import type { RunError } from '../../model/run-error.ts';
import type { ChosenProfile } from '../../partner-central/access/aws-settings.ts';
import type { TrustedCertificates } from '../../partner-central/access/network.ts';
import type { CallerIdentity } from '../../partner-central/sign-in/sts.ts';

/** The words of each check where nothing is in a run's way. */
export interface Findings {
  readonly configuration: {
    readonly profile: ChosenProfile;
    /** The shared files, each with whether it is there. */
    readonly files: readonly { readonly path: string; readonly found: boolean }[];
  };
  readonly endpoint: { readonly url: URL; readonly isAwsOwn: boolean };
  readonly network: {
    /** Without name and password; absent where calls go directly. */
    readonly proxy?: { readonly origin: string; readonly from: string };
    readonly certificates?: Pick<TrustedCertificates, 'path' | 'from'>;
  };
  /** How far the service's clock is ahead, milliseconds; undefined where it tells no time. */
  readonly clock: { readonly skewMs: number | undefined };
  readonly credentials: { readonly origin: string; readonly endsAtMs?: number };
  /** `null` where STS isn't asked or does not say; `refused` is then its exception. */
  readonly account: { readonly identity: CallerIdentity | null; readonly refused?: string };
  /** Of writes, in the last 24 hours. */
  readonly quota: { readonly used: number; readonly left: number | 'unlimited' };
  readonly reading: { readonly found: boolean };
  readonly place: { readonly folder: string; readonly freeBytes: number };
}

export type CheckName = keyof Findings;

/** The outcome of a check: `blocked` by the one that it needs. */
export type Check =
  | {
      readonly [Name in CheckName]:
        | { readonly name: Name; readonly state: 'sound'; readonly found: Findings[Name] }
        | { readonly name: Name; readonly state: 'unsound'; readonly error: RunError }
        | { readonly name: Name; readonly state: 'blocked'; readonly by: CheckName };
    }[CheckName]
  /** Variables that a run would refuse; told only then. */
  | { readonly name: 'variables'; readonly state: 'unsound'; readonly error: RunError };
