import { readSharedConfig } from '../../partner-central/access/shared-config.ts';
import type { MeantAccount } from './account-rows.ts';

/**
 * The profile that the shared files have for an account that a row names by its digits alone: one that is called so, or whose role or single
 * sign-on is of it. `undefined`: none, or several; the host's own credentials are tried then, and STS says whose they are.
 */
export async function findProfile(
  { account, profile, roleArn }: MeantAccount,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  if (profile !== undefined || roleArn !== undefined || account === undefined) return profile;
  const { profiles } = await readSharedConfig(env);
  if (profiles.has(account)) return account;
  const fitting = [...profiles].filter(
    ([, own]) => own.get('sso_account_id') === account || own.get('role_arn')?.split(':')[4] === account,
  );
  return fitting.length === 1 ? fitting[0]?.[0] : undefined;
}
