import { beforeEach, describe, expect, test, vi } from 'vitest';
import { awsStandIn, type Answer, type AwsStandIn } from '../stand-ins/aws-stand-in.ts';
import { serveAws } from '../stand-ins/proxy-stand-in.ts';
import { makeHome, type Home } from './stage.ts';

let home: Home;

beforeEach(() => {
  home = makeHome();
});

describe('single sign-on', () => {
  const TOKEN = JSON.stringify({ accessToken: 'sso-token', expiresAt: '2099-01-01T00:00:00Z' });
  let sso: AwsStandIn;

  beforeEach(async () => {
    sso = awsStandIn();
    home.set({ AWS_ENDPOINT_URL_SSO: await serveAws(sso) });
    home.config(
      '[profile sales]',
      'sso_session = corp',
      'sso_account_id = 111122223333',
      'sso_role_name = Partner',
      '[sso-session corp]',
      'sso_region = eu-west-1',
      'sso_start_url = https://corp.example',
    );
    home.ssoToken('corp', TOKEN);
  });

  function answer(status: number, body: unknown): Answer {
    return (_call, response) => response.writeHead(status).end(JSON.stringify(body));
  }

  test('gives the role’s credentials for the session’s token', async () => {
    const source = await home.resolve({ profile: 'sales' });
    expect(await source.current()).toMatchObject({ accessKeyId: 'AKIDOFSSO' });
    expect(source.origin()).toBe('single sign-on of profile "sales"');
    expect(sso.calls).toMatchObject([{ action: '/federation/credentials', bearer: 'sso-token' }]);
  });

  test.each([
    ["[profile 'my prod']", "[sso-session 'My Corp Ltd']", 'my prod', 'My Corp Ltd'],
    ['[profile prüf]', '[sso-session prüf.corp]', 'prüf', 'prüf.corp'],
    ['[profile a%b(c)!]', '[sso-session corp]', 'a%b(c)!', 'corp'],
  ])('is found whatever the names: %s, %s', async (profileHeader, sessionHeader, profile, session) => {
    home.config(
      profileHeader,
      `SSO_Session = ${session} # ours`,
      'sso_account_id = 111122223333',
      'sso_role_name = Partner',
      sessionHeader,
      'sso_region = eu-west-1',
      'sso_start_url = https://corp.example',
    );
    home.ssoToken(session, TOKEN);
    expect((await (await home.resolve({ profile })).current()).accessKeyId).toBe('AKIDOFSSO');
    home.ssoToken(session, JSON.stringify({ accessToken: 'x', expiresAt: '2020-01-01T00:00:00Z' }));
    const error = await home.refusal({ profile });
    expect(error.code).toBe('credentials_expired');
    expect(error.hint).toContain(`aws sso login --profile '${profile}'`);
  });

  test('is asked again after an answer that passes', async () => {
    sso.next(answer(503, {}), answer(429, {}));
    await home.resolve({ profile: 'sales' });
    expect(sso.calls).toHaveLength(3);
    expect(home.waits).toHaveLength(2);
  });

  test('that is away is the reason, not the sign-in', async () => {
    sso.next(...Array.from({ length: 9 }, () => answer(500, {})));
    expect(await home.refusal({ profile: 'sales' })).toMatchObject({ code: 'service_unreachable' });
    expect(sso.calls).toHaveLength(5);
  });

  test.each([
    [401, 'UnauthorizedException', 'credentials_expired', 'aws sso login --profile sales'],
    [403, 'ForbiddenException', 'access_denied', 'account and role'],
  ])('that answers %i is told by its cause', async (status, exception, code, hint) => {
    sso.next((_call, response) => {
      response.setHeader('x-amzn-errortype', exception);
      answer(status, { message: 'Session token not found or no access' })(_call, response);
    });
    const error = await home.refusal({ profile: 'sales' });
    expect(error.code).toBe(code);
    expect(error.hint).toContain(hint);
  });

  test('says nothing of its own on the terminal: no notice of the SDK', async () => {
    const warned = vi.fn<(warning: Error) => void>();
    process.on('warning', warned);
    const console = vi.spyOn(globalThis.console, 'warn');
    await home.resolve({ profile: 'sales' });
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', warned);
    expect(warned).not.toHaveBeenCalled();
    expect(console).not.toHaveBeenCalled();
  });
});

