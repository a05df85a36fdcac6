import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { awsStandIn, refuse } from '../../partner-central/stand-ins/aws-stand-in.ts';
import { serveAws } from '../../partner-central/stand-ins/proxy-stand-in.ts';
import { PROGRAM, runProgram, startProcess, type Ended } from '../stage/program.ts';
import { runHere } from '../stage/program-here.ts';
import { makeWorkFolder, type Test, type WorkFolder } from '../stage/work-folder.ts';

const COMMAND = ['disassociate', 'people.csv', '--catalog', 'Sandbox'];
const KEYS = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'hunter2secret' };

type Variables = Readonly<Record<string, string>>;

/** A folder with an input and a home; AWS's files are where they are by default. */
function folderWithInput(task: Test): WorkFolder {
  const folder = makeWorkFolder(task);
  folder.write('people.csv', 'Opportunity ID,Entity Type,Related Entity\nO1,Solutions,S-0000001\n');
  folder.write('home/.aws/credentials', '[base]\naws_access_key_id = AKIDBASE\naws_secret_access_key = s\n');
  return folder;
}

function env(folder: WorkFolder, variables: Variables): Readonly<Record<string, string | undefined>> {
  const { AWS_CONFIG_FILE: _config, AWS_SHARED_CREDENTIALS_FILE: _credentials, ...rest } = folder.env;
  return { ...rest, ...variables };
}

function run(folder: WorkFolder, variables: Variables, ...options: readonly string[]): Promise<Ended> {
  return runProgram([...COMMAND, ...options], { path: folder.path, env: env(folder, variables) });
}

const ROLE = 'role_arn = arn:aws:iam::111122223333:role/partner\nsource_profile = base\n';

describe('a run that is not begun', () => {
  test('ends with 3 and the true reason where STS is away', async (task) => {
    const folder = folderWithInput(task);
    const sts = awsStandIn();
    sts.next(...Array.from({ length: 9 }, () => refuse(503, 'ServiceUnavailable', 'Away')));
    const variables = {
      ...KEYS,
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_ENDPOINT_URL_STS: await serveAws(sts),
    };
    const ended = await runHere(COMMAND, { path: folder.path, env: env(folder, variables) });
    expect(ended.stderr).toContain('STS did not say whose credentials these are: ServiceUnavailable: Away');
    expect(ended.stderr).not.toContain('sso login');
    expect(ended.code).toBe(3);
  });

  test.concurrent('ends with 3, and says how to sign in again, where single sign-on has ended', async (task) => {
    const folder = folderWithInput(task);
    folder.write(
      'home/.aws/config',
      "[profile 'my prod']\nsso_session = corp\nsso_account_id = 1\nsso_role_name = x\n[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://corp.example\n",
    );
    const ended = await run(folder, {}, '--profile', 'my prod');
    expect(ended.stderr).toContain("aws sso login --profile 'my prod'");
    expect(ended.stderr).not.toContain('NodeVersionSupportWarning');
    expect(ended.code).toBe(3);
  });

  test.concurrent('ends with 2, and names the profiles there are, where there is no such profile', async (task) => {
    const folder = folderWithInput(task);
    const ended = await run(folder, { AWS_PROFILE: 'basis' });
    expect(ended.stderr).toContain('"basis", which AWS_PROFILE names');
    expect(ended.stderr).toContain('Give one of those that there are with --profile: base.');
    expect(ended.code).toBe(2);
  });

  test.concurrent('shows no password of a proxy and no key, whatever is wrong with either', async (task) => {
    const folder = folderWithInput(task);
    for (const [proxy, code] of [
      ['http://ana:hunter2@127.0.0.1:1', 3],
      ['http://ana:hunter2#@127.0.0.1:1', 2],
      ['ana:hunter2@127.0.0.1:1', 3],
    ] as const) {
      const surroundings = { path: folder.path, env: env(folder, { ...KEYS, HTTPS_PROXY: proxy }) };
      const ended = await runHere([...COMMAND, '--timeout', '5'], surroundings);
      expect(ended.stdout + ended.stderr).not.toMatch(/hunter2|YW5hOm/);
      expect(ended.code).toBe(code);
    }
  });

  test.concurrent('tells a certificate that nobody trusts from a sign-in that ended', async (task) => {
    const folder = folderWithInput(task);
    folder.write('empty.pem', 'nothing');
    const ended = await run(folder, KEYS, '--ca-bundle', 'empty.pem');
    expect(ended.stderr).toContain('empty.pem, which --ca-bundle names, holds no certificate');
    expect(ended.code).toBe(2);
  });
});

test('a role that needs a code asks for it on the terminal', { skip: !hasScript() }, async (task) => {
  const folder = folderWithInput(task);
  folder.write('home/.aws/config', `[profile mfa]\n${ROLE}mfa_serial = arn:aws:iam::111122223333:mfa/ana\n`);
  const sts = awsStandIn();
  const command = [process.execPath, PROGRAM, ...COMMAND, '--profile', 'mfa', '--no-progress'].join(' ');
  const variables = {
    AWS_ENDPOINT_URL_STS: await serveAws(sts),
    AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: 'http://127.0.0.1:1',
  };
  const running = startProcess('script', ['-qec', command, '/dev/null'], {
    path: folder.path,
    env: env(folder, variables),
  });
  await running.says(/Code of the MFA device arn:aws:iam::111122223333:mfa\/ana: /);
  running.type('123456\r');
  // The service is not there: what counts is what STS was asked.
  await running.says(/1 row to send/);
  running.send('SIGTERM');
  await running.ended;
  expect(sts.calls.map(({ action }) => action)).toEqual(['AssumeRole', 'GetCallerIdentity']);
  expect(sts.calls[0]?.members.get('TokenCode')).toBe('123456');
});

function hasScript(): boolean {
  return spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') ?? false;
}
