import { RunError } from '../../model/run-error.ts';
import { readSharedConfig, type Environment, type Settings, type SharedConfig } from './shared-config.ts';

/** The profile that is meant, and by whose word. */
export interface ChosenProfile {
  readonly name: string;
  readonly namedBy: 'option' | 'AWS_DEFAULT_PROFILE' | 'AWS_PROFILE' | 'nobody';
}

/** All that the options, the environment and the shared files say of how AWS is to be reached. */
export interface AwsSettings {
  readonly env: Environment;
  readonly profile: ChosenProfile;
  readonly shared: SharedConfig;
  /** Those of the chosen profile; none where nobody named one and there is no `default`. */
  readonly own: Settings;
}

export interface SettingsOptions {
  /** As the AWS CLI's option of that name. */
  readonly profile?: string | undefined;
  readonly env: Environment;
}

/** Reads the shared files anew. Rejects with a `RunError` for a file that can't be read and a profile that isn't there. */
export async function readAwsSettings({ profile, env }: SettingsOptions): Promise<AwsSettings> {
  const chosen = chooseProfile(profile, env);
  const shared = await readSharedConfig(env);
  const own = shared.profiles.get(chosen.name);
  if (own === undefined && chosen.namedBy !== 'nobody') throw noSuchProfile(chosen, shared);
  return { env, profile: chosen, shared, own: own ?? new Map() };
}

/** The variable's value where it is set, else the profile's: as the AWS CLI has it for all that both may say. */
export function settingOf({ env, own }: AwsSettings, variable: string, key: string): string | undefined {
  return env[variable] || own.get(key);
}

export function isTrue(value: string | undefined): boolean {
  return value?.trim().toLowerCase() === 'true';
}

/** In the AWS CLI's order. */
function chooseProfile(option: string | undefined, env: Environment): ChosenProfile {
  if (option !== undefined) return { name: option, namedBy: 'option' };
  for (const variable of ['AWS_DEFAULT_PROFILE', 'AWS_PROFILE'] as const) {
    const name = env[variable];
    if (name !== undefined && name !== '') return { name, namedBy: variable };
  }
  return { name: 'default', namedBy: 'nobody' };
}

function noSuchProfile(
  { name, namedBy }: ChosenProfile,
  { config, credentials, profiles }: SharedConfig,
): RunError {
  const by = namedBy === 'option' ? '' : `, which ${namedBy} names,`;
  return new RunError(
    'credentials_missing',
    `Profile "${name}"${by} is neither in ${config.path} nor in ${credentials.path}.`,
    { code: 'known_profiles', profiles: [...profiles.keys()].toSorted() },
  );
}
