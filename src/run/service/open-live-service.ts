import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Catalog } from '../../model/catalog.ts';
import { assertNever, type Fault } from '../../model/fault.ts';
import { RunError, type RunErrorCode } from '../../model/run-error.ts';
import { openFileLedger, type LedgerKind } from '../../store/files/ledger/file-ledger.ts';
import { ledgerCapacity } from '../../pace/ledger.ts';
import { ledgerFolder } from '../../store/files/ledger/ledger-folder.ts';
import type { Ledger } from '../../pace/ledger.ts';
import { callerIdentity } from '../../partner-central/caller-identity.ts';
import type { CredentialSource } from '../../partner-central/access/credentials.ts';
import { resolveCredentials } from '../../partner-central/access/resolve-credentials.ts';
import { stsEndpoint } from '../../partner-central/access/endpoint.ts';
import type { Caller } from '../../store/summary.ts';
import { assembleService, type OpenService, type ServiceDependencies } from './open-service.ts';

/** Where the service is and as whom it is asked, as in the AWS CLI. */
export interface LiveSettings {
  readonly catalog: Catalog;
  readonly region: string;
  readonly profile: string | undefined;
  readonly endpoint: URL;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Opens the service behind an endpoint, with the account's ledgers. Rejects with a `RunError`; nothing was asked yet. */
export async function openLiveService(
  settings: LiveSettings,
  deps: ServiceDependencies,
): Promise<OpenService> {
  const { catalog, region, profile, endpoint } = settings;
  const credentials = await resolveCredentials({
    region,
    signal: deps.signal,
    ...(profile !== undefined && { profile }),
  });
  const { caller, callerRefused } = await callerOf(credentials, settings, deps);
  const account = caller?.account ?? (await credentials.current(deps.signal)).accessKeyId;
  const folder = ledgerFolder({ stateHome: stateHome(settings.env), account, endpoint: endpoint.href });
  const writes = await openLedger(folder, 'writes', deps);
  try {
    const ledgers = { writes, reads: await openLedger(folder, 'reads', deps) };
    return assembleService(
      { endpoint, region, catalog, credentials, caller, callerRefused, ledgerFolder: folder, ledgers },
      deps,
    );
  } catch (error) {
    await writes.close();
    throw error;
  }
}

/** `null` where STS is not asked, or does not say: the access key then stands in for the account. */
async function callerOf(
  credentials: CredentialSource,
  settings: LiveSettings,
  deps: ServiceDependencies,
): Promise<{ readonly caller: Caller | null; readonly callerRefused?: string }> {
  const sts = stsEndpoint(settings.endpoint, settings.env);
  if (sts === undefined) return { caller: null };
  const { clock, userAgent, limits, signal } = deps;
  const { timeoutMs } = limits;
  const { region } = settings;
  const asked = { endpoint: sts, region, credentials, timeoutMs, clock, userAgent };
  const answer = await callerIdentity(asked, signal);
  if (answer.ok) return { caller: answer.identity };
  // Only a plain "no" lets the key stand in: after a passing fault, the same account would get a second ledger.
  const { fault } = answer;
  if (fault.kind !== 'denied' && fault.kind !== 'refused') throw identityUnknown(fault);
  return { caller: null, callerRefused: fault.exception };
}

function identityUnknown(fault: Fault): RunError {
  return new RunError(
    stopCodeOf(fault),
    `STS did not say whose credentials these are: ${fault.exception}: ${fault.message}`,
  );
}

/** Nothing but the answer's kind tells whether signing in again, the clock or the network is what it needs. */
function stopCodeOf(fault: Fault): RunErrorCode {
  switch (fault.kind) {
    case 'credentials':
      return fault.exception.startsWith('ExpiredToken') ? 'credentials_expired' : 'credentials_refused';
    case 'clock':
      return 'clock_skewed';
    case 'denied':
    case 'refused':
      return 'access_denied';
    case 'throttled':
    case 'server':
    case 'unreachable':
    case 'broken':
    case 'timeout':
    case 'malformed':
      return 'service_unreachable';
    default:
      return assertNever(fault.kind);
  }
}

function openLedger(folder: string, kind: LedgerKind, deps: ServiceDependencies): Promise<Ledger> {
  const { limits, purpose } = deps;
  const capacity = ledgerCapacity(kind === 'writes' ? limits.writesPerDay : 'unlimited');
  return openFileLedger({ folder, kind, purpose, capacity }, deps);
}

/** Where a user's programs keep their state (XDG Base Directory Specification). */
export function stateHome(env: LiveSettings['env']): string {
  const own = env['XDG_STATE_HOME'];
  return own !== undefined && own !== '' ? own : join(homedir(), '.local', 'state');
}
