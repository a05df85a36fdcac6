import { beforeEach, describe, expect, test } from 'vitest';
import { awsStandIn, refuse, refuseForClock, reset, type AwsStandIn } from '../stand-ins/aws-stand-in.ts';
import { serveAws } from '../stand-ins/proxy-stand-in.ts';
import { makeHome, type Home } from './stage.ts';

const ROLE = 'arn:aws:iam::111122223333:role/partner';

let home: Home;
let sts: AwsStandIn;

beforeEach(async () => {
  home = makeHome();
  sts = awsStandIn();
  home.set({ AWS_ENDPOINT_URL_STS: await serveAws(sts) });
  home.credentials('[base]', 'aws_access_key_id = AKIDBASE', 'aws_secret_access_key = secret');
  home.config('[profile sales]', `role_arn = ${ROLE}`, 'source_profile = base');
});

describe('a role', () => {
  test('is assumed with the source profile’s keys', async () => {
    const source = await home.resolve({ profile: 'sales' });
    expect(await source.current()).toMatchObject({ accessKeyId: 'AKIDOFPARTNER', sessionToken: 'token' });
    expect(source.origin()).toBe(`role ${ROLE} of profile "sales"`);
    expect(sts.calls).toHaveLength(1);
    expect(sts.calls[0]).toMatchObject({ action: 'AssumeRole', accessKey: 'AKIDBASE' });
    expect(sts.calls[0]?.members.get('RoleArn')).toBe(ROLE);
    expect(sts.calls[0]?.members.get('RoleSessionName')).toMatch(/^oppsweep-\d+$/);
    expect(sts.calls[0]?.members.has('DurationSeconds')).toBe(false);
  });

  test('that is given is assumed with the credentials that are found, under its own terms', async () => {
    home.set({ AWS_ACCESS_KEY_ID: 'AKIDOFTHEHOST', AWS_SECRET_ACCESS_KEY: 'secret' });
    const role = { roleArn: ROLE, externalId: 'x/1', sessionName: 'fleet' };
    const source = await home.resolve({ role });
    expect(await source.current()).toMatchObject({ accessKeyId: 'AKIDOFPARTNER' });
    expect(source.origin()).toBe(`role ${ROLE} by the environment (AWS_ACCESS_KEY_ID)`);
    expect(sts.calls).toHaveLength(1);
    expect(sts.calls[0]).toMatchObject({ action: 'AssumeRole', accessKey: 'AKIDOFTHEHOST' });
    expect(sts.calls[0]?.members.get('ExternalId')).toBe('x/1');
    expect(sts.calls[0]?.members.get('RoleSessionName')).toBe('fleet');
  });

  test('is assumed under the terms of its profile', async () => {
    home.config(
      '[profile sales]',
      `role_arn = ${ROLE}`,
      'source_profile = base',
      'role_session_name = ana & co',
      'external_id = x/1',
      'duration_seconds = 43200',
    );
    await home.resolve({ profile: 'sales' });
    const { members } = sts.calls[0] ?? {};
    expect(members?.get('RoleSessionName')).toBe('ana & co');
    expect(members?.get('ExternalId')).toBe('x/1');
    expect(members?.get('DurationSeconds')).toBe('43200');
  });

  test('may be the source of another one', async () => {
    home.config(
      '[profile sales]',
      `role_arn = ${ROLE}`,
      'source_profile = hub',
      '[profile hub]',
      'role_arn = arn:aws:iam::444455556666:role/hub',
      'source_profile = base',
    );
    await home.resolve({ profile: 'sales' });
    expect(sts.calls.map(({ accessKey }) => accessKey)).toEqual(['AKIDBASE', 'AKIDOFHUB']);
  });

  test('may have the keys of its own profile as its source', async () => {
    home.config('[profile base]', `role_arn = ${ROLE}`, 'source_profile = base');
    await home.resolve({ profile: 'base' });
    expect(sts.calls.map(({ accessKey }) => accessKey)).toEqual(['AKIDBASE']);
  });

  test('may be assumed with the environment’s keys', async () => {
    home.set({ AWS_ACCESS_KEY_ID: 'AKIDENV', AWS_SECRET_ACCESS_KEY: 'secret' });
    home.config('[profile sales]', `role_arn = ${ROLE}`, 'credential_source = Environment');
    await home.resolve({ profile: 'sales' });
    expect(sts.calls.map(({ accessKey }) => accessKey)).toEqual(['AKIDENV']);
  });

  test.each([
    [[`role_arn = ${ROLE}`], 'neither source_profile nor credential_source'],
    [
      [`role_arn = ${ROLE}`, 'source_profile = base', 'credential_source = Environment'],
      'both source_profile and credential_source',
    ],
    [[`role_arn = ${ROLE}`, 'source_profile = gone'], 'names source_profile "gone", which there is not'],
    [[`role_arn = ${ROLE}`, 'source_profile = sales'], 'is its own source'],
    [[`role_arn = ${ROLE}`, 'credential_source = Thin air'], 'a credential_source that is none of'],
  ])('that no source can be found for is refused: %j', async (lines, words) => {
    home.config('[profile sales]', ...lines);
    const error = await home.refusal({ profile: 'sales' });
    expect(error).toMatchObject({ code: 'credentials_missing' });
    expect(error.message).toContain(words);
    expect(sts.calls).toEqual([]);
  });
});

