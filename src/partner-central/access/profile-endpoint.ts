import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

export interface ProfileOptions {
  /** As the AWS CLI's option of that name. */
  readonly profile?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The service's name in a `[services …]` section. */
const SERVICE_KEY = 'partnercentral_selling';

/**
 * The `endpoint_url` that the profile's `services` section or the profile itself names in AWS's shared configuration
 * file; undefined where there is none, or no such file.
 */
export async function readProfileEndpoint({ profile, env }: ProfileOptions): Promise<string | undefined> {
  const path = env['AWS_CONFIG_FILE'] ?? join(homedir(), '.aws', 'config');
  const text = await readFile(path, 'utf8').catch(() => '');
  return profileEndpoint(text, profile ?? env['AWS_PROFILE'] ?? 'default');
}

function profileEndpoint(config: string, profile: string): string | undefined {
  const sections = readSections(config);
  const settings =
    sections.get(`profile ${profile}`) ?? (profile === 'default' ? sections.get('default') : undefined);
  if (settings === undefined || settings.get('ignore_configured_endpoint_urls')?.toLowerCase() === 'true') {
    return undefined;
  }
  const services = sections.get(`services ${settings.get('services') ?? ''}`);
  return services?.get(`${SERVICE_KEY}.endpoint_url`) ?? settings.get('endpoint_url');
}

type Settings = Map<string, string>;

/** AWS's ini: `key = value` under `[section]`; lines indented under a key without a value are settings of that key. */
function readSections(config: string): ReadonlyMap<string, Settings> {
  const sections = new Map<string, Settings>();
  let settings: Settings = new Map();
  let parent = '';
  for (const line of config.split(/\r?\n/)) {
    const name = /^\[\s*([^\]]+?)\s*\]/.exec(line)?.[1]?.replace(/\s+/g, ' ');
    if (name !== undefined) {
      settings = sections.get(name) ?? new Map<string, string>();
      sections.set(name, settings);
      parent = '';
    }
    const [, indent = '', key, value = ''] = /^(\s*)([^\s#;[=][^=]*?)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (key === undefined) continue;
    if (indent === '') parent = key;
    settings.set(indent === '' ? key : `${parent}.${key}`, value);
  }
  return sections;
}
