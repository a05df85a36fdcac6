import { beforeEach, describe, expect, test } from 'vitest';
import { RunError } from '../../../src/model/run-error.ts';
import type { CredentialSource } from '../../../src/partner-central/access/credentials.ts';
import { DIRECT } from '../../../src/partner-central/access/network.ts';
import { findCaller, type Caller } from '../../../src/partner-central/sign-in/caller.ts';
import { settingsWith } from '../access/settings-with.ts';
import { CLOCK, CREDENTIALS } from '../connection.ts';
import { awsStandIn, refuse, refuseForClock, reset, type AwsStandIn } from '../stand-ins/aws-stand-in.ts';
import { serveAws } from '../stand-ins/proxy-stand-in.ts';

let sts: AwsStandIn;
let url: string;
let renewed: number;

beforeEach(async () => {
  sts = awsStandIn();
  url = await serveAws(sts);
  renewed = 0;
});

/** The first renewal brings other keys, the second one none. */
const source: CredentialSource = {
  current: () => Promise.resolve({ ...CREDENTIALS, accessKeyId: `AKID${renewed}` }),
  refused: () => undefined,
  refresh: () => Promise.resolve((renewed += 1) === 1),
};

function find(env: Readonly<Record<string, string>> = { AWS_ENDPOINT_URL_STS: url }): Promise<Caller> {
  return findCaller({
    settings: settingsWith(env),
    network: DIRECT,
    endpoint: new URL('http://127.0.0.1:1'),
    region: 'us-east-1',
    credentials: source,
    timeoutMs: 10_000,
    userAgent: 'oppsweep|1.2.3',
    clock: { ...CLOCK, sleep: () => Promise.resolve() },
    dice: () => 0.5,
  });
}

async function refusal(): Promise<RunError> {
  const error: unknown = await find().catch((caught: unknown) => caught);
  if (error instanceof RunError) return error;
  throw new Error('A caller was found.', { cause: error });
}

const IDENTITY = { account: '111122223333', arn: 'arn:aws:iam::111122223333:user/ana' };

describe('the caller', () => {
  test('is whom STS names', async () => {
    expect(await find()).toEqual({ identity: IDENTITY });
  });

  test('is nobody where STS is not to be asked', async () => {
    expect(await find({})).toEqual({ identity: null });
    expect(sts.calls).toEqual([]);
  });

  test.each([
    ['a throttle', refuse(400, 'Throttling')],
    ['a 503', refuse(503, 'ServiceUnavailable')],
    ['a reset', reset],
    ['a clock 6 minutes off', refuseForClock(360_000)],
  ])('is found all the same after %s', async (_what, answer) => {
    sts.next(answer);
    expect(await find()).toEqual({ identity: IDENTITY });
  });

  test('is asked for again with new keys, once, where the old ones have ended', async () => {
    sts.next(refuse(403, 'ExpiredToken', 'The security token is expired'));
    expect(await find()).toEqual({ identity: IDENTITY });
    expect(sts.calls.map(({ accessKey }) => accessKey)).toEqual(['AKID0', 'AKID1']);
    const ended = refuse(403, 'ExpiredToken', 'The security token is expired');
    sts.next(ended, ended);
    expect(await refusal()).toMatchObject({ code: 'credentials_expired' });
  });

  test.each(['AccessDenied', 'NoSuchAction'])('stays unknown where STS says %s', async (exception) => {
    sts.next(refuse(403, exception));
    expect(await find()).toEqual({ identity: null, refused: exception });
  });

  test.each([
    [refuse(503, 'ServiceUnavailable', 'Away'), 'service_unreachable', 'ServiceUnavailable: Away'],
    [refuse(400, 'Throttling', 'Rate exceeded'), 'service_unreachable', 'Throttling: Rate exceeded'],
    [reset, 'service_unreachable', 'NetworkError'],
    [refuseForClock(360_000), 'clock_skewed', 'SignatureDoesNotMatch'],
    [refuse(403, 'InvalidClientTokenId', 'No such key'), 'credentials_refused', 'No such key'],
  ])('that can’t be found is told by its reason, case %#', async (answer, code, words) => {
    // Keys that are asked for anew are the same.
    renewed = 1;
    sts.next(...Array.from({ length: 9 }, () => answer));
    const error = await refusal();
    expect(error.code).toBe(code);
    expect(error.message).toContain('STS did not say whose credentials these are');
    expect(error.message).toContain(words);
  });
});
