import { beforeEach, describe, expect, test } from 'vitest';
import { findCaller } from '../../../src/partner-central/sign-in/caller.ts';
import { fixedCredentials } from '../../../src/partner-central/access/credentials.ts';
import { readAwsSettings } from '../../../src/partner-central/access/aws-settings.ts';
import { readNetwork } from '../../../src/partner-central/access/network.ts';
import { CLOCK, connectTo, CREDENTIALS, DISASSOCIATE } from '../connection.ts';
import { awsStandIn, type AwsStandIn } from '../stand-ins/aws-stand-in.ts';
import { makeCa, type OwnCa } from '../stand-ins/own-ca.ts';
import { interceptingProxy } from '../stand-ins/proxy-stand-in.ts';
import { makeHome, type Home } from './stage.ts';

/** Real TLS to AWS's own names, by way of a real proxy on loopback that opens it with a CA of its own. */

const STS = 'sts.us-east-1.amazonaws.com';
const SSO = 'portal.sso.eu-west-1.amazonaws.com';
const SERVICE = 'partnercentral-selling.us-east-1.api.aws';
const HOSTS = [STS, SSO, SERVICE];

let home: Home;
let aws: AwsStandIn;
let ca: OwnCa;
let bundle: string;

beforeEach(() => {
  home = makeHome();
  aws = awsStandIn();
  ca = makeCa();
  bundle = home.write('own-ca.pem', ca.pem);
  home.credentials('[base]', 'aws_access_key_id = AKIDBASE', 'aws_secret_access_key = secret');
  home.config(
    '[profile role]',
    'role_arn = arn:aws:iam::1:role/partner',
    'source_profile = base',
    '[profile sso]',
    'sso_session = corp',
    'sso_account_id = 111122223333',
    'sso_role_name = Partner',
    '[sso-session corp]',
    'sso_region = eu-west-1',
    'sso_start_url = https://corp.example',
    '[profile bundled]',
    'role_arn = arn:aws:iam::1:role/partner',
    'source_profile = base',
    `ca_bundle = ${bundle}`,
  );
  home.ssoToken('corp', JSON.stringify({ accessToken: 't', expiresAt: '2099-01-01T00:00:00Z' }));
});

describe('all of the chain goes through the proxy', () => {
  test.each([
    ['role', `CONNECT ${STS}:443`],
    ['sso', `CONNECT ${SSO}:443`],
  ])('that HTTPS_PROXY names: %s', async (profile, tunnel) => {
    const proxy = await interceptingProxy(aws, ca, { hosts: HOSTS });
    home.set({ HTTPS_PROXY: proxy.host, AWS_CA_BUNDLE: bundle });
    expect((await (await home.resolve({ profile })).current()).accessKeyId).toMatch(/^AKIDOF/);
    expect(proxy.tunnels).toEqual([tunnel]);
    expect(aws.calls).toHaveLength(1);
  });

  test('that is asked over TLS, with its name and password', async () => {
    const proxy = await interceptingProxy(aws, ca, { hosts: HOSTS, tls: true });
    const host = proxy.host.replace('127.0.0.1', 'localhost');
    home.set({ https_proxy: `https://ana:p%23w@${host}`, AWS_CA_BUNDLE: bundle });
    await home.resolve({ profile: 'role' });
    expect(proxy.tunnels).toEqual([`CONNECT ${STS}:443 as ana:p#w`]);
  });

  test('STS and the service too', async () => {
    const proxy = await interceptingProxy(aws, ca, { hosts: HOSTS });
    home.set({ HTTPS_PROXY: proxy.host, AWS_CA_BUNDLE: bundle });
    const settings = await readAwsSettings({ env: process.env });
    const network = await readNetwork(settings, undefined);
    const endpoint = new URL(`https://${SERVICE}`);
    const credentials = fixedCredentials(CREDENTIALS);
    const caller = await findCaller({
      settings,
      network,
      endpoint,
      region: 'us-east-1',
      credentials,
      timeoutMs: 10_000,
      userAgent: 'oppsweep|1.2.3',
      clock: CLOCK,
      dice: () => 0,
    });
    expect(caller.identity?.account).toBe('111122223333');
    aws.next((_call, response) => response.setHeader('x-amzn-requestid', 'a-1').end('{}'));
    expect(await connectTo(endpoint, { network }).write(DISASSOCIATE)).toEqual({
      ok: true,
      requestId: 'a-1',
    });
    expect(proxy.tunnels).toEqual([`CONNECT ${STS}:443`, `CONNECT ${SERVICE}:443`]);
  });

  test.each([
    [407, 'wants a name and password (407)'],
    [403, 'refuses the way there (403)'],
  ])('and one that answers %i is the reason, without its password', async (refuses, words) => {
    const proxy = await interceptingProxy(aws, ca, { hosts: HOSTS, refuses });
    home.set({ HTTPS_PROXY: `ana:hunter2@${proxy.host}`, AWS_CA_BUNDLE: bundle });
    const error = await home.refusal({ profile: 'role' });
    expect(error.code).toBe('service_unreachable');
    expect(error.message).toContain(words);
    expect(error.message + error.hint).not.toMatch(/hunter2|sso login/);
  });
});

