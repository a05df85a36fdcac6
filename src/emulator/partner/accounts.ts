/** The account of the one key that the emulator tells of. */
export const EMULATOR_ACCOUNT = '123456789012';

/** A key of another account: its 12 digits behind this, such as `OPPSWEEP111122223333`. The secret is the same for all. */
const KEY_OF_ACCOUNT = /^OPPSWEEP(\d{12})$/;

/** Whose key it is; `undefined` for one that the emulator doesn't know. `own`: the one that it tells of. */
export function accountOfKey(accessKeyId: string, own: string): string | undefined {
  return accessKeyId === own ? EMULATOR_ACCOUNT : KEY_OF_ACCOUNT.exec(accessKeyId)?.[1];
}
