import type { ServerResponse } from 'node:http';
import { beforeEach, describe, expect, test } from 'vitest';
import { realDisk } from '../../../src/disk/disk.ts';
import { tryPlace } from '../../../src/disk/try-place.ts';
import type { RunErrorCode } from '../../../src/model/run-error.ts';
import type { Check, CheckName } from '../../../src/run/doctor/check.ts';
import type { DoctorDependencies, DoctorOptions } from '../../../src/run/doctor/examination.ts';
import { examine } from '../../../src/run/doctor/examine.ts';
import { memoryQuotas } from '../../../src/store/memory/memory-quotas.ts';
import { CLOCK } from '../../partner-central/connection.ts';
import { json, serve } from '../../partner-central/loopback.ts';
import { makeHome, type Home } from '../../partner-central/sign-in/stage.ts';
import { awsStandIn, refuse, type AwsStandIn } from '../../partner-central/stand-ins/aws-stand-in.ts';
import { makeCa } from '../../partner-central/stand-ins/own-ca.ts';
import { interceptingProxy, serveAws } from '../../partner-central/stand-ins/proxy-stand-in.ts';
import { textWith } from '../../text-with.ts';

const clock = { ...CLOCK, sleep: () => Promise.resolve() };

let home: Home;
let sts: AwsStandIn;
/** How the service answers a read; its Date header is as far ahead as `skewMs`. */
let answer: (response: ServerResponse) => void;
let skewMs: number;
let env: Record<string, string>;
let deps: DoctorDependencies;
let options: DoctorOptions;

beforeEach(async () => {
  home = makeHome();
  sts = awsStandIn();
  skewMs = 0;
  answer = (response) => json(response, 400, { __type: 'ResourceNotFoundException', Message: 'Not found' });
  const service = await serve(({ headers }, response) => {
    response.setHeader('date', new Date(Date.now() + skewMs).toUTCString());
    // The question for the time names no operation.
    if (headers['x-amz-target'] === undefined) response.writeHead(404).end();
    else answer(response);
  });
  env = {
    HOME: home.at('.'),
    AWS_ACCESS_KEY_ID: 'AKIDENV',
    AWS_SECRET_ACCESS_KEY: 'hunter2',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: service.url.href,
    AWS_ENDPOINT_URL_STS: await serveAws(sts),
  };
  deps = {
    env,
    quotas: memoryQuotas(clock),
    clock,
    dice: () => 0.5,
    userAgent: 'oppsweep|1.2.3',
    tryPlace: (folder) => tryPlace(folder, realDisk),
    signal: new AbortController().signal,
  };
  options = {
    catalog: 'Sandbox',
    region: 'us-east-1',
    folder: home.at('.'),
    writesPerDay: 10,
    timeoutMs: 10_000,
  };
});

async function checks(): Promise<readonly Check[]> {
  const seen: Check[] = [];
  for await (const check of examine(options, deps)) seen.push(check);
  return seen;
}

/** The checks that are not sound, each with the code of its error, or the check that blocks it. */
async function troubles(): Promise<Readonly<Partial<Record<CheckName, RunErrorCode | CheckName>>>> {
  const seen = await checks();
  return Object.fromEntries(
    seen.flatMap((check) => {
      if (check.state === 'sound') return [];
      return [[check.name, check.state === 'unsound' ? check.error.code : check.by]];
    }),
  );
}

test.each([-1_200_000, 1_200_000])('a clock that is %i ms off is told, and in no run’s way', async (ms) => {
  skewMs = ms;
  const clocks = (await checks()).flatMap((check) => (check.name === 'clock' ? [check] : []));
  expect(clocks).toMatchObject([{ state: 'sound' }]);
  const [told = 0] = clocks.map((check) => ('found' in check && check.found.skewMs) || 0);
  expect(Math.abs(told - ms)).toBeLessThan(60_000);
  expect(await troubles()).toEqual({});
});

test('where nothing is in the way every check is sound, in the order that a run meets them', async () => {
  const seen = await checks();
  expect(seen.map(({ name, state }) => `${name} ${state}`)).toEqual([
    'configuration sound',
    'endpoint sound',
    'network sound',
    'clock sound',
    'credentials sound',
    'account sound',
    'quota sound',
    'reading sound',
    'place sound',
  ]);
  const found = Object.fromEntries(seen.map((check) => [check.name, 'found' in check && check.found]));
  expect(found).toMatchObject({
    configuration: { profile: { name: 'default', namedBy: 'nobody' } },
    endpoint: { isAwsOwn: false },
    credentials: { origin: 'the environment (AWS_ACCESS_KEY_ID)' },
    account: { identity: { account: '111122223333' } },
    quota: { used: 0, left: 10 },
    reading: { found: false },
  });
  expect(JSON.stringify(seen)).not.toContain('hunter2');
});

test('an opportunity that is there is read as well as one that isn’t', async () => {
  answer = (response) => json(response, 200, { Id: 'O1' });
  expect((await checks()).find(({ name }) => name === 'reading')).toMatchObject({ found: { found: true } });
});

