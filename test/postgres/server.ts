import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postgresFolder, runnablePrograms } from './binaries.ts';

export const PASSWORD = 'p@ss word/of-the-store';

/** A PostgreSQL of a test's own on loopback. */
export interface PostgresServer {
  readonly port: number;
  /** Of a database that is made for it. */
  readonly url: (database?: string) => string;
  readonly start: () => Promise<void>;
  /** `immediate` aborts as after a crash, `kill` is SIGKILL to it and to all that serve its connections. */
  readonly stop: (how: 'fast' | 'immediate' | 'kill') => Promise<void>;
  /** Stops it, and removes all that it left. */
  readonly remove: () => Promise<void>;
}

/** PostgreSQL refuses to run as root. */
const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;
const user = isRoot ? { uid: NOBODY, gid: NOBODY } : {};

/** Lays out a server in a folder of its own and starts it. `undefined` where npm has no programs for this platform. */
export async function startPostgres(): Promise<PostgresServer | undefined> {
  const programs = postgresFolder();
  if (programs === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'oppsweep-postgres-'));
  chmodSync(folder, 0o755);
  const data = join(folder, 'data');
  const bin = runnablePrograms(programs, join(folder, 'native'));
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, PASSWORD, { mode: 0o600 });
  if (isRoot) for (const path of [folder, passwordFile]) chownSync(path, NOBODY, NOBODY);
  const environment = { PATH: process.env['PATH'], LC_ALL: 'C' };
  const options = { ...user, cwd: folder, env: environment };
  const words = ['-D', data, '-U', 'owner', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  // What outlasts a power cut is not asked of it: no file is awaited.
  execFileSync(join(bin, 'initdb'), [...words, '-E', 'UTF8', '--no-sync'], options);
  const port = await freePort();
  let server: ChildProcess | undefined;
  const start = async (tries = 50): Promise<void> => {
    const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', `unix_socket_directories=`];
    // Off, so that whoever counts on it has to say so.
    const more = ['synchronous_commit=off', 'max_connections=100'];
    const given = [...settings, ...more].flatMap((setting) => ['-c', setting]);
    server = spawn(join(bin, 'postgres'), ['-D', data, ...given], {
      ...options,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const refusal = await untilReady(server);
    // What was killed may not have let go of its memory yet.
    if (refusal?.includes('shared memory block') === true && tries > 0) return start(tries - 1);
    if (refusal !== undefined) throw new Error(`PostgreSQL did not start:\n${refusal}`);
  };
  const stop: PostgresServer['stop'] = async (how) => {
    if (server === undefined) return;
    const gone = once(server, 'exit');
    if (how === 'kill') killAll(server.pid ?? 0);
    else server.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT');
    await gone;
    server = undefined;
  };
  await start();
  return {
    port,
    url: (database = 'postgres') =>
      `postgres://owner:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/${database}`,
    start: () => start(),
    stop,
    remove: async () => {
      await stop('fast');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The postmaster and its children: without it they would end one after the other. */
function killAll(pid: number): void {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  for (const one of [pid, ...children.trim().split(/\s+/).map(Number)]) {
    try {
      process.kill(one, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}

/** Gives what it said where it ended instead. */
async function untilReady(server: ChildProcess): Promise<string | undefined> {
  let told = '';
  return new Promise((resolve) => {
    server.stderr?.on('data', (piece: Buffer) => {
      told = (told + piece.toString('utf8')).slice(-10_000);
      if (told.includes('ready to accept connections')) resolve(undefined);
    });
    server.once('exit', () => resolve(told));
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
