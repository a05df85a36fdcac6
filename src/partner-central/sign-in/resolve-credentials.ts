import type { Clock, Dice } from '../../model/clock.ts';
import { RunError } from '../../model/run-error.ts';
import { readAwsSettings, type AwsSettings } from '../access/aws-settings.ts';
import {
  fixedCredentials,
  type Credentials,
  type CredentialSource,
  type SignIn,
} from '../access/credentials.ts';
import { roleEndpoint } from '../access/endpoint.ts';
import type { Network } from '../access/network.ts';
import type { Reply } from '../wire/read-answer.ts';
import { explainFailure, sourceRefused } from './explain-failure.ts';
import { findCredentials } from './profile-credentials.ts';
import { refreshingCredentials } from './refreshing-credentials.ts';
import { retried } from './retried.ts';
import { sdkTransport } from './sdk-transport.ts';
import type {
  AskCode,
  AssumeRole,
  Found,
  GivenRole,
  HelperPatience,
  HelperSlow,
  RoleRequest,
  SignInContext,
} from './sign-in-context.ts';
import { keyGarbled, noCredentials, roleRefused, signInUnreachable } from './sign-in-errors.ts';
import { openSts, type RoleTerms } from './sts.ts';

export interface CredentialOptions {
  readonly settings: AwsSettings;
  readonly network: Network;
  /** Where a role is assumed, if its profile doesn't say. */
  readonly region: string;
  /** Of one call. */
  readonly timeoutMs: number;
  readonly userAgent: string;
  readonly clock: Clock;
  readonly dice: Dice;
  /** Asks for a code of an MFA device; absent where nobody can be asked. */
  readonly askCode?: AskCode | undefined;
  /** Assumed with the credentials that are found. */
  readonly role?: GivenRole | undefined;
  /** Hears of a helper that takes its time; `helperPatience` where it may take other than the usual. */
  readonly helperSlow?: HelperSlow | undefined;
  readonly helperPatience?: Pick<HelperPatience, 'tellAfterMs' | 'endAfterMs'>;
  /** Sees what a renewal brought before anything is signed with it, and rejects what may not be used. */
  readonly admit?: (renewed: Credentials, signal: AbortSignal) => Promise<void>;
}

/** A person may have to touch a key; nobody is waited for longer. */
const PATIENCE = { tellAfterMs: 5_000, endAfterMs: 60_000 };

/** Credentials that are renewed, and where they come from, in words. */
export interface ResolvedCredentials extends CredentialSource {
  readonly origin: () => string;
  readonly signIn: () => SignIn;
}

/**
 * Finds credentials as the AWS CLI does: environment (unless the option names a profile), role, web identity, single
 * sign-on, shared files, `aws login`, helper, container, instance. Rejects with a `RunError` that names the cause, or at
 * once with the signal's reason.
 */
export async function resolveCredentials(
  options: CredentialOptions,
  signal?: AbortSignal,
): Promise<ResolvedCredentials> {
  let found: Found | undefined;
  const load = async (loadSignal: AbortSignal): Promise<Credentials> => {
    const isRenewal = found !== undefined;
    const latest = await findOrExplain(options, { isRenewal, signal: loadSignal });
    if (isRenewal) await options.admit?.(latest.credentials, loadSignal);
    found = latest;
    return found.credentials;
  };
  const source = refreshingCredentials(load, options.clock.wallMs);
  await source.current(signal);
  return { ...source, origin: () => found?.origin ?? '', signIn: () => found?.signIn ?? { mayReturn: true } };
}

interface Search {
  readonly isRenewal: boolean;
  readonly signal: AbortSignal;
}

/** Reads the files anew each time: they may have changed since. */
async function findOrExplain(options: CredentialOptions, search: Search): Promise<Found> {
  const { profile, env } = options.settings;
  const named = profile.namedBy === 'option' ? profile.name : undefined;
  const settings = search.isRenewal ? await readAwsSettings({ profile: named, env }) : options.settings;
  const answer = await retried(() => attempt({ ...options, settings }, search), options, search.signal);
  if (!answer.ok) throw signInUnreachable(answer.fault);
  return answer.value;
}

/** One search; a fault that passes is an answer, all else is thrown. */
async function attempt(options: CredentialOptions, search: Search): Promise<Reply<Found>> {
  const { settings, region, askCode } = options;
  const transport = sdkTransport({ ...options, signal: search.signal });
  const profile = settings.profile.namedBy === 'nobody' ? undefined : settings.profile.name;
  try {
    const assumeRole = roleAssumer(options, search.signal);
    const helperPatience = { ...(options.helperPatience ?? PATIENCE), tell: options.helperSlow };
    const context = { settings, region, transport, assumeRole, askCode, helperPatience };
    const own = await findCredentials({ ...context, ...search });
    if (own === undefined) throw noCredentials(profile);
    const found = options.role === undefined ? own : await inRole(options.role, own, context);
    assertPrintable(found);
    return { ok: true, value: found };
  } catch (error) {
    search.signal.throwIfAborted();
    const fault = transport.trouble();
    if (error instanceof RunError || fault === undefined) throw explainFailure(error, profile);
    return { ok: false, fault };
  }
}

async function inRole(
  { roleArn, externalId, sessionName }: GivenRole,
  { credentials: source, origin, signIn }: Found,
  { assumeRole, region }: Pick<SignInContext, 'assumeRole' | 'region'>,
): Promise<Found> {
  const own = new Map([
    ...(externalId === undefined ? [] : [['external_id', externalId] as const]),
    ...(sessionName === undefined ? [] : [['role_session_name', sessionName] as const]),
  ]);
  const credentials = await assumeRole({ source, roleArn, region, own, code: undefined });
  return { credentials, origin: `role ${roleArn} by ${origin}`, ...(signIn !== undefined && { signIn }) };
}

function roleAssumer(options: CredentialOptions, signal: AbortSignal): AssumeRole {
  return async (request) => {
    const { settings, clock } = options;
    const { region, roleArn } = request;
    const credentials = fixedCredentials(request.source);
    const sts = openSts({ ...options, endpoint: roleEndpoint(settings, region), region, credentials });
    try {
      const terms = termsOf(request, clock.wallMs());
      const reply = await retried(() => sts.assumeRole(terms, signal), options, signal);
      if (reply.ok) return reply.value;
      const { fault } = reply;
      if (fault.kind === 'denied' || fault.kind === 'refused') throw roleRefused(roleArn, fault);
      throw sourceRefused(fault, `STS did not give role ${roleArn}`);
    } finally {
      await sts.close();
    }
  };
}

function termsOf({ roleArn, own, code }: RoleRequest, nowMs: number): RoleTerms {
  const serial = own.get('mfa_serial');
  return {
    roleArn,
    sessionName: own.get('role_session_name') ?? `oppsweep-${Math.floor(nowMs / 1_000)}`,
    durationSeconds: own.get('duration_seconds'),
    externalId: own.get('external_id'),
    mfa: serial === undefined || code === undefined ? undefined : { serial, code },
  };
}

/** A line break in a key makes a header that no call can carry, or a signature that nobody accepts. */
function assertPrintable({ credentials, origin }: Found): void {
  const { accessKeyId, secretAccessKey, sessionToken = 'none' } = credentials;
  const parts = {
    'access key': accessKeyId,
    'secret access key': secretAccessKey,
    'session token': sessionToken,
  };
  for (const [which, value] of Object.entries(parts)) {
    if (!/^[\x21-\x7e]+$/.test(value)) throw keyGarbled(which, origin);
  }
}
