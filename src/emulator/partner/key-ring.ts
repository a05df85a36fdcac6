import { createHash } from 'node:crypto';
import { accountOfArn, type Roles } from './roles.ts';

/** Whose a key is, as STS tells it, and what it signs with. */
export interface KeyOwner {
  readonly account: string;
  readonly arn: string;
  readonly userId: string;
  readonly secretAccessKey: string;
  /** Epoch milliseconds; absent for keys that last. */
  readonly endsAtMs?: number;
}

/** The one key that the emulator tells of. */
export interface OwnKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** A request without any is accepted too. */
  readonly sessionToken: string;
}

/** The account of the one key that the emulator tells of. */
const OWN_ACCOUNT = '123456789012';

/** A key of another account: its 12 digits behind this, such as `OPPSWEEP111122223333`. The secret is the same for all. */
const KEY_OF_ACCOUNT = /^OPPSWEEP(\d{12})$/;

/** The keys that are good: its own, one for each account, and those of assumed roles. */
export class KeyRing {
  readonly #own: OwnKey;
  readonly #roles: Roles;

  constructor(own: OwnKey, roles: Roles) {
    this.#own = own;
    this.#roles = roles;
  }

  /** Undefined for keys that the emulator doesn't know; those that have ended are known. */
  ownerOf(accessKeyId: string, sessionToken: string | undefined): KeyOwner | undefined {
    const { accessKeyId: own, secretAccessKey, sessionToken: ownToken } = this.#own;
    if (sessionToken === undefined || sessionToken === ownToken) {
      const account = accessKeyId === own ? OWN_ACCOUNT : KEY_OF_ACCOUNT.exec(accessKeyId)?.[1];
      return account === undefined ? undefined : { ...lastingOwner(account), secretAccessKey };
    }
    const session = this.#roles.sessionOf(sessionToken);
    const keys = session && this.#roles.keysOf(session);
    if (session === undefined || keys?.accessKeyId !== accessKeyId) return undefined;
    return { ...roleOwner(session.arn), endsAtMs: session.endsAtMs, secretAccessKey: keys.secretAccessKey };
  }
}

function lastingOwner(account: string): Omit<KeyOwner, 'secretAccessKey'> {
  return {
    arn: `arn:aws:sts::${account}:assumed-role/PartnerCentralEmulator/oppsweep`,
    userId: 'AROAEMULATOROPPSWEEP0:oppsweep',
    account,
  };
}

/** The session of a role, without its keys. */
export function roleOwner(arn: string): Omit<KeyOwner, 'secretAccessKey'> {
  const [role = '', session = ''] = arn.split('/').slice(-2);
  const account = accountOfArn(arn);
  const id = createHash('sha256').update(`${account} ${role}`).digest('hex').slice(0, 17).toUpperCase();
  return { arn, userId: `AROA${id}:${session}`, account };
}
