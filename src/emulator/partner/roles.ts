import { createHash, createHmac } from 'node:crypto';

/** A role that somebody has assumed. */
export interface RoleSession {
  /** `arn:aws:sts::111122223333:assumed-role/partner/SESSION`. */
  readonly arn: string;
  /** Epoch milliseconds. */
  readonly endsAtMs: number;
}

/** The keys of a session, as STS gives them. */
export interface RoleKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** Each secret key and each token of a role's session begins with it, so that a leak can be looked for. */
export const ROLE_SECRETS = 'emulator-role';

const TOKEN = new RegExp(`^${ROLE_SECRETS}\\.([\\w-]+)\\.([\\w-]+)$`);

/** Every role there may be, and the keys of its sessions. A token says whose it is, so that none has to be kept. */
export class Roles {
  readonly #secret: string;
  readonly #externalIds = new Map<string, string>();

  constructor(secret: string) {
    this.#secret = secret;
  }

  /** From now on the role is assumed with this external id alone; of others any is taken, and none. */
  demand(roleArn: string, externalId: string): void {
    this.#externalIds.set(roleArn, externalId);
  }

  trusts(roleArn: string, externalId: string | undefined): boolean {
    const demanded = this.#externalIds.get(roleArn);
    return demanded === undefined || demanded === externalId;
  }

  keysOf(session: RoleSession): RoleKeys {
    const told = Buffer.from(JSON.stringify(session)).toString('base64url');
    const digits = accountOfArn(session.arn);
    return {
      accessKeyId: `ASIA${digits}${createHash('sha256').update(told).digest('hex').slice(0, 4).toUpperCase()}`,
      secretAccessKey: `${ROLE_SECRETS}-${this.#mac('secret', told).slice(0, 26)}`,
      sessionToken: `${ROLE_SECRETS}.${told}.${this.#mac('token', told)}`,
    };
  }

  /** The session whose token it is; undefined for one that was never given. */
  sessionOf(sessionToken: string): RoleSession | undefined {
    const [, told = '', mac] = TOKEN.exec(sessionToken) ?? [];
    if (mac !== this.#mac('token', told)) return undefined;
    return JSON.parse(Buffer.from(told, 'base64url').toString()) as RoleSession; // written by `keysOf`
  }

  #mac(use: string, text: string): string {
    return createHmac('sha256', this.#secret).update(`${use} ${text}`).digest('base64url');
  }
}

/** The 12 digits. */
export function accountOfArn(arn: string): string {
  return arn.split(':')[4] ?? '';
}
