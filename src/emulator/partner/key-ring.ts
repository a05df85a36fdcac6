/** Whose a key is, as STS tells it, and what it signs with. */
export interface KeyOwner {
  readonly account: string;
  readonly arn: string;
  readonly userId: string;
  readonly secretAccessKey: string;
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

/** The keys that are good: its own, and one for each account. */
export class KeyRing {
  readonly #own: OwnKey;

  constructor(own: OwnKey) {
    this.#own = own;
  }

  /** Undefined for keys that the emulator doesn't know. */
  ownerOf(accessKeyId: string, sessionToken: string | undefined): KeyOwner | undefined {
    const { accessKeyId: own, secretAccessKey, sessionToken: ownToken } = this.#own;
    if (sessionToken !== undefined && sessionToken !== ownToken) return undefined;
    const account = accessKeyId === own ? OWN_ACCOUNT : KEY_OF_ACCOUNT.exec(accessKeyId)?.[1];
    return account === undefined ? undefined : { ...lastingOwner(account), secretAccessKey };
  }
}

function lastingOwner(account: string): Omit<KeyOwner, 'secretAccessKey'> {
  return {
    arn: `arn:aws:sts::${account}:assumed-role/PartnerCentralEmulator/oppsweep`,
    userId: 'AROAEMULATOROPPSWEEP0:oppsweep',
    account,
  };
}
