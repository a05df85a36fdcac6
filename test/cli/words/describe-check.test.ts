import { describe, expect, test } from 'vitest';
import { zoned } from '../../../src/cli/words/amounts.ts';
import { checkForJson, describeCheck } from '../../../src/cli/words/describe-check.ts';
import { RunError } from '../../../src/model/run-error.ts';
import type { Check } from '../../../src/run/doctor/check.ts';

const NOW = new Date(2026, 10, 26, 12, 0).getTime();

function sound(name: string, found: unknown): Check {
  // The pair is right in each case below.
  return { name, state: 'sound', found } as Check;
}

describe('a sound check', () => {
  test.each([
    [
      'configuration',
      {
        profile: { name: 'sales', namedBy: 'AWS_PROFILE' },
        files: [
          { path: '/h/.aws/config', found: true },
          { path: '/h/.aws/credentials', found: false },
        ],
      },
      '✓ AWS files    /h/.aws/config, /h/.aws/credentials (not there); profile sales (AWS_PROFILE)',
    ],
    [
      'endpoint',
      { url: new URL('https://partnercentral-selling.us-east-1.api.aws'), isAwsOwn: true },
      '✓ Endpoint     https://partnercentral-selling.us-east-1.api.aws/ (AWS’s own)',
    ],
    ['network', {}, '✓ Way there    directly, with Node’s own certificates'],
    [
      'network',
      {
        proxy: { origin: 'http://proxy:3128', from: 'HTTPS_PROXY' },
        certificates: { path: 'own.pem', from: 'the option ca-bundle' },
      },
      '✓ Way there    through http://proxy:3128 (HTTPS_PROXY), with certificates of own.pem (--ca-bundle)',
    ],
    ['clock', { skewMs: 900 }, '✓ Clock        as the service’s'],
    ['clock', { skewMs: -30_000 }, '✓ Clock        30 s ahead of the service’s, which it admits'],
    [
      'clock',
      { skewMs: 1_200_000 },
      '✓ Clock        20 min behind the service’s: a run goes by the service’s',
    ],
    ['clock', { skewMs: undefined }, '✓ Clock        the service’s answer tells no time'],
    [
      'credentials',
      { origin: 'role r', endsAtMs: NOW + 3_000_000 },
      `✓ Credentials  role r; good until ${zoned(NOW + 3_000_000, NOW)} (50 min), then renewed`,
    ],
    ['credentials', { origin: 'role r' }, '✓ Credentials  role r; they don’t end'],
    [
      'account',
      { identity: { account: '111122223333', arn: 'arn:x' } },
      '✓ Account      111122223333, as arn:x',
    ],
    [
      'account',
      { identity: null, refused: 'AccessDenied' },
      '✓ Account      not known: STS refused to tell (AccessDenied); the access key stands in for it',
    ],
    [
      'quota',
      { used: 12, left: 9_988 },
      '✓ Quota        12 writes in the last 24 hours, 9,988 left; nobody else has the account here',
    ],
    [
      'reading',
      { found: false },
      '✓ Reading      opportunity O1 was asked for, and isn’t there. Whether writing is allowed can’t be tried without a write',
    ],
    [
      'place',
      { folder: '/data', freeBytes: 5 * 1024 ** 3 },
      '✓ Results      /data can be written; 5,120 MB free',
    ],
  ])('%s is told in a line', (name, found, line) => {
    expect(describeCheck(sound(name, found), NOW)).toBe(`${line}\n`);
  });
});

test('an unsound check is told with what to do, on the screen and in JSON', () => {
  const error = new RunError('credentials_missing', 'Profile "a" is nowhere.', {
    code: 'known_profiles',
    profiles: ['my prod'],
  });
  const check: Check = { name: 'configuration', state: 'unsound', error };
  const hint = "Give one of those that there are with --profile: 'my prod'.";
  expect(describeCheck(check, NOW)).toBe(`✗ AWS files    Profile "a" is nowhere.\n               ${hint}\n`);
  expect(checkForJson(check, NOW)).toEqual({
    check: 'configuration',
    ok: false,
    code: 'credentials_missing',
    message: 'Profile "a" is nowhere.',
    hint,
  });
});

test('a check that another one blocks is told so', () => {
  const check: Check = { name: 'quota', state: 'blocked', by: 'account' };
  expect(describeCheck(check, NOW)).toBe('· Quota        not looked at: Account comes before it\n');
  expect(checkForJson(check, NOW)).toEqual({ check: 'quota', ok: null, blockedBy: 'account' });
});
