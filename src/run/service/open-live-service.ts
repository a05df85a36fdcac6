import type { Catalog } from '../../model/catalog.ts';
import type { AwsSettings } from '../../partner-central/access/aws-settings.ts';
import type { CredentialSource } from '../../partner-central/access/credentials.ts';
import type { Network } from '../../partner-central/access/network.ts';
import { findCaller } from '../../partner-central/sign-in/caller.ts';
import { resolveCredentials } from '../../partner-central/sign-in/resolve-credentials.ts';
import type { AskCode } from '../../partner-central/sign-in/sign-in-context.ts';
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
}

/** Opens the service behind an endpoint, with the account's quota. Rejects with a `RunError`; nothing was asked yet. */
export async function openLiveService(live: LiveSettings, deps: ServiceDependencies): Promise<OpenService> {
  const { catalog, region, endpoint, network } = live;
  const { credentials, caller, callerRefused } = await signIn(live, deps);
  const account = caller?.account ?? (await credentials.current(deps.signal)).accessKeyId;
  const { limits, purpose, writes, journaled } = deps;
  const use = { purpose, writes, writesPerDay: limits.writesPerDay, journaled };
  const quota = await deps.quotas.open({ account, endpoint: endpoint.href }, use);
  try {
    const address = { endpoint, network, region, catalog, credentials, caller, callerRefused };
    return await assembleService({ ...address, quota }, deps);
  } catch (error) {
    await quota.close();
    throw error;
  }
}

interface SignedIn {
  readonly credentials: CredentialSource;
  readonly caller: Caller | null;
  readonly callerRefused?: string | undefined;
}

async function signIn(live: LiveSettings, deps: ServiceDependencies): Promise<SignedIn> {
  const { clock, dice, userAgent, limits, signal } = deps;
  const { aws: settings, network, region, endpoint, askCode } = live;
  const asked = { settings, network, region, timeoutMs: limits.timeoutMs, userAgent, clock, dice };
  const credentials = await resolveCredentials({ ...asked, askCode }, signal);
  const { identity, refused } = await findCaller({ ...asked, endpoint, credentials }, signal);
  return { credentials, caller: identity, callerRefused: refused };
}
