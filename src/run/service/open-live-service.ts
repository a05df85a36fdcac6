import type { Catalog } from '../../model/catalog.ts';
import type { AwsSettings } from '../../partner-central/access/aws-settings.ts';
import type { CredentialSource } from '../../partner-central/access/credentials.ts';
import type { Network } from '../../partner-central/access/network.ts';
import { clockAhead, readServiceClock, type ClockReading } from '../../partner-central/service-clock.ts';
import { assertSameCaller, findCaller } from '../../partner-central/sign-in/caller.ts';
import {
  resolveCredentials,
  type CredentialOptions,
} from '../../partner-central/sign-in/resolve-credentials.ts';
import type { AskCode, GivenRole } from '../../partner-central/sign-in/sign-in-context.ts';
import type { Caller } from '../../store/journal-line.ts';
import { assembleService, type OpenService, type ServiceDependencies } from './open-service.ts';

/** Where the service is, as whom it is asked, and by which way, as in the AWS CLI. */
export interface LiveSettings {
  readonly catalog: Catalog;
  readonly region: string;
  readonly endpoint: URL;
  readonly aws: AwsSettings;
  readonly network: Network;
  /** Asks for a code of an MFA device; absent where nobody can be asked. */
  readonly askCode?: AskCode | undefined;
  /** Assumed with the credentials that are found; absent, these are the caller's. */
  readonly role?: GivenRole | undefined;
}

/** The service behind an endpoint: whoever asks for its account first is signed in, and stays so. */
export interface LiveService {
  /** The 12 digits of the account, or the access key's id where STS does not tell. Rejects with a `RunError`. */
  readonly account: (deps: ServiceDependencies) => Promise<string>;
  /** With the account's quota. Rejects with a `RunError`; no operation was asked for yet. */
  readonly open: (deps: ServiceDependencies) => Promise<OpenService>;
}

export function liveServiceAt(live: LiveSettings): LiveService {
  let signedIn: Promise<SignedIn> | undefined;
  const once = (deps: ServiceDependencies): Promise<SignedIn> => (signedIn ??= signIn(live, deps));
  return {
    account: async (deps) => accountOf(await once(deps), deps),
    open: async (deps) => openSignedIn(live, await once(deps), deps),
  };
}

async function accountOf(
  { caller, credentials }: SignedIn,
  { signal }: ServiceDependencies,
): Promise<string> {
  return caller?.account ?? (await credentials.current(signal)).accessKeyId;
}

/** The quota is counted by the service's time: by a clock that is a day ahead the quota of another day would be handed out. */
async function openSignedIn(
  live: LiveSettings,
  signedIn: SignedIn,
  deps: ServiceDependencies,
): Promise<OpenService> {
  const { catalog, region, endpoint, network } = live;
  const { credentials, caller, callerRefused } = signedIn;
  const account = await accountOf(signedIn, deps);
  const clockAheadMs = clockAhead(await askTime(live, deps));
  const { limits, purpose, writes, journaled } = deps;
  const use = { purpose, writes, writesPerDay: limits.writesPerDay, journaled, clockAheadMs };
  const quota = await deps.quotas.open({ account, endpoint: endpoint.href }, use);
  try {
    const address = { endpoint, network, region, catalog, credentials, caller, callerRefused, clockAheadMs };
    return await assembleService({ ...address, quota }, deps);
  } catch (error) {
    await quota.close();
    throw error;
  }
}

const LONGEST_MS = 5_000;

/** Where the service does not answer, its calls will tell of that. */
async function askTime(
  { endpoint, network }: LiveSettings,
  { limits, userAgent, clock, signal }: ServiceDependencies,
): Promise<ClockReading> {
  const timeoutMs = Math.min(limits.timeoutMs, LONGEST_MS);
  return readServiceClock({ endpoint, network, timeoutMs, userAgent, clock }, signal);
}

interface SignedIn {
  readonly credentials: CredentialSource;
  readonly caller: Caller | null;
  readonly callerRefused?: string | undefined;
}

async function signIn(live: LiveSettings, deps: ServiceDependencies): Promise<SignedIn> {
  const { clock, dice, userAgent, limits, signal, helperSlow } = deps;
  const { aws: settings, network, region, endpoint, askCode, role } = live;
  const asked = { settings, network, region, timeoutMs: limits.timeoutMs, userAgent, clock, dice };
  let caller: Caller | null = null;
  const admit: CredentialOptions['admit'] = async (renewed, renewing) => {
    if (caller !== null) await assertSameCaller(caller, renewed, { ...asked, endpoint }, renewing);
  };
  const credentials = await resolveCredentials({ ...asked, askCode, role, helperSlow, admit }, signal);
  const { identity, refused } = await findCaller({ ...asked, endpoint, credentials }, signal);
  caller = identity;
  return { credentials, caller: identity, callerRefused: refused };
}