describe('STS is asked as any call is', () => {
  test.each([
    ['throttled', refuse(400, 'Throttling', 'Rate exceeded')],
    ['503', refuse(503, 'ServiceUnavailable')],
    ['a proxy’s page', refuse(502, '')],
    ['reset', reset],
  ])('and again after one answer that passes: %s', async (_what, answer) => {
    sts.next(answer, answer);
    expect((await (await home.resolve({ profile: 'sales' })).current()).accessKeyId).toBe('AKIDOFPARTNER');
    expect(home.waits).toHaveLength(2);
  });

  test('and waits as long as it asks for', async () => {
    sts.next((call, response) => {
      response.setHeader('retry-after', '30');
      refuse(429, 'Throttling')(call, response);
    });
    await home.resolve({ profile: 'sales' });
    expect(home.waits).toHaveLength(1);
    expect(home.waits[0]).toBeGreaterThanOrEqual(30_000);
  });

  test.each([-360_000, 360_000])(
    'and once more with its own clock, where ours is %i ms off',
    async (skewMs) => {
      sts.next(refuseForClock(skewMs));
      await home.resolve({ profile: 'sales' });
      const [first, second] = sts.calls;
      expect(home.waits).toEqual([]);
      expect(Math.abs((second?.signedAtMs ?? 0) - (first?.signedAtMs ?? 0) - skewMs)).toBeLessThan(60_000);
    },
  );

  test('but is given up after five tries, and the reason named', async () => {
    sts.next(...Array.from({ length: 9 }, () => refuse(503, 'ServiceUnavailable', 'Away')));
    const error = await home.refusal({ profile: 'sales' });
    expect(error).toMatchObject({ code: 'service_unreachable' });
    expect(error.message).toContain('ServiceUnavailable: Away');
    expect(sts.calls).toHaveLength(5);
  });

  test('and a clock that the correction does not mend is the reason', async () => {
    sts.next(refuseForClock(360_000), refuseForClock(720_000));
    expect(await home.refusal({ profile: 'sales' })).toMatchObject({ code: 'clock_skewed' });
  });

  test('and a role that it refuses is named, at once', async () => {
    sts.next(refuse(403, 'AccessDenied', 'User ana is not authorized to perform sts:AssumeRole'));
    const error = await home.refusal({ profile: 'sales' });
    expect(error).toMatchObject({
      code: 'access_denied',
      message: `The role ${ROLE} was refused: AccessDenied: User ana is not authorized to perform sts:AssumeRole`,
    });
    expect(error.hint).toContain('trust policy');
    expect(error.hint).not.toContain('sso login');
    expect(sts.calls).toHaveLength(1);
  });

  test.each([
    ['ExpiredToken', 'credentials_expired'],
    ['InvalidClientTokenId', 'credentials_refused'],
  ])('and source keys that it refuses with %s are %s', async (exception, code) => {
    sts.next(refuse(403, exception, 'No.'));
    expect(await home.refusal({ profile: 'sales' })).toMatchObject({ code });
  });
});

describe('a role that needs a code of an MFA device', () => {
  const SERIAL = 'arn:aws:iam::111122223333:mfa/ana';

  beforeEach(() => {
    home.config(
      '[profile "my prod"]',
      `role_arn = ${ROLE}`,
      'source_profile = base',
      `mfa_serial = ${SERIAL}`,
    );
  });

  test('is assumed with the code that is asked for', async () => {
    const asked: string[] = [];
    const askCode = async (serial: string): Promise<string> => {
      asked.push(serial);
      return ' 123456\n';
    };
    await home.resolve({ profile: 'my prod', askCode });
    expect(asked).toEqual([SERIAL]);
    expect(sts.calls[0]?.members.get('SerialNumber')).toBe(SERIAL);
    expect(sts.calls[0]?.members.get('TokenCode')).toBe('123456');
  });

  test('is refused where nobody can be asked, with the way out, ready to paste', async () => {
    const error = await home.refusal({ profile: 'my prod' });
    expect(error).toMatchObject({ code: 'credentials_missing' });
    expect(error.hint).toContain(
      `eval "$(aws configure export-credentials --profile 'my prod' --format env)"`,
    );
    expect(sts.calls).toEqual([]);
  });

  test('is refused where no code is given', async () => {
    const askCode = (): Promise<string> => Promise.resolve('\n');
    expect(await home.refusal({ profile: 'my prod', askCode })).toMatchObject({
      code: 'credentials_missing',
    });
    expect(sts.calls).toEqual([]);
  });

  test('asks nobody in the middle of a run: it then ends, and goes on in a terminal', async () => {
    let asked = 0;
    const askCode = async (): Promise<string> => String((asked += 1)).padStart(6, '0');
    const source = await home.resolve({ profile: 'my prod', askCode });
    source.refused(await source.current());
    await expect(source.refresh()).rejects.toMatchObject({
      code: 'credentials_expired',
      advice: { code: 'run_again_for_code' },
    });
    expect(asked).toBe(1);
  });
});
