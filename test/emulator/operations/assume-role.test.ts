import { describe, expect, it } from 'vitest';
import { EMULATOR_CREDENTIALS, type Emulator } from '../../../src/emulator/emulator.ts';
import { ROLE_SECRETS } from '../../../src/emulator/partner/roles.ts';
import { manualClock } from '../manual-clock.ts';
import { askSts, call, exceptionName, type Received, type Signing } from '../signed-post.ts';
import { startForTest } from '../start-for-test.ts';

const ROLE = 'arn:aws:iam::111122223333:role/sales/partner';
const INPUT = { Catalog: 'Sandbox', Identifier: 'O1' };

function assume(
  emulator: Emulator,
  members: Readonly<Record<string, string>> = {},
  signing: Signing = {},
): Promise<Received> {
  return askSts(
    emulator,
    { Action: 'AssumeRole', RoleArn: ROLE, RoleSessionName: 'ana', ...members },
    signing,
  );
}

function element({ text }: Received, name: string): string {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1] ?? '';
}

function keysIn(
  answer: Received,
): Required<Pick<Signing, 'accessKeyId' | 'secretAccessKey' | 'sessionToken'>> {
  return {
    accessKeyId: element(answer, 'AccessKeyId'),
    secretAccessKey: element(answer, 'SecretAccessKey'),
    sessionToken: element(answer, 'SessionToken'),
  };
}

async function demand(emulator: Emulator, demands: string): Promise<number> {
  return (await fetch(`${emulator.url}/_emulator/roles`, { method: 'POST', body: demands })).status;
}

