import { inspect } from 'node:util';
import { beforeEach, describe, expect, test } from 'vitest';
import { fixedCredentials } from '../../../src/partner-central/access/credentials.ts';
import { CREDENTIALS } from '../connection.ts';
import { makeHome, type Home } from './stage.ts';

let home: Home;

beforeEach(() => {
  home = makeHome();
});

function writeKeys(profile: string, accessKeyId: string): void {
  home.credentials(
    `[${profile}]`,
    `aws_access_key_id = ${accessKeyId}`,
    `aws_secret_access_key = secret-of-${accessKeyId}`,
  );
}

const SSO_PROFILE = [
  '[profile sales]',
  'sso_session = corp',
  'sso_account_id = 111122223333',
  'sso_role_name = Partner',
  '[sso-session corp]',
  'sso_region = eu-west-1',
  'sso_start_url = https://corp.awsapps.example/start',
];

describe('resolveCredentials', () => {
  test('takes those of the environment', async () => {
    home.set({ AWS_ACCESS_KEY_ID: 'AKIDFROMENV' });
    home.set({ AWS_SECRET_ACCESS_KEY: 'secret' });
    home.set({ AWS_SESSION_TOKEN: 'token' });
    const source = await home.resolve();
    expect(await source.current()).toMatchObject({
      accessKeyId: 'AKIDFROMENV',
      secretAccessKey: 'secret',
      sessionToken: 'token',
    });
  });

  test('takes the named profile’s, whatever the environment holds', async () => {
    home.set({ AWS_ACCESS_KEY_ID: 'AKIDFROMENV' });
    home.set({ AWS_SECRET_ACCESS_KEY: 'secret' });
    writeKeys('sales', 'AKIDSALES');
    const source = await home.resolve({ profile: 'sales' });
    expect((await source.current()).accessKeyId).toBe('AKIDSALES');
  });

  test('runs a profile’s credential process', async () => {
    const answer = JSON.stringify({ Version: 1, AccessKeyId: 'AKIDPROCESS', SecretAccessKey: 'secret' });
    home.write('answer.json', answer);
    home.config('[profile vault]', `credential_process = cat ${home.at('answer.json')}`);
    const source = await home.resolve({ profile: 'vault' });
    expect((await source.current()).accessKeyId).toBe('AKIDPROCESS');
  });

  test('sees keys that were changed on disk when asked to refresh, and says whether they were', async () => {
    writeKeys('sales', 'AKIDBEFORE');
    const source = await home.resolve({ profile: 'sales' });
    source.refused(await source.current());
    expect(await source.refresh()).toBe(false);
    writeKeys('sales', 'AKIDAFTER');
    expect(await source.refresh()).toBe(true);
    expect((await source.current()).accessKeyId).toBe('AKIDAFTER');
  });
});

describe('without credentials', () => {
  test('the error names the ways to sign in', async () => {
    const error = await home.refusal();
    expect(error.code).toBe('credentials_missing');
    expect(error.message).toContain("in AWS's default chain");
    expect(error.hint).toContain('aws sso login --profile');
    expect(error.hint).toContain('AWS_ACCESS_KEY_ID');
    expect(error.hint).toContain('--emulator');
  });

  test('for a profile that does not exist the error names it, and those that do', async () => {
    home.config('[default]', 'region = us-east-1', '[profile sales]', 'region = us-east-1');
    home.credentials('[my prod]', 'aws_access_key_id = AKID');
    const error = await home.refusal({ profile: 'nobody' });
    expect(error.code).toBe('credentials_missing');
    expect(error.message).toContain('Profile "nobody" is neither in');
    expect(error.hint).toContain("'my prod'");
    expect(error.hint).toContain('sales');
    expect(error.hint).not.toContain('sso login');
  });

  test('for a profile that a variable names the error names the variable', async () => {
    home.set({ AWS_PROFILE: 'nobody', AWS_ACCESS_KEY_ID: 'AKID', AWS_SECRET_ACCESS_KEY: 'secret' });
    expect((await home.refusal()).message).toContain('Profile "nobody", which AWS_PROFILE names,');
  });

  test('because single sign-on has ended the hint is to sign in again', async () => {
    home.config(...SSO_PROFILE);
    home.ssoToken(
      'corp',
      JSON.stringify({ accessToken: 'sso-access-token', expiresAt: '2020-01-01T00:00:00Z' }),
    );
    const error = await home.refusal({ profile: 'sales' });
    expect(error.code).toBe('credentials_expired');
    expect(error.message).toBe('The AWS sign-in for profile "sales" has expired.');
    expect(error.hint).toContain('`aws sso login --profile sales`');
  });

  test('because nobody signed in yet the hint is to sign in', async () => {
    home.config(...SSO_PROFILE);
    const error = await home.refusal({ profile: 'sales' });
    expect(error.hint).toContain('`aws sso login --profile sales`');
  });
});

describe('an error about credentials holds no secret', () => {
  test('where the token file is broken', async () => {
    home.config(...SSO_PROFILE);
    home.ssoToken('corp', '{"accessToken":"sso-access-token",');
    expect(inspect(await home.refusal({ profile: 'sales' }), { depth: null })).not.toContain(
      'sso-access-token',
    );
  });

  test('where the credential process fails with a secret on its command line and in its words', async () => {
    home.config(
      '[profile vault]',
      'credential_process = sh -c "echo hunter2-words >&2; exit 3" --password hunter2-line',
    );
    const error = await home.refusal({ profile: 'vault' });
    expect(error.code).toBe('credentials_refused');
    expect(inspect(error, { depth: null })).not.toContain('hunter2');
  });

  test('where the credential process answers with a key and no JSON', async () => {
    home.config('[profile vault]', 'credential_process = echo hunter2-answer');
    expect(inspect(await home.refusal({ profile: 'vault' }), { depth: null })).not.toContain('hunter2');
  });
});

test('fixed credentials neither change nor end', async () => {
  const source = fixedCredentials(CREDENTIALS);
  source.refused(CREDENTIALS);
  expect(await source.refresh()).toBe(false);
  expect(await source.current()).toBe(CREDENTIALS);
});