describe('certificates', () => {
  test.each([
    ['AWS_CA_BUNDLE', (): void => home.set({ AWS_CA_BUNDLE: bundle }), 'role', undefined],
    ['REQUESTS_CA_BUNDLE', (): void => home.set({ REQUESTS_CA_BUNDLE: bundle }), 'role', undefined],
    ['the profile’s ca_bundle', (): void => undefined, 'bundled', undefined],
    ['the option', (): void => home.set({ AWS_CA_BUNDLE: '/no/such/file' }), 'role', 'option'],
  ])('are those of %s', async (_from, arrange, profile, option) => {
    const proxy = await interceptingProxy(aws, ca, { hosts: HOSTS });
    arrange();
    home.set({ HTTPS_PROXY: proxy.host });
    await home.resolve({ profile, ...(option !== undefined && { caBundle: bundle }) });
    expect(aws.calls).toHaveLength(1);
  });

  test.each(['role', 'sso'])(
    'that nobody trusts are the reason, and how to trust them is told: %s',
    async (profile) => {
      const proxy = await interceptingProxy(aws, ca, { hosts: HOSTS });
      home.set({ HTTPS_PROXY: proxy.host });
      const error = await home.refusal({ profile });
      expect(error.code).toBe('service_unreachable');
      expect(error.message).toContain('AWS_CA_BUNDLE');
      expect(error.message).toContain('NODE_EXTRA_CA_CERTS');
      expect(error.message + error.hint).not.toContain('sso login');
      expect(aws.calls).toEqual([]);
    },
  );

  test('of another host are no good', async () => {
    const proxy = await interceptingProxy(aws, ca, { hosts: ['elsewhere.example'] });
    home.set({ HTTPS_PROXY: proxy.host, AWS_CA_BUNDLE: bundle });
    expect((await home.refusal({ profile: 'role' })).message).toContain('elsewhere.example');
    expect(aws.calls).toEqual([]);
  });

  test('of AWS’s own are no longer trusted beside those that are named, as with the AWS CLI', async () => {
    const proxy = await interceptingProxy(aws, ca, { hosts: HOSTS });
    home.set({ HTTPS_PROXY: proxy.host, AWS_CA_BUNDLE: home.write('other.pem', makeCa('Another').pem) });
    expect((await home.refusal({ profile: 'role' })).code).toBe('service_unreachable');
  });

  test.each([
    ['/no/such/file', "can't be read (ENOENT)"],
    ['README', 'holds no certificate'],
    ['.', "can't be read (EISDIR)"],
  ])('that are none are refused, and whoever names them is named: %s', async (name, words) => {
    home.write('README', 'nothing of the kind');
    home.set({ AWS_CA_BUNDLE: name.startsWith('/') ? name : home.at(name) });
    const error = await home.refusal({ profile: 'role' });
    expect(error.code).toBe('usage');
    expect(error.message).toContain('which AWS_CA_BUNDLE names');
    expect(error.message).toContain(words);
  });
});
