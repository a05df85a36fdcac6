import { isAwsOwn } from '../../../src/model/catalog.ts';
import { describe, expect, test } from 'vitest';
import { hintOf } from '../../../src/cli/words/hints/hints.ts';
import { RunError } from '../../../src/model/run-error.ts';
import {
  otherNamed,
  roleEndpoint,
  resolveEndpoint,
  stsEndpoint,
  type EndpointOptions,
} from '../../../src/partner-central/access/endpoint.ts';
import { settingsWith } from './settings-with.ts';

interface Changes extends Partial<EndpointOptions> {
  readonly env?: Readonly<Record<string, string>>;
  readonly profileEndpointUrl?: string;
}

function resolve({ env = {}, profileEndpointUrl, ...options }: Changes = {}): string {
  const own = profileEndpointUrl === undefined ? {} : { endpoint_url: profileEndpointUrl };
  return resolveEndpoint({ region: 'us-east-1', ...options }, settingsWith(env, own)).href;
}

function refusal(changes: Changes): RunError {
  try {
    resolve(changes);
  } catch (error) {
    if (error instanceof RunError) return error;
  }
  throw new Error('The endpoint was accepted.');
}

const SERVICE_VARIABLE = { AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: 'http://service.example/' };
const ANY_VARIABLE = { AWS_ENDPOINT_URL: 'http://any.example/' };

describe('the endpoint', () => {
  test('is AWS’s own without a word to the contrary', () => {
    expect(resolve()).toBe('https://partnercentral-selling.us-east-1.api.aws/');
    expect(resolve({ env: { AWS_ENDPOINT_URL: '' } })).toBe(
      'https://partnercentral-selling.us-east-1.api.aws/',
    );
  });

  test('is the option, else the service’s variable, else the variable for all, else the profile’s', () => {
    const env = { ...SERVICE_VARIABLE, ...ANY_VARIABLE };
    const profileEndpointUrl = 'http://profile.example/';
    expect(resolve({ endpointUrl: 'http://option.example/', env, profileEndpointUrl })).toBe(
      'http://option.example/',
    );
    expect(resolve({ env, profileEndpointUrl })).toBe('http://service.example/');
    expect(resolve({ env: ANY_VARIABLE, profileEndpointUrl })).toBe('http://any.example/');
    expect(resolve({ profileEndpointUrl })).toBe('http://profile.example/');
  });

  test('ignores what is configured, but not the option, where the environment says so', () => {
    const env = { ...SERVICE_VARIABLE, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'TRUE' };
    expect(resolve({ env, profileEndpointUrl: 'http://profile.example' })).toContain('api.aws');
    expect(resolve({ env, endpointUrl: 'http://option.example/' })).toBe('http://option.example/');
  });

  test('is the FIPS one where the environment says so', () => {
    const env = { AWS_USE_FIPS_ENDPOINT: 'true' };
    expect(resolve({ env })).toBe('https://partnercentral-selling-fips.us-east-1.api.aws/');
  });

  test('can’t be both FIPS and one’s own', () => {
    const error = refusal({ env: { ...ANY_VARIABLE, AWS_USE_FIPS_ENDPOINT: 'true' } });
    expect(error.code).toBe('usage');
    expect(error.message).toContain('AWS_ENDPOINT_URL');
  });

  test('is in one region only, unless it is one’s own', () => {
    expect(refusal({ region: 'eu-west-1' })).toMatchObject({
      code: 'usage',
      message: 'Partner Central is not in region "eu-west-1": it is in us-east-1 only.',
    });
    expect(resolve({ region: 'eu-west-1', endpointUrl: 'http://127.0.0.1:8080' })).toBe(
      'http://127.0.0.1:8080/',
    );
  });

  test.each(['localhost:8080', '127.0.0.1', 'ftp://host', 'file:///etc/passwd', 'not a url', ''])(
    'is not %j, and the error says where that stands',
    (endpointUrl) => {
      expect(refusal({ endpointUrl })).toMatchObject({ code: 'usage' });
      expect(refusal({ endpointUrl }).message).toContain('the option endpoint-url');
    },
  );

  test('with a password in it is refused without showing it', () => {
    const error = refusal({ env: { AWS_ENDPOINT_URL: 'https://user:hunter2@host.example' } });
    expect(error.message + hintOf(error)).not.toContain('hunter2');
    expect(refusal({ endpointUrl: 'https://host.example/?a=b' }).code).toBe('usage');
  });
});