describe('a credential_process', () => {
  test.each([
    ['/no/such/helper', 'was not found (exit code 127)'],
    ['echo hello', 'printed no JSON object'],
    ['echo []', 'printed no JSON object'],
    [`echo '{"AccessKeyId":"A","SecretAccessKey":"s"}'`, 'printed JSON that is not of Version 1'],
    [`echo '{"Version":1,"AccessKeyId":"A"}'`, 'printed no AccessKeyId or no SecretAccessKey'],
    [
      `echo '{"Version":1,"AccessKeyId":"A","SecretAccessKey":"s","Expiration":"soon"}'`,
      'printed an Expiration that is no time',
    ],
  ])('that does this is told so: %s', async (command, how) => {
    home.config('[profile vault]', `credential_process = ${command}`);
    const error = await home.refusal({ profile: 'vault' });
    expect(error).toMatchObject({
      code: 'credentials_missing',
      message: `The credential_process of profile "vault" ${how}.`,
    });
    expect(error.hint).not.toContain('sso login');
  });

  test.each([
    ['exit 3', 'failed (exit code 3)'],
    ['kill -9 $$', 'was ended by SIGKILL'],
    [
      `echo '{"Version":1,"AccessKeyId":"A","SecretAccessKey":"s","Expiration":"2020-01-01T00:00:00Z"}'`,
      'printed credentials that have ended',
    ],
  ])('that may do better later ends with what the same command goes on from: %s', async (command, how) => {
    home.config('[profile vault]', `credential_process = ${command}`);
    const error = await home.refusal({ profile: 'vault' });
    expect(error).toMatchObject({
      code: 'credentials_refused',
      message: `The credential_process of profile "vault" ${how}.`,
    });
    expect(error.hint).toContain('Run the helper');
    expect(error.hint).not.toContain('sso login');
  });

  test('that hangs is told of, and ended, whatever it heeds and begins', async () => {
    const pidFile = home.at('pid');
    home.config('[profile vault]', `credential_process = trap '' TERM; echo $$ > ${pidFile}; sleep 20; true`);
    const waitedFor: string[] = [];
    const error = await home.refusal({
      profile: 'vault',
      helperSlow: (profile) => waitedFor.push(profile),
      helperPatience: { tellAfterMs: 1, endAfterMs: 2_000 },
    });
    expect(error).toMatchObject({
      code: 'credentials_refused',
      message: 'The credential_process of profile "vault" gave no answer within 2 s and was ended.',
    });
    expect(waitedFor).toEqual(['vault']);
    const pid = home.pidIn('pid');
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), { timeout: 30_000 });
  });

  test('is run in a shell, as the SDK does', async () => {
    home.config(
      '[profile vault]',
      `credential_process = KEY=AKIDSHELL; echo "{'Version':1,'AccessKeyId':'$KEY','SecretAccessKey':'s'}" | tr "'" '"'`,
    );
    expect((await (await home.resolve({ profile: 'vault' })).current()).accessKeyId).toBe('AKIDSHELL');
  });

  test('finds nothing on its standard input, rather than wait for it', async () => {
    home.config(
      '[profile vault]',
      `credential_process = cat >&2; echo '{"Version":1,"AccessKeyId":"AKIDHELPER","SecretAccessKey":"s"}'`,
    );
    expect((await (await home.resolve({ profile: 'vault' })).current()).accessKeyId).toBe('AKIDHELPER');
  });

  test('that hangs ends with the signal', async () => {
    const pidFile = home.at('pid');
    home.config('[profile vault]', `credential_process = echo $$ > ${pidFile}; exec sleep 3600`);
    const abort = new AbortController();
    const asked = home.resolve({ profile: 'vault' }, abort.signal);
    const pid = await vi.waitFor(() => home.pidIn('pid'), { timeout: 30_000 });
    abort.abort(new Error('stopped'));
    await expect(asked).rejects.toThrow('stopped');
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), { timeout: 30_000 });
  });
});

describe('keys that can’t be', () => {
  test.each([
    ['AWS_SECRET_ACCESS_KEY', 'secret\n', 'secret access key'],
    ['AWS_SECRET_ACCESS_KEY', 'sec\r\nret', 'secret access key'],
    ['AWS_ACCESS_KEY_ID', 'AKID ENV', 'access key'],
    ['AWS_SESSION_TOKEN', 'tok\u200ben', 'session token'],
  ])('are told, without being shown: %s is %j', async (variable, value, which) => {
    home.set({ AWS_ACCESS_KEY_ID: 'AKIDENV', AWS_SECRET_ACCESS_KEY: 'secret', [variable]: value });
    const error = await home.refusal();
    expect(error.message).toBe(
      `The ${which} of the environment (AWS_ACCESS_KEY_ID) holds a line break, a space or another character that none has.`,
    );
    expect(error.message + error.hint).not.toContain(value);
  });
});