describe('a check is unsound, and what needs it blocked:', () => {
  test('configuration, where the profile isn’t there', async () => {
    env['AWS_PROFILE'] = 'nobody';
    expect(await troubles()).toEqual({
      configuration: 'credentials_missing',
      endpoint: 'configuration',
      network: 'configuration',
      clock: 'network',
      credentials: 'network',
      account: 'credentials',
      quota: 'account',
      reading: 'account',
    });
  });

  test('endpoint, where the region has none', async () => {
    delete env['AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING'];
    options = { ...options, region: 'eu-west-1' };
    expect(await troubles()).toMatchObject({ endpoint: 'usage', network: 'endpoint' });
  });

  test('the way there, where a proxy or certificates can’t be meant', async () => {
    env['AWS_CA_BUNDLE'] = '/no/such/file';
    expect(await troubles()).toMatchObject({ network: 'usage', clock: 'network' });
    delete env['AWS_CA_BUNDLE'];
    env['AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING'] = 'https://service.example';
    env['HTTPS_PROXY'] = 'http://ana:hunter2#@proxy:1';
    expect(await troubles()).toMatchObject({ network: 'usage' });
    expect(JSON.stringify(await checks())).not.toContain('hunter2');
  });

  test.each([
    [407, 'the proxy wants a name and password .407.'],
    [403, 'the proxy refuses the way there .403.'],
    [undefined, 'ECONNREFUSED'],
  ])('the way there, where the proxy does not let calls through (%s)', async (refuses, said) => {
    const hosts = ['service.example'];
    const proxy =
      refuses === undefined
        ? '127.0.0.1:1'
        : (await interceptingProxy(sts, makeCa(), { hosts, refuses })).host;
    env['AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING'] = 'https://service.example';
    env['HTTPS_PROXY'] = `http://ana:hunter2@${proxy}`;
    const seen = await checks();
    expect(seen.find(({ name }) => name === 'network')).toMatchObject({
      state: 'unsound',
      error: {
        code: 'service_unreachable',
        message: textWith(
          new RegExp(
            `^Could not connect to service.example through the proxy http://${proxy} \\(HTTPS_PROXY\\): .*${said}`,
          ),
        ),
        advice: { code: 'mend_proxy', from: 'HTTPS_PROXY' },
      },
    });
    expect(JSON.stringify(seen)).not.toContain('hunter2');
    expect(await troubles()).toMatchObject({ clock: 'network', credentials: 'network' });
  });

  test('clock, where nobody answers', async () => {
    env['AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING'] = 'http://127.0.0.1:1';
    expect(await troubles()).toMatchObject({ clock: 'service_unreachable', reading: 'service_unreachable' });
  });

  test('credentials, where there are none', async () => {
    delete env['AWS_ACCESS_KEY_ID'];
    expect(await troubles()).toEqual({
      credentials: 'credentials_missing',
      account: 'credentials',
      quota: 'account',
      reading: 'account',
    });
  });

  test('account, where STS accepts none of them', async () => {
    const ended = refuse(403, 'ExpiredToken', 'The security token is expired');
    sts.next(ended, ended);
    expect(await troubles()).toEqual({
      account: 'credentials_expired',
      quota: 'account',
      reading: 'account',
    });
  });

  test('quota, where it is used up', async () => {
    const { quotas } = deps;
    const owner = { account: '111122223333', endpoint: env['AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING'] ?? '' };
    const lease = await quotas.open(owner, { purpose: 'a run', writes: 'lease', writesPerDay: 10 });
    for (let write = 0; write < 10; write += 1) await lease.takeWrite(10);
    expect(await troubles()).toEqual({ quota: 'account_held' });
    await lease.close();
    expect(await troubles()).toEqual({ quota: 'quota_reached' });
  });

  test.each([
    ['AccessDeniedException', 400, 'access_denied'],
    ['ThrottlingException', 429, 'quota_reached'],
    ['ExpiredTokenException', 403, 'credentials_expired'],
    ['UnrecognizedClientException', 403, 'credentials_refused'],
    ['ServiceUnavailableException', 503, 'service_unreachable'],
  ])('reading, where the service says %s', async (exception, status, code) => {
    answer = (response) => json(response, status, { __type: exception, Message: 'No.' });
    expect(await troubles()).toEqual({ reading: code });
  });

  test('results, where nothing can be written, or little', async () => {
    options = { ...options, folder: home.at('no/such/folder') };
    expect(await troubles()).toEqual({ place: 'output_unwritable' });
    deps = { ...deps, tryPlace: () => Promise.resolve(90 * 1024 * 1024) };
    expect(await troubles()).toEqual({ place: 'results_unwritable' });
  });
});

test('a stop ends it at once', async () => {
  const abort = new AbortController();
  deps = { ...deps, signal: abort.signal };
  answer = () => abort.abort(new Error('stopped'));
  await expect(checks()).rejects.toThrow('stopped');
});
