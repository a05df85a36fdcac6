import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Catalog } from '../../model/catalog.ts';
import { openFileLedger, type LedgerKind } from '../../store/files/ledger/file-ledger.ts';
import { ledgerCapacity } from '../../pace/ledger.ts';
import { ledgerFolder } from '../../store/files/ledger/ledger-folder.ts';
import type { Ledger } from '../../pace/ledger.ts';
import type { AwsSettings } from '../../partner-central/access/aws-settings.ts';
import type { CredentialSource } from '../../partner-central/access/credentials.ts';
import type { Network } from '../../partner-central/access/network.ts';
import { findCaller } from '../../partner-central/sign-in/caller.ts';
import { resolveCredentials } from '../../partner-central/sign-in/resolve-credentials.ts';
import type { AskCode } from '../../partner-central/sign-in/sign-in-context.ts';
import type { Caller } from '../../store/summary.ts';
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

/** Opens the service behind an endpoint, with the account's ledgers. Rejects with a `RunError`; nothing was asked yet. */
export async function openLiveService(live: LiveSettings, deps: ServiceDependencies): Promise<OpenService> {
  const { catalog, region, endpoint, network } = live;
  const { credentials, caller, callerRefused } = await signIn(live, deps);
  const account = caller?.account ?? (await credentials.current(deps.signal)).accessKeyId;
  const folder = ledgerFolder({ stateHome: stateHome(live.aws.env), account, endpoint: endpoint.href });
  const writes = await openLedger(folder, 'writes', deps);
  try {
    const ledgers = { writes, reads: await openLedger(folder, 'reads', deps) };
    const address = { endpoint, network, region, catalog, credentials, caller, callerRefused };
    return assembleService({ ...address, ledgerFolder: folder, ledgers }, deps);
  } catch (error) {
    await writes.close();
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

function openLedger(folder: string, kind: LedgerKind, deps: ServiceDependencies): Promise<Ledger> {
  const { limits, purpose } = deps;
  const capacity = ledgerCapacity(kind === 'writes' ? limits.writesPerDay : 'unlimited');
  return openFileLedger({ folder, kind, purpose, capacity }, deps);
}

/** Where a user's programs keep their state (XDG Base Directory Specification). */
export function stateHome(env: AwsSettings['env']): string {
  const own = env['XDG_STATE_HOME'];
  return own !== undefined && own !== '' ? own : join(homedir(), '.local', 'state');
}
