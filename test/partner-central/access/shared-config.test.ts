import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { RunError } from '../../../src/model/run-error.ts';
import { readAwsSettings } from '../../../src/partner-central/access/aws-settings.ts';
import { resolveEndpoint } from '../../../src/partner-central/access/endpoint.ts';
import { readSharedConfig, type SharedConfig } from '../../../src/partner-central/access/shared-config.ts';

let home = '';

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'oppsweep-config-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
});

function write(name: string, text: string | Uint8Array): string {
  const path = join(home, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

/** The endpoint that is found with these variables, the home's files beside them. */
async function endpoint(env: Readonly<Record<string, string>> = {}, profile?: string): Promise<string> {
  const settings = await readAwsSettings({ profile, env: { HOME: home, ...env } });
  return resolveEndpoint({ region: 'us-east-1' }, settings).href;
}

async function refusal(env: Readonly<Record<string, string>>, profile?: string): Promise<RunError> {
  const error: unknown = await endpoint(env, profile).catch((caught: unknown) => caught);
  if (error instanceof RunError) return error;
  throw new Error('An endpoint was found.', { cause: error });
}

const STAND_IN = 'http://stand-in.example/';
const DEFAULT = `[default]\nendpoint_url = ${STAND_IN}\n`;

describe('the stand-in endpoint of the config file is found', () => {
  test.each([
    ['as the AWS CLI writes it', DEFAULT],
    ['with a byte order mark', `\uFEFF${DEFAULT}`],
    ['with Windows line ends', DEFAULT.replaceAll('\n', '\r\n')],
    ['with its key in capitals', `[default]\nENDPOINT_URL = ${STAND_IN}\n`],
    ['with a comment behind it', `[default] ; mine\nendpoint_url = ${STAND_IN} # the emulator's\n`],
    ['with spaces in the brackets', `[ default ]\nendpoint_url=${STAND_IN}\n`],
    ['under `profile default`', `[profile default]\nendpoint_url = ${STAND_IN}\n`],
    [
      'after a section of settings',
      `[default]\ns3 =\n  endpoint_url = http://s3.example\nendpoint_url = ${STAND_IN}\n`,
    ],
    [
      'in a services section',
      `[default]\nservices = mine\n[services mine]\npartnercentral_selling =\n  endpoint_url = ${STAND_IN}\n`,
    ],
    [
      'in a services section with a name in quotes, its key in capitals',
      `[default]\nservices = my own\n[services "my own"]\nPARTNERCENTRAL_SELLING =\n  Endpoint_URL = ${STAND_IN}\n`,
    ],
  ])('%s', async (_how, config) => {
    write('.aws/config', config);
    expect(await endpoint()).toBe(STAND_IN);
  });

  test.each([
    ['[profile dev]', 'dev'],
    ['[profile "dev"]', 'dev'],
    ["[profile 'my prod']", 'my prod'],
    ['[profile my prod]', 'my prod'],
    ['[profile\tdev]', 'dev'],
    ['[profile  dev ]', 'dev'],
    ['[profile prüf/日本+1@x]', 'prüf/日本+1@x'],
    ['[profile 100%]', '100%'],
    ['[profile constructor]', 'constructor'],
  ])('under %s', async (header, profile) => {
    write('.aws/config', `${header}\nendpoint_url = ${STAND_IN}\n`);
    expect(await endpoint({}, profile)).toBe(STAND_IN);
    expect(await endpoint({ AWS_PROFILE: profile })).toBe(STAND_IN);
  });

  test('in the credentials file, whose word counts before the config file’s', async () => {
    write('.aws/credentials', DEFAULT);
    expect(await endpoint()).toBe(STAND_IN);
    write('.aws/config', '[default]\nendpoint_url = http://other.example\n');
    expect(await endpoint()).toBe(STAND_IN);
  });

  test('in the file that AWS_CONFIG_FILE names, ~/ or not; an empty one names none', async () => {
    write('alt', DEFAULT);
    expect(await endpoint({ AWS_CONFIG_FILE: '~/alt' })).toBe(STAND_IN);
    expect(await endpoint({ AWS_CONFIG_FILE: join(home, 'alt') })).toBe(STAND_IN);
    write('.aws/config', DEFAULT);
    expect(await endpoint({ AWS_CONFIG_FILE: '' })).toBe(STAND_IN);
    expect(await endpoint({ AWS_CONFIG_FILE: join(home, 'none') })).toContain('api.aws');
  });

  test('anew each time: a file may change in between', async () => {
    write('.aws/config', DEFAULT);
    expect(await endpoint()).toBe(STAND_IN);
    write('.aws/config', '[default]\nendpoint_url = http://other.example\n');
    expect(await endpoint()).toBe('http://other.example/');
  });
});

describe('calls don’t go to AWS in its place', () => {
  test('where the profile names services that aren’t there', async () => {
    write(
      '.aws/config',
      `[profile dev]\nservices = rehersal\nendpoint_url = ${STAND_IN}\n[services rehearsal]\n`,
    );
    const error = await refusal({}, 'dev');
    expect(error.code).toBe('usage');
    expect(error.message).toContain('names services "rehersal"');
    expect(await endpoint({ AWS_ENDPOINT_URL: 'http://variable.example' }, 'dev')).toBe(
      'http://variable.example/',
    );
  });

  test('where the profile isn’t there', async () => {
    write('.aws/config', DEFAULT);
    expect(await refusal({}, 'dev')).toMatchObject({
      code: 'credentials_missing',
      advice: { code: 'known_profiles', profiles: ['default'] },
    });
  });

  test('where a file can’t be read', async () => {
    mkdirSync(join(home, '.aws/config'), { recursive: true });
    const error = await refusal({});
    expect(error.code).toBe('usage');
    expect(error.message).toContain(`${join(home, '.aws/config')} can't be read (EISDIR)`);
  });
});

describe('what the profile says of endpoints', () => {
  test('may be to ignore those that are configured, the variables’ too', async () => {
    write('.aws/config', `${DEFAULT}ignore_configured_endpoint_urls = true\n`);
    expect(await endpoint({ AWS_ENDPOINT_URL: 'http://variable.example' })).toContain('api.aws');
    expect(await endpoint({ AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'false' })).toBe(STAND_IN);
  });

  test('may be FIPS, unless the variable says otherwise', async () => {
    write('.aws/config', '[default]\nuse_fips_endpoint = True\n');
    expect(await endpoint()).toBe('https://partnercentral-selling-fips.us-east-1.api.aws/');
    expect(await endpoint({ AWS_USE_FIPS_ENDPOINT: 'false' })).toContain('selling.us-east-1');
    const error = await refusal({ AWS_ENDPOINT_URL: STAND_IN });
    expect(error.message).toContain("the profile's use_fips_endpoint");
  });
});

test('a file of many profiles is held once, however many runs of a process read it, and read anew once it is changed', async () => {
  write('.aws/config', DEFAULT);
  const read = async (): Promise<SharedConfig> => readSharedConfig({ HOME: home });
  const [first, second] = await Promise.all([read(), read()]);
  expect(second).toBe(first);
  write('.aws/config', `${DEFAULT}[profile other]\nregion = us-east-1\n`);
  expect((await read()).profiles.has('other')).toBe(true);
});