describe('AssumeRole', () => {
  it('gives keys by which STS tells the role’s account and session', async () => {
    const emulator = await startForTest();
    const answer = await assume(emulator);
    expect(answer.status).toBe(200);
    expect(answer.text).toMatch(/^<AssumeRoleResponse xmlns="[^"]+"><AssumeRoleResult><AssumedRoleUser>/);
    const { accessKeyId, secretAccessKey, sessionToken } = keysIn(answer);
    expect(accessKeyId).toMatch(/^ASIA111122223333/);
    for (const secret of [secretAccessKey, sessionToken]) expect(secret.startsWith(ROLE_SECRETS)).toBe(true);
    const identity = await askSts(emulator, { Action: 'GetCallerIdentity' }, keysIn(answer));
    expect(element(identity, 'Account')).toBe('111122223333');
    expect(element(identity, 'Arn')).toBe('arn:aws:sts::111122223333:assumed-role/partner/ana');
    expect(element(identity, 'UserId')).toBe(element(answer, 'AssumedRoleId'));
  });

  it('gives keys that call for the role’s account, by its quota', async () => {
    const emulator = await startForTest({ readsPerSecond: 1 });
    const keys = keysIn(await assume(emulator));
    const same = { accessKeyId: 'OPPSWEEP111122223333' };
    const answers = [];
    for (const signing of [keys, {}, same])
      answers.push(await call(emulator, 'GetOpportunity', INPUT, signing));
    expect(answers.map((answer) => exceptionName(answer))).toEqual([
      undefined,
      undefined,
      'ThrottlingException',
    ]);
  });

  it('is denied without the external id that the role demands, as of then', async () => {
    const emulator = await startForTest();
    expect(await demand(emulator, JSON.stringify({ [ROLE]: 'x/1' }))).toBe(204);
    for (const members of [{}, { ExternalId: 'x/2' }]) {
      const answer = await assume(emulator, members);
      expect(answer.status).toBe(403);
      expect(element(answer, 'Code')).toBe('AccessDenied');
      expect(element(answer, 'Message')).toBe(
        'User: arn:aws:sts::123456789012:assumed-role/PartnerCentralEmulator/oppsweep is not authorized to perform: ' +
          `sts:AssumeRole on resource: ${ROLE}`,
      );
    }
    expect((await assume(emulator, { ExternalId: 'x/1' })).status).toBe(200);
    expect((await assume(emulator, { RoleArn: ROLE.replace('1111', '4444') })).status).toBe(200);
  });

  it.each(['no JSON', '[]', '{"arn:aws:iam::111122223333:role/partner":1}'])(
    'takes no demands from %s',
    async (demands) => {
      expect(await demand(await startForTest(), demands)).toBe(400);
    },
  );

  it('gives keys that are refused without their own token and secret, and once they have ended', async () => {
    const clock = manualClock();
    const emulator = await startForTest({ clock });
    const signedAtMs = clock.wallMs();
    const answer = await assume(emulator, { DurationSeconds: '900' }, { signedAtMs });
    const keys = keysIn(answer);
    const other = keysIn(await assume(emulator, { RoleSessionName: 'ben' }, { signedAtMs }));
    const { secretAccessKey } = EMULATOR_CREDENTIALS;
    const nameWith = async (signing: Signing): Promise<string | undefined> =>
      exceptionName(
        await call(emulator, 'GetOpportunity', INPUT, { signedAtMs: clock.wallMs(), ...signing }),
      );
    expect(await nameWith({ ...keys, secretAccessKey })).toBe('InvalidSignatureException');
    expect(await nameWith({ ...keys, sessionToken: other.sessionToken })).toBe('UnrecognizedClientException');
    const { sessionToken: _, ...tokenless } = keys;
    expect(await nameWith(tokenless)).toBe('UnrecognizedClientException');

    expect(Date.parse(element(answer, 'Expiration'))).toBe(signedAtMs + 900_000);
    clock.advance(899_000);
    expect(await nameWith(keys)).toBeUndefined();
    clock.advance(1_000);
    expect(await nameWith(keys)).toBe('ExpiredTokenException');
  });

  it.each([
    [{ RoleArn: 'partner' }, 'partner is invalid'],
    [{ RoleArn: 'arn:aws:iam::1234:role/partner' }, 'arn:aws:iam::1234:role/partner is invalid'],
    [{ RoleSessionName: 'ana &amp; co' }, `Value 'ana &amp;amp; co' at 'roleSessionName'`],
    [{ ExternalId: 'x 1' }, `Value 'x 1' at 'externalId'`],
    [{ DurationSeconds: '60' }, 'Member must have value between 900 and 43200'],
    [{ DurationSeconds: 'long' }, `Value 'long' at 'durationSeconds'`],
  ])('refuses %j', async (members, message) => {
    const answer = await assume(await startForTest(), members);
    expect([answer.status, element(answer, 'Code')]).toEqual([400, 'ValidationError']);
    expect(element(answer, 'Message')).toContain(message);
  });

  it('gives a role’s session another role for an hour at most', async () => {
    const emulator = await startForTest();
    const keys = keysIn(await assume(emulator));
    const other = { RoleArn: 'arn:aws:iam::444455556666:role/partner' };
    const chained = await assume(emulator, { ...other, DurationSeconds: '3601' }, keys);
    expect(element(chained, 'Message')).toContain('role chaining');
    expect((await assume(emulator, other, keys)).status).toBe(200);
    expect((await assume(emulator, { ...other, DurationSeconds: '3601' })).status).toBe(200);
  });

  it('takes from no quota, meets no fault by chance, and is denied by a script', async () => {
    const emulator = await startForTest({
      readsPerSecond: 0,
      writesPerSecond: 0,
      faults: { chances: [{ kind: 'reset', probability: 1 }], script: [] },
    });
    expect((await assume(emulator)).status).toBe(200);
    emulator.script([{ kind: 'denied', operation: 'AssumeRole', times: 1 }]);
    expect(element(await assume(emulator), 'Code')).toMatch(/^AccessDenied/);
    expect(emulator.counts().operations.AssumeRole).toMatchObject({ received: 2, changed: 0 });
  });
});
