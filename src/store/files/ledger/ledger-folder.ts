import { createHash } from 'node:crypto';
import { join } from 'node:path';

export interface LedgerOwner {
  /** `XDG_STATE_HOME`, or `~/.local/state`. */
  readonly stateHome: string;
  /** The 12 digits of an account, or what stands in for them, such as an access key id (which is then hashed). */
  readonly account: string;
  /** The endpoint's URL: one account has other quotas elsewhere, an emulator its own. */
  readonly endpoint: string;
}

/** The folder of an account's ledgers at one endpoint: `…/oppsweep/ledger/123456789012@partnercentral-selling…`. */
export function ledgerFolder(owner: LedgerOwner): string {
  return join(
    owner.stateHome,
    'oppsweep',
    'ledger',
    `${accountName(owner.account)}@${endpointName(owner.endpoint)}`,
  );
}

function accountName(account: string): string {
  if (/^[0-9]{12}$/.test(account)) return account;
  return `key-${createHash('sha256').update(account).digest('hex').slice(0, 16)}`;
}

/** Host and port; a path is part of the name too, by its hash. */
function endpointName(endpoint: string): string {
  const { host, pathname } = new URL(endpoint);
  const name = host.replaceAll(/[^a-z0-9.-]/g, '_');
  if (pathname === '/') return name;
  return `${name}_${createHash('sha256').update(pathname).digest('hex').slice(0, 8)}`;
}
