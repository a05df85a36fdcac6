import type { AwsSettings } from '../../../src/partner-central/access/aws-settings.ts';

type Texts = Readonly<Record<string, string>>;

/** Settings that say only this; `own` are those of the profile, `services` those of each `services` section. */
export function settingsWith(
  env: Texts,
  own: Texts = {},
  services: Readonly<Record<string, Texts>> = {},
): AwsSettings {
  const file = { found: true, profiles: new Map<string, ReadonlyMap<string, string>>(), readAs: '' };
  const profiles = new Map([['sales', new Map(Object.entries(own))]]);
  return {
    env,
    profile: { name: 'sales', namedBy: 'AWS_PROFILE' },
    shared: {
      config: { ...file, path: '/home/ana/.aws/config' },
      credentials: { ...file, path: '/home/ana/.aws/credentials' },
      profiles,
      services: new Map(
        Object.entries(services).map(([name, settings]) => [name, new Map(Object.entries(settings))]),
      ),
    },
    own: new Map(Object.entries(own)),
  };
}
