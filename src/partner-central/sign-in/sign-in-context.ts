import type { AwsSettings } from '../access/aws-settings.ts';
import type { Credentials, SignIn } from '../access/credentials.ts';
import type { Settings } from '../access/shared-config.ts';
import type { SdkTransport } from './sdk-transport.ts';

/** All that one search for credentials works with. */
export interface SignInContext {
  readonly settings: AwsSettings;
  /** Where a role is assumed, if its profile doesn't say. */
  readonly region: string;
  readonly transport: SdkTransport;
  readonly assumeRole: AssumeRole;
  /** Asks for a code of an MFA device; absent where nobody can be asked. */
  readonly askCode: AskCode | undefined;
  /** Whether a session that a code began has ended: nobody is asked again then. */
  readonly isRenewal: boolean;
  readonly helperPatience: HelperPatience;
  readonly signal: AbortSignal;
}

/** How long a profile's helper may take. */
export interface HelperPatience {
  /** Told of its profile once it has taken so long, milliseconds. */
  readonly tellAfterMs: number;
  readonly tell?: HelperSlow | undefined;
  /** It is ended then. */
  readonly endAfterMs: number;
}

/** Hears that the helper of this profile is waited for. */
export type HelperSlow = (profile: string) => void;

/** `serial` names the device. */
export type AskCode = (serial: string, signal: AbortSignal) => Promise<string>;

export interface RoleRequest {
  readonly source: Credentials;
  readonly roleArn: string;
  readonly region: string;
  readonly own: Settings;
  readonly code: string | undefined;
}

/** A role that is taken with whatever credentials are found, rather than by a profile's word. */
export interface GivenRole {
  readonly roleArn: string;
  readonly externalId?: string | undefined;
  readonly sessionName?: string | undefined;
}

/** Rejects with a `RunError` that names the cause. */
export type AssumeRole = (request: RoleRequest) => Promise<Credentials>;

/** Credentials, and where they were found, in words. */
export interface Found {
  readonly credentials: Credentials;
  readonly origin: string;
  /** Absent where nothing is known but that the files are asked again. */
  readonly signIn?: SignIn;
}

/** A place where credentials may be; undefined where it has none. */
export type Source = (context: SignInContext, profile: string) => Promise<Found | undefined>;
