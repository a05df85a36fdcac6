import { beforeEach, describe, expect, test } from 'vitest';
import { awsStandIn, type AwsStandIn } from '../stand-ins/aws-stand-in.ts';
import { serveAws } from '../stand-ins/proxy-stand-in.ts';
import { makeHome, type Home } from './stage.ts';

/** The order in which the AWS CLI 1.45 looks for credentials. */

let home: Home;
let aws: AwsStandIn;

beforeEach(async () => {
  home = makeHome();
  aws = awsStandIn();
  const url = await serveAws(aws);
  home.set({ AWS_ENDPOINT_URL_STS: url, AWS_ENDPOINT_URL_SSO: url });
  home.ssoToken('corp', JSON.stringify({ accessToken: 'sso-token', expiresAt: '2099-01-01T00:00:00Z' }));
});

async function keyOf(profile?: string): Promise<string> {
  const source = await home.resolve(profile === undefined ? {} : { profile });
  return (await source.current()).accessKeyId;
}

function keys(profile: string, accessKeyId = `AKID${profile.toUpperCase()}`): string[] {
  return [`[${profile}]`, `aws_access_key_id = ${accessKeyId}`, 'aws_secret_access_key = secret'];
}

describe('the profile', () => {
  beforeEach(() => home.credentials(...keys('default'), ...keys('one'), ...keys('two')));

  test('is `default` where nobody names one', async () => {
    expect(await keyOf()).toBe('AKIDDEFAULT');
    home.set({ AWS_PROFILE: '', AWS_DEFAULT_PROFILE: '' });
    expect(await keyOf()).toBe('AKIDDEFAULT');
  });

  test('is AWS_PROFILE’s, else AWS_DEFAULT_PROFILE’s where only that is set; of both, the latter’s', async () => {
    home.set({ AWS_PROFILE: 'one' });
    expect(await keyOf()).toBe('AKIDONE');
    home.set({ AWS_DEFAULT_PROFILE: 'two' });
    expect(await keyOf()).toBe('AKIDTWO');
    home.set({ AWS_PROFILE: '' });
    expect(await keyOf()).toBe('AKIDTWO');
  });

  test('is the option’s before either', async () => {
    home.set({ AWS_PROFILE: 'one', AWS_DEFAULT_PROFILE: 'one' });
    expect(await keyOf('two')).toBe('AKIDTWO');
  });
});

describe('the environment’s keys', () => {
  beforeEach(() => {
    home.set({ AWS_ACCESS_KEY_ID: 'AKIDENV', AWS_SECRET_ACCESS_KEY: 'secret' });
    home.credentials(...keys('one'));
  });

  test('come before the profile that a variable names', async () => {
    home.set({ AWS_PROFILE: 'one' });
    expect(await keyOf()).toBe('AKIDENV');
  });

  test('come after the profile that the option names', async () => {
    expect(await keyOf('one')).toBe('AKIDONE');
  });

  test('are refused where one half is missing', async () => {
    home.set({ AWS_SECRET_ACCESS_KEY: '' });
    expect((await home.refusal()).message).toContain('AWS_SECRET_ACCESS_KEY is not');
  });

  test('end when they say so', async () => {
    home.set({ AWS_CREDENTIAL_EXPIRATION: '2099-01-01T00:00:00Z' });
    const { expiration } = await (await home.resolve()).current();
    expect(expiration?.getUTCFullYear()).toBe(2099);
  });
});

describe('within a profile', () => {
  const HELPER = `credential_process = echo '{"Version":1,"AccessKeyId":"AKIDHELPER","SecretAccessKey":"s"}'`;
  const SSO = ['sso_session = corp', 'sso_account_id = 111122223333', 'sso_role_name = Partner'];
  const SESSION = ['[sso-session corp]', 'sso_region = eu-west-1', 'sso_start_url = https://corp.example'];
  const ROLE = ['role_arn = arn:aws:iam::1:role/partner', 'source_profile = base'];

  test('a role comes first, then single sign-on, the credentials file, the helper, the config file', async () => {
    const all = [...ROLE, ...SSO, HELPER, 'aws_access_key_id = AKIDCONFIG', 'aws_secret_access_key = s'];
    const write = (lines: readonly string[]): void => home.config('[profile one]', ...lines, ...SESSION);
    home.credentials(...keys('base'), ...keys('one'));
    write(all);
    expect(await keyOf('one')).toBe('AKIDOFPARTNER');
    write(all.slice(2));
    expect(await keyOf('one')).toBe('AKIDOFSSO');
    write(all.slice(5));
    expect(await keyOf('one')).toBe('AKIDONE');
    home.credentials(...keys('base'));
    expect(await keyOf('one')).toBe('AKIDHELPER');
    write(all.slice(6));
    expect(await keyOf('one')).toBe('AKIDCONFIG');
  });

  test('web identity comes before all but the environment’s keys, unless the option names the profile', async () => {
    const tokenFile = home.write('token', 'jwt');
    home.set({ AWS_WEB_IDENTITY_TOKEN_FILE: tokenFile, AWS_ROLE_ARN: 'arn:aws:iam::1:role/pod' });
    home.credentials(...keys('one'), ...keys('default'));
    expect(await keyOf()).toBe('AKIDOFPOD');
    expect(aws.calls.at(-1)).toMatchObject({ action: 'AssumeRoleWithWebIdentity' });
    expect(aws.calls.at(-1)?.members.get('WebIdentityToken')).toBe('jwt');
    expect(await keyOf('one')).toBe('AKIDONE');
    home.config(
      '[profile pod]',
      `web_identity_token_file = ${tokenFile}`,
      'role_arn = arn:aws:iam::1:role/own',
    );
    expect(await keyOf('pod')).toBe('AKIDOFOWN');
  });

  test('a container’s credentials come last', async () => {
    const body = {
      AccessKeyId: 'AKIDECS',
      SecretAccessKey: 's',
      Token: 't',
      Expiration: '2099-01-01T00:00:00Z',
    };
    aws.next((_call, response) => response.end(JSON.stringify(body)));
    home.set({ AWS_CONTAINER_CREDENTIALS_FULL_URI: `${process.env['AWS_ENDPOINT_URL_STS'] ?? ''}/ecs` });
    expect(await keyOf()).toBe('AKIDECS');
    home.credentials(...keys('default'));
    expect(await keyOf()).toBe('AKIDDEFAULT');
  });
});
