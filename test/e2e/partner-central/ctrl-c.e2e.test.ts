import { spawnSync } from 'node:child_process';
import { open } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { silentServer } from '../stage/silent-server.ts';
import { PROGRAM, startProcess, startProgram, type Ended, type Running } from '../stage/program.ts';
import { makeWorkFolder, type Test, type WorkFolder } from '../stage/work-folder.ts';

const KEYS = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' };

/** An attempt may take longer than the test: without an end of its own, only the signal ends the run. */
const COMMAND = ['disassociate', 'people.csv', '--catalog', 'Sandbox', '--timeout', '3600'];

function folderWithInput(task: Test): WorkFolder {
  const folder = makeWorkFolder(task);
  folder.write('people.csv', 'Opportunity ID,Entity Type,Related Entity\nO1,Solutions,S-0000001\n');
  return folder;
}

function start(folder: WorkFolder, env: Readonly<Record<string, string>>): Running {
  return startProgram(COMMAND, { path: folder.path, env: { ...folder.env, ...env } });
}

/** Sends the signal; a run that does not heed it never ends. */
function interrupted(running: Running): Promise<Ended> {
  running.send('SIGINT');
  return running.ended;
}

describe('Ctrl-C ends a run that hangs, with 130 and a word on how to go on', () => {
  test.concurrent('in a credential helper, which ends too', async (task) => {
    const folder = folderWithInput(task);
    const peer = await silentServer(task);
    folder.write('helper.mjs', `await fetch('http://127.0.0.1:${peer.port}/');`);
    folder.write(
      'home/.aws/config',
      `[profile vault]\ncredential_process = exec ${process.execPath} ${folder.at('helper.mjs')}\n`,
    );
    const running = start(folder, {
      AWS_CONFIG_FILE: folder.at('home/.aws/config'),
      AWS_PROFILE: 'vault',
      AWS_ENDPOINT_URL: `http://127.0.0.1:${peer.port}`,
    });
    await peer.asked;
    const ended = await interrupted(running);
    expect(ended.code).toBe(130);
    expect(ended.stderr).toContain('Run the same command again');
    expect(processesNaming(folder.at('helper.mjs'))).toEqual([]);
  });

  test.concurrent('while STS is silent', async (task) => {
    const folder = folderWithInput(task);
    const peer = await silentServer(task);
    const running = start(folder, {
      ...KEYS,
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_ENDPOINT_URL_STS: `http://127.0.0.1:${peer.port}`,
    });
    await peer.asked;
    expect((await interrupted(running)).code).toBe(130);
  });

  test.concurrent('in a TLS handshake', async (task) => {
    const folder = folderWithInput(task);
    const peer = await silentServer(task);
    const running = start(folder, {
      ...KEYS,
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_ENDPOINT_URL_STS: `https://127.0.0.1:${peer.port}`,
    });
    await peer.asked;
    expect((await interrupted(running)).code).toBe(130);
  });

  test.concurrent('in a read of an opportunity', async (task) => {
    const folder = folderWithInput(task);
    const peer = await silentServer(task);
    const running = start(folder, { ...KEYS, AWS_ENDPOINT_URL: `http://127.0.0.1:${peer.port}` });
    await peer.asked;
    expect((await interrupted(running)).code).toBe(130);
  });

  test.concurrent('in a credentials file that nobody writes', async (task) => {
    const folder = folderWithInput(task);
    spawnSync('mkfifo', [folder.at('credentials')]);
    const running = start(folder, {
      AWS_SHARED_CREDENTIALS_FILE: folder.at('credentials'),
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
    });
    // A pipe opens once somebody reads it.
    const pipe = await open(folder.at('credentials'), 'w');
    const ended = await interrupted(running);
    await pipe.close();
    // What a shell makes of either is 130.
    expect([ended.code, ended.signal]).toSatisfy(
      ([code, signal]) => code === 130 || (code === null && signal === 'SIGINT'),
    );
  });

  test.concurrent('in the lookup of a name', { skip: !canUnshare() }, async (task) => {
    const folder = folderWithInput(task);
    folder.write('resolv.conf', 'nameserver 127.0.0.1\noptions timeout:30 attempts:5\n');
    folder.write(
      'silent-dns.mjs',
      `import { createSocket } from 'node:dgram';
      const socket = createSocket('udp4', () => console.log('asked for a name'));
      socket.bind(53, '127.0.0.1', () => console.log('listening'));`,
    );
    const command = [PROGRAM, ...COMMAND].join(' ');
    const script = `ip link set lo up && mount --bind resolv.conf /etc/resolv.conf || exit 99
      ${process.execPath} silent-dns.mjs & DNS=$!
      ${process.execPath} ${command} & RUN=$!
      trap 'kill -INT $RUN' INT
      wait $RUN; wait $RUN; CODE=$?; kill $DNS; exit $CODE`;
    const running = startProcess('unshare', ['-rmn', 'bash', '-mc', script], {
      path: folder.path,
      env: { ...folder.env, ...KEYS },
    });
    await running.says(/asked for a name/);
    expect((await interrupted(running)).code).toBe(130);
  });
});

function processesNaming(file: string): string[] {
  const { stdout } = spawnSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
  return stdout.split('\n').filter((line) => line.includes(file));
}

function canUnshare(): boolean {
  return spawnSync('unshare', ['-rmn', 'ip', 'link', 'set', 'lo', 'up']).status === 0;
}
