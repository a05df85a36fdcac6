// Twelve accounts, two workers, one PostgreSQL and one emulator, all on this machine: one worker is killed, and the other takes over.
// npm run demo:fleet
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ACCOUNTS = 12;
const ROWS = 24;
const SECONDS_BEFORE_THE_KILL = 8;
const SECONDS_BETWEEN_LOOKS = 5;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
const say = (text) => process.stderr.write(`${text}\n`);
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  say(`This demo needs Node 22.18 or newer, and this is Node ${process.versions.node}.`);
  process.exit(2);
}
// The server that the tests use: PostgreSQL's own programs, as npm has them.
const { startPostgres } = await import('../test/postgres/server.ts');

const folder = join('demo', 'fleet');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

/** The commands that are shown can be pasted here, as long as this runs. */
const env = { ...process.env, OPPSWEEP_CALLED_AS: 'node dist/main.cjs' };

function start(args) {
  return spawn(process.execPath, [join('dist', 'main.cjs'), ...args], { stdio: ['ignore', 'pipe', 'pipe'], env });
}

/** Runs a command to its end, and shows it. */
async function run(...args) {
  say(`$ oppsweep ${args.join(' ')}`);
  const child = start(args);
  child.stdout.pipe(process.stderr, { end: false });
  child.stderr.pipe(process.stderr, { end: false });
  const code = await ended(child);
  say('');
  return code;
}

function ended(child) {
  return new Promise((resolve) => {
    child.on('close', (code) => resolve(code ?? 137));
  });
}

/** A worker whose words are shown with its name before them. */
function worker(name) {
  say(`$ oppsweep worker --runs ${ACCOUNTS} --drain    (worker ${name})`);
  const child = start(['worker', '--runs', String(ACCOUNTS), '--drain']);
  child.stderr.on('data', (piece) => {
    for (const line of String(piece).trimEnd().split('\n')) say(`  ${name} | ${line}`);
  });
  return { child, gone: ended(child) };
}

const later = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1_000));

/** The files, a profile for each account, and what is associated. */
function layOut() {
  const accounts = Array.from({ length: ACCOUNTS }, (_, n) => String(111_122_223_301 + n));
  const seed = ['Opportunity ID,Entity Type,Related Entity'];
  const rows = ['Profile,Role ARN,External ID,File'];
  const profiles = accounts.map((account, n) => {
    const lines = Array.from({ length: ROWS }, (_, row) => `O${1_000_000 + n * ROWS + row},Solutions,S-0000001`);
    writeFileSync(join(folder, `${account}.csv`), `${seed[0]}\n${lines.join('\n')}\n`);
    // Every third customer has no profile here, and a role instead that trusts this host.
    const signIn = n % 3 === 2 ? `,arn:aws:iam::${account}:role/oppsweep,customer-${n + 1}` : `customer-${n + 1},,`;
    rows.push(`${signIn},${account}.csv`);
    // The last customer's row was forgotten by somebody: its association is not there any more.
    seed.push(...lines.slice(0, n === ACCOUNTS - 1 ? -1 : undefined));
    return `[customer-${n + 1}]\naws_access_key_id = OPPSWEEP${account}\naws_secret_access_key = ${env.AWS_SECRET_ACCESS_KEY}\n`;
  });
  writeFileSync(join(folder, 'seed.csv'), `${seed.join('\n')}\n`);
  writeFileSync(join(folder, 'accounts.csv'), `${rows.join('\n')}\n`);
  writeFileSync(join(folder, 'credentials'), profiles.join('\n'));
  writeFileSync(join(folder, 'config'), '');
}

env.AWS_ACCESS_KEY_ID = 'OPPSWEEPEMULATORONLY';
env.AWS_SECRET_ACCESS_KEY = 'emulator-loopback-only-opens-nothing-000';
delete env.AWS_SESSION_TOKEN;
layOut();
say('Starting PostgreSQL and the emulator on this machine …');
const postgres = await startPostgres();
if (postgres === undefined) {
  say('npm has no PostgreSQL for this platform.');
  process.exit(2);
}
const emulator = start(['emulator', '--seed', join(folder, 'seed.csv')]);
let status = 3;
try {
  const url = await new Promise((resolve) => {
    emulator.stdout.on('data', (piece) => {
      const found = /AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING=(\S+)/.exec(String(piece))?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  Object.assign(env, {
    OPPSWEEP_STORE: postgres.url(),
    AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: url,
    AWS_ENDPOINT_URL_STS: url,
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
    AWS_CONFIG_FILE: join(folder, 'config'),
  });
  status = await show();
} finally {
  emulator.kill('SIGKILL');
  await postgres.remove();
}
process.exitCode = status;

async function show() {
  await run('fleet', 'init');
  const submitted = await run('fleet', 'submit', join(folder, 'accounts.csv'), '--catalog', 'Sandbox', '--read-lag', '0');
  if (submitted !== 0) return submitted;
  const first = worker('A');
  const second = worker('B');
  await later(SECONDS_BEFORE_THE_KILL);
  await run('fleet', 'status');
  say('(Worker A is killed: SIGKILL, as if its machine were gone.)\n');
  first.child.kill('SIGKILL');
  const looking = new AbortController();
  const looks = (async () => {
    while (!looking.signal.aborted) {
      await later(SECONDS_BETWEEN_LOOKS);
      if (!looking.signal.aborted) await run('fleet', 'status');
    }
  })();
  await Promise.all([first.gone, second.gone]);
  looking.abort();
  await looks;
  await run('fleet', 'status');
  const code = await run('fleet', 'results', 'accounts', '-o', join(folder, 'results'));
  for (const account of readdirSync(join(folder, 'results'))) {
    say(`  ${join(folder, 'results', account)}: ${readdirSync(join(folder, 'results', account)).join(', ')}`);
  }
  return code;
}
