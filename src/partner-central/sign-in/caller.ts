import type { Clock, Dice } from '../../model/clock.ts';
import { RunError } from '../../model/run-error.ts';
import type { AwsSettings } from '../access/aws-settings.ts';
import { fixedCredentials, type Credentials, type CredentialSource } from '../access/credentials.ts';
import { stsEndpoint } from '../access/endpoint.ts';
import type { Network } from '../access/network.ts';
import type { Reply } from '../wire/read-answer.ts';
import { sourceRefused } from './explain-failure.ts';
import { retried } from './retried.ts';
import { openSts, type CallerIdentity } from './sts.ts';

export interface CallerOptions {
  readonly settings: AwsSettings;
  readonly network: Network;
  /** The service's. */
  readonly endpoint: URL;
  readonly region: string;
  readonly credentials: CredentialSource;
  /** Of one call. */
  readonly timeoutMs: number;
  readonly userAgent: string;
  readonly clock: Clock;
  readonly dice: Dice;
}

/** Whose credentials these are; `null` where STS is not asked, or does not say: the access key then stands in. */
export interface Caller {
  readonly identity: CallerIdentity | null;
  /** The exception by which STS refused to tell, where it did. */
  readonly refused?: string;
}

/** Asks STS, and again where the reason passes. Rejects with a `RunError` that names the reason where it does not. */
export async function findCaller(options: CallerOptions, signal?: AbortSignal): Promise<Caller> {
  const endpoint = stsEndpoint(options.endpoint, options.settings);
  if (endpoint === undefined) return { identity: null };
  const sts = openSts({ ...options, endpoint });
  try {
    const ask = (): Promise<Reply<CallerIdentity>> => retried(() => sts.identity(signal), options, signal);
    const first = await ask();
    const isMendable = !first.ok && first.fault.kind === 'credentials';
    const reply = isMendable && (await options.credentials.refresh(signal)) ? await ask() : first;
    if (reply.ok) return { identity: reply.value };
    // Only a plain "no" lets the key stand in: after a passing fault, the same account would get a second ledger.
    const { kind, exception } = reply.fault;
    if (kind === 'denied' || kind === 'refused') return { identity: null, refused: exception };
    throw sourceRefused(reply.fault, 'STS did not say whose credentials these are');
  } finally {
    await sts.close();
  }
}

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
