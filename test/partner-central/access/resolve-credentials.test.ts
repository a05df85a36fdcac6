import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { hintOf } from '../../../src/cli/words/hints.ts';
import { RunError } from '../../../src/model/run-error.ts';
import { fixedCredentials } from '../../../src/partner-central/access/credentials.ts';
import {
  resolveCredentials,
  type CredentialOptions,
} from '../../../src/partner-central/access/resolve-credentials.ts';
import { CREDENTIALS } from '../connection.ts';

let home = '';

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'oppsweep-credentials-'));
  vi.stubEnv('HOME', home);
  vi.stubEnv('USERPROFILE', home);
  vi.stubEnv('AWS_CONFIG_FILE', join(home, 'config'));
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(home, 'credentials'));
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

function writeConfig(...lines: readonly string[]): void {
  writeFileSync(join(home, 'config'), `${lines.join('\n')}\n`);
}

function writeKeys(profile: string, accessKeyId: string): void {
  writeFileSync(
    join(home, 'credentials'),
    `[${profile}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = secret-of-${accessKeyId}\n`,
  );
}

function writeSsoToken(session: string, content: string): void {
  const cache = join(home, '.aws', 'sso', 'cache');
  mkdirSync(cache, { recursive: true });
  writeFileSync(join(cache, `${createHash('sha1').update(session).digest('hex')}.json`), content);
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

async function refusal(options: Partial<CredentialOptions> = {}): Promise<RunError> {
  const error: unknown = await resolveCredentials({ region: 'us-east-1', ...options }).catch(
    (caught: unknown) => caught,
  );
  if (error instanceof RunError) return error;
  throw new Error('Credentials were found.');
}

describe('resolveCredentials', () => {
  test('takes those of the environment', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDFROMENV');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    vi.stubEnv('AWS_SESSION_TOKEN', 'token');
    const source = await resolveCredentials({ region: 'us-east-1' });
    expect(await source.current()).toMatchObject({
      accessKeyId: 'AKIDFROMENV',
      secretAccessKey: 'secret',
      sessionToken: 'token',
    });
  });

  test('takes the named profile’s, whatever the environment holds', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDFROMENV');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    writeKeys('sales', 'AKIDSALES');
    const source = await resolveCredentials({ region: 'us-east-1', profile: 'sales' });
    expect((await source.current()).accessKeyId).toBe('AKIDSALES');
  });

  test('runs a profile’s credential process', async () => {
    const answer = JSON.stringify({ Version: 1, AccessKeyId: 'AKIDPROCESS', SecretAccessKey: 'secret' });
    writeFileSync(join(home, 'answer.json'), answer);
    writeConfig('[profile vault]', `credential_process = cat ${join(home, 'answer.json')}`);
    const source = await resolveCredentials({ region: 'us-east-1', profile: 'vault' });
    expect((await source.current()).accessKeyId).toBe('AKIDPROCESS');
  });

  test('sees keys that were changed on disk when asked to refresh, and says whether they were', async () => {
    writeKeys('sales', 'AKIDBEFORE');
    const source = await resolveCredentials({ region: 'us-east-1', profile: 'sales' });
    source.refused(await source.current());
    expect(await source.refresh()).toBe(false);
    writeKeys('sales', 'AKIDAFTER');
    expect(await source.refresh()).toBe(true);
    expect((await source.current()).accessKeyId).toBe('AKIDAFTER');
  });
});

describe('without credentials', () => {
  test('the error names the ways to sign in', async () => {
    const error = await refusal();
    expect(error.code).toBe('credentials_missing');
    expect(error.message).toContain("in AWS's default chain");
    expect(hintOf(error)).toContain('aws sso login --profile');
    expect(hintOf(error)).toContain('AWS_ACCESS_KEY_ID');
    expect(hintOf(error)).toContain('--emulator');
  });

  test('for a profile that does not exist the error names it', async () => {
    const error = await refusal({ profile: 'nobody' });
    expect(error.code).toBe('credentials_missing');
    expect(error.message).toContain('for profile "nobody"');
    expect(hintOf(error)).toContain('aws sso login --profile nobody');
  });

  test('because single sign-on has ended the hint is to sign in again', async () => {
    writeConfig(...SSO_PROFILE);
    writeSsoToken(
      'corp',
      JSON.stringify({ accessToken: 'sso-access-token', expiresAt: '2020-01-01T00:00:00Z' }),
    );
    const error = await refusal({ profile: 'sales' });
    expect(error.code).toBe('credentials_expired');
    expect(error.message).toBe('The AWS sign-in for profile "sales" has expired.');
    expect(hintOf(error)).toContain('`aws sso login --profile sales`');
  });

  test('because nobody signed in yet the hint is to sign in', async () => {
    writeConfig(...SSO_PROFILE);
    const error = await refusal({ profile: 'sales' });
    expect(hintOf(error)).toContain('`aws sso login --profile sales`');
  });
});

describe('an error about credentials holds no secret', () => {
  test('where the token file is broken', async () => {
    writeConfig(...SSO_PROFILE);
    writeSsoToken('corp', '{"accessToken":"sso-access-token",');
    expect(inspect(await refusal({ profile: 'sales' }), { depth: null })).not.toContain('sso-access-token');
  });

  test('where the credential process fails with a secret on its command line and in its words', async () => {
    writeConfig(
      '[profile vault]',
      'credential_process = sh -c "echo hunter2-words >&2; exit 3" --password hunter2-line',
    );
    const error = await refusal({ profile: 'vault' });
    expect(error.code).toBe('credentials_missing');
    expect(inspect(error, { depth: null })).not.toContain('hunter2');
  });

  test('where the credential process answers with a key and no JSON', async () => {
    writeConfig('[profile vault]', 'credential_process = echo hunter2-answer');
    expect(inspect(await refusal({ profile: 'vault' }), { depth: null })).not.toContain('hunter2');
  });
});

test('fixed credentials neither change nor end', async () => {
  const source = fixedCredentials(CREDENTIALS);
  source.refused(CREDENTIALS);
  expect(await source.refresh()).toBe(false);
  expect(await source.current()).toBe(CREDENTIALS);
});
