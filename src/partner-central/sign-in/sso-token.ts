import type { Settings } from '../access/shared-config.ts';
import { decodeName } from '../access/section-names.ts';
import { isObject, textOf } from '../wire/json-object.ts';

/**
 * When the token that `aws sso login` left for a profile ends, epoch milliseconds; undefined where it is renewed without a person, or
 * there is none.
 */
export async function tokenEnd(own: Settings): Promise<number | undefined> {
  const session = own.get('sso_session');
  const name = session === undefined ? own.get('sso_start_url') : (decodeName(session) ?? session);
  if (name === undefined) return undefined;
  const { getSSOTokenFromFile } = await import('@smithy/core/config');
  const token: unknown = await getSSOTokenFromFile(name).catch(() => undefined);
  if (!isObject(token) || textOf(token['refreshToken'])) return undefined;
  const endsAtMs = Date.parse(textOf(token['expiresAt']) ?? '');
  return Number.isNaN(endsAtMs) ? undefined : endsAtMs;
}