describe('isAwsOwn', () => {
  test.each([
    ['https://partnercentral-selling.us-east-1.api.aws', true],
    ['https://partnercentral-selling-fips.us-east-1.api.aws', true],
    ['https://vpce-1.partnercentral-selling.us-east-1.vpce.amazonaws.com', true],
    ['http://127.0.0.1:8080', false],
    ['https://amazonaws.com.example', false],
    ['https://notapi.aws', false],
  ])('%s: %s', (url, expected) => {
    expect(isAwsOwn(new URL(url))).toBe(expected);
  });
});

describe('STS', () => {
  const own = new URL('https://partnercentral-selling.us-east-1.api.aws');
  const emulator = new URL('http://127.0.0.1:8080');

  test('is AWS’s own where the service is', () => {
    expect(stsEndpoint(own, settingsWith({}))?.href).toBe('https://sts.us-east-1.amazonaws.com/');
  });

  test('is not asked before an emulator', () => {
    expect(stsEndpoint(emulator, settingsWith({}))).toBeUndefined();
    expect(
      stsEndpoint(emulator, settingsWith({ AWS_ENDPOINT_URL: 'http://127.0.0.1:8080' })),
    ).toBeUndefined();
  });

  test('is where its variable says, before either', () => {
    const env = settingsWith({ AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:9090' });
    expect(stsEndpoint(own, env)?.href).toBe('http://127.0.0.1:9090/');
    expect(stsEndpoint(emulator, env)?.href).toBe('http://127.0.0.1:9090/');
  });

  test('is the FIPS one where FIPS is wished', () => {
    expect(stsEndpoint(own, settingsWith({ AWS_USE_FIPS_ENDPOINT: 'true' }))?.href).toBe(
      'https://sts-fips.us-east-1.amazonaws.com/',
    );
    expect(roleEndpoint(settingsWith({}, { use_fips_endpoint: 'true' }), 'us-west-2').href).toBe(
      'https://sts-fips.us-west-2.amazonaws.com/',
    );
  });

  test('is where the profile’s services say, unless what is configured is to be ignored', () => {
    const services = { mine: { 'sts.endpoint_url': 'http://127.0.0.1:9090' } };
    const profile = { services: 'mine' };
    expect(stsEndpoint(emulator, settingsWith({}, profile, services))?.port).toBe('9090');
    const ignoring = { ...profile, ignore_configured_endpoint_urls: 'true' };
    expect(stsEndpoint(emulator, settingsWith({}, ignoring, services))).toBeUndefined();
  });

  test('is asked for a role in the role’s region, and where all services are, if that is configured', () => {
    expect(roleEndpoint(settingsWith({}), 'eu-west-1').href).toBe('https://sts.eu-west-1.amazonaws.com/');
    const env = { AWS_ENDPOINT_URL: 'http://127.0.0.1:8080' };
    expect(roleEndpoint(settingsWith(env), 'eu-west-1').href).toBe('http://127.0.0.1:8080/');
    expect(roleEndpoint(settingsWith({}, { endpoint_url: 'http://127.0.0.1:7' }), 'eu-west-1').port).toBe(
      '7',
    );
  });
});

test('who names another endpoint than a settled one is told: a variable, the profile, or a wish for FIPS', () => {
  const own = new URL('https://partnercentral-selling.us-east-1.api.aws');
  const local = { AWS_ENDPOINT_URL: 'http://127.0.0.1:8080' };
  expect(otherNamed(own, settingsWith({}))).toBeUndefined();
  expect(otherNamed(new URL('http://127.0.0.1:8080'), settingsWith({}))).toBeUndefined();
  expect(otherNamed(new URL('http://127.0.0.1:8080'), settingsWith(local))).toBeUndefined();
  expect(otherNamed(own, settingsWith(local))).toBe('AWS_ENDPOINT_URL');
  expect(otherNamed(own, settingsWith({ AWS_ENDPOINT_URL: 'no URL' }))).toBe('AWS_ENDPOINT_URL');
  expect(otherNamed(own, settingsWith({}, { endpoint_url: 'http://127.0.0.1:8080' }))).toContain('profile');
  const fips = { AWS_USE_FIPS_ENDPOINT: 'true' };
  expect(otherNamed(own, settingsWith(fips))).toBe('AWS_USE_FIPS_ENDPOINT');
  const withFips = new URL('https://partnercentral-selling-fips.us-east-1.api.aws');
  expect(otherNamed(withFips, settingsWith(fips))).toBeUndefined();
});
