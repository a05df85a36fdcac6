import { expect, test } from 'vitest';
import { awsStandIn, succeed, type Answer } from '../../partner-central/stand-ins/aws-stand-in.ts';
import { makeCa } from '../../partner-central/stand-ins/own-ca.ts';
import { interceptingProxy } from '../../partner-central/stand-ins/proxy-stand-in.ts';
import { runProgram } from '../stage/program.ts';
import { makeWorkFolder } from '../stage/work-folder.ts';

const HOSTS = ['sts.us-east-1.amazonaws.com', 'partnercentral-selling.us-east-1.api.aws'];

const notFound: Answer = (_call, response) => {
  response.writeHead(400, { 'x-amzn-requestid': 'a-1', 'x-amzn-errortype': 'ResourceNotFoundException' });
  response.end('{}');
};

test('certificates of NODE_EXTRA_CA_CERTS are trusted, where no bundle is named', async (task) => {
  const folder = makeWorkFolder(task);
  const aws = awsStandIn();
  const ca = makeCa();
  const proxy = await interceptingProxy(aws, ca, { hosts: HOSTS });
  folder.write('own-ca.pem', ca.pem);
  // The time, the account, an opportunity.
  aws.next(succeed, succeed, notFound);
  const {
    AWS_CA_BUNDLE: _bundle,
    REQUESTS_CA_BUNDLE: _other,
    NO_PROXY: _no,
    no_proxy: _none,
    ...inherited
  } = folder.env;
  const ended = await runProgram(['doctor', '--catalog', 'Sandbox'], {
    path: folder.path,
    env: {
      ...inherited,
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'hunter2',
      HTTPS_PROXY: `http://ana:hunter2@${proxy.host}`,
      NODE_EXTRA_CA_CERTS: folder.at('own-ca.pem'),
    },
  });
  expect(ended.stdout).toContain(`through http://${proxy.host} (HTTPS_PROXY), with Node’s own certificates`);
  expect(ended.stdout).not.toMatch(/[✗·]/);
  expect(ended.stdout + ended.stderr).not.toContain('hunter2');
  expect(ended.code).toBe(0);
  expect(proxy.tunnels).toEqual(
    [HOSTS[1], HOSTS[0], HOSTS[1]].map((host) => `CONNECT ${host}:443 as ana:hunter2`),
  );
});
