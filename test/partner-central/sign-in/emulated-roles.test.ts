import { beforeEach, describe, expect, test } from 'vitest';
import { fixedCredentials } from '../../../src/partner-central/access/credentials.ts';
import {
  assertSameCaller,
  findCaller,
  type CallerOptions,
} from '../../../src/partner-central/sign-in/caller.ts';
import { readAwsSettings } from '../../../src/partner-central/access/aws-settings.ts';
import { readNetwork } from '../../../src/partner-central/access/network.ts';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import { manualClock, type ManualClock } from '../../emulator/manual-clock.ts';
import { startForTest } from '../../emulator/start-for-test.ts';
import { makeHome, type Home } from './stage.ts';

const ROLE = 'arn:aws:iam::111122223333:role/partner';
const MINUTE_MS = 60_000;

let home: Home;
let clock: ManualClock;
let emulator: Emulator;

beforeEach(async () => {
  home = makeHome();
  clock = manualClock();
  emulator = await startForTest({ clock });
  const { accessKeyId, secretAccessKey } = emulator.credentials;
  home.set({
    AWS_ENDPOINT_URL_STS: emulator.url,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  });
});

async function callerOptions(): Promise<Omit<CallerOptions, 'credentials'>> {
  const settings = await readAwsSettings({ profile: undefined, env: process.env });
  const network = await readNetwork(settings, undefined);
  const means = { settings, network, clock, dice: () => 0.5, userAgent: 'oppsweep|1.2.3' };
  return { ...means, endpoint: new URL(emulator.url), region: 'us-east-1', timeoutMs: 10_000 };
}

describe('a role that is assumed of a real STS', () => {
  test('is the account’s by STS, and assumed anew before its keys end, for the same caller', async () => {
    const source = await home.resolve({ role: { roleArn: ROLE, externalId: 'x/1' }, clock });
    const options = await callerOptions();
    const { identity } = await findCaller({ ...options, credentials: source });
    expect(identity).toMatchObject({ account: '111122223333' });
    expect(identity?.arn).toMatch(/^arn:aws:sts::111122223333:assumed-role\/partner\/oppsweep-\d+$/);
    const first = await source.current();

    clock.advance(54 * MINUTE_MS);
    expect(await source.current()).toBe(first);
    clock.advance(2 * MINUTE_MS);
    const second = await source.current();
    expect(second.accessKeyId).not.toBe(first.accessKeyId);
    expect(second.expiration?.getTime()).toBe(clock.wallMs() + 60 * MINUTE_MS);
    expect(emulator.counts().operations.AssumeRole.received).toBe(2);
    if (identity === null) throw new Error('STS told nothing.');
    const { signal } = new AbortController();
    await expect(assertSameCaller(identity, second, options, signal)).resolves.toBeUndefined();

    clock.advance(61 * MINUTE_MS);
    await expect(findCaller({ ...options, credentials: fixedCredentials(second) })).rejects.toMatchObject({
      code: 'credentials_expired',
    });
    expect((await findCaller({ ...options, credentials: source })).identity?.account).toBe('111122223333');
  });

  test('is refused with another external id, which is told, and the id is not', async () => {
    const demands = JSON.stringify({ [ROLE]: 'the/right/one' });
    await fetch(`${emulator.url}/_emulator/roles`, { method: 'POST', body: demands });
    const error = await home.refusal({ role: { roleArn: ROLE, externalId: 'the/wrong/one' }, clock });
    expect(error).toMatchObject({ code: 'access_denied' });
    expect(error.message).toContain(
      `The role ${ROLE} was refused: AccessDenied: User: arn:aws:sts::123456789012:`,
    );
    expect(error.message + error.hint).not.toMatch(/the\/(wrong|right)\/one/);
    expect(error.hint).toContain('trust policy');
  });
});
