// Accounts at a call a second each, two workers, one PostgreSQL on this machine: beside the same workers with all that a store keeps in
// memory. What differs is the store's price.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { megabytes, seconds, tableOf, verdictOf } from './print-figures.mjs';
import { assertExit, MAIN, runNode, startNode } from './run-process.mjs';
import { withServer } from './server-process.mjs';
import { writeRows } from './write-rows.mjs';

const ACCOUNTS = 1_000;
const WORKERS = 2;
const SECONDS = 60;
/** Until each account has made its first call. */
const LONGEST_START_MS = 120_000;
const WORKERS_PRIORITY = constants.priority.PRIORITY_BELOW_NORMAL;
const LEAST_OF_MEMORY = 0.95;
const MOST_MB = 150;
const WRITTEN_CALLS = new URL('written-calls.mjs', import.meta.url).href;
const ON_MEMORY = fileURLToPath(new URL('peers/fleet-on-memory.mjs', import.meta.url));
const SUBMIT = '--catalog Sandbox --no-preflight --run bench'.split(' ');

/** As in the units of deploy/; what is loaded besides keeps a time an account. */
const SETTINGS = { NODE_OPTIONS: `--max-semi-space-size=4 --import=${WRITTEN_CALLS}`, MALLOC_ARENA_MAX: '1' };

/** @type {import('./bench.mjs').Section} */
export async function benchFleet({ folder, shrink }) {
  const size = { folder, accounts: ACCOUNTS / shrink, seconds: Math.max(5, SECONDS / shrink) };
  const accounts = await layOut(folder, size);
  const { options, ...stored } = await inStore(folder, size);
  const memory = await inMemory(folder, size, { accounts, options });
  return {
    title: `A fleet of ${size.accounts.toLocaleString('en')} accounts at a call a second each, ${WORKERS} workers, ${size.seconds} s from when all were at work`,
    table: tableOf([
      [
        '',
        'writes',
        'of the rate',
        'sent inside a window',
        'seen inside one',
        'all at work after',
        'CPU a write',
        'peak RSS a worker',
      ],
      lineOf('oppsweep worker, PostgreSQL', stored, size),
      lineOf('the same, all in memory', memory, size),
    ]),
    verdicts: verdictsOf(stored, memory),
  };
}

/** A file of rows for each account, which is signed in to by a role, as a fleet's accounts are. */
async function layOut(folder, { accounts, seconds: measured }) {
  await mkdir(join(folder, 'in'));
  const all = Array.from({ length: accounts }, (_, n) => {
    const account = String(111_122_000_000 + n);
    const roleArn = `arn:aws:iam::${account}:role/bench`;
    return { account, roleArn, file: join(folder, 'in', `${account}.csv`) };
  });
  for (const { file } of all) await writeRows(file, measured + LONGEST_START_MS / 1_000);
  const lines = all.map(({ roleArn, file }) => `${roleArn},${file}\n`);
  await writeFile(join(folder, 'accounts.csv'), `role_arn,file\n${lines.join('')}`);
  return all;
}

async function inStore(folder, size) {
  // The server that the tests use; a Node that is new enough for it is new enough for a store.
  const { startPostgres } = await import('../test/postgres/server.ts');
  const postgres = await startPostgres();
  if (postgres === undefined) throw new Error('npm has no PostgreSQL for this platform.');
  const store = { OPPSWEEP_STORE: postgres.url(), XDG_STATE_HOME: folder };
  const worker = [MAIN, 'worker', '--quiet', '--runs', String(size.accounts / WORKERS)];
  try {
    assertExit(await runNode([MAIN, 'fleet', 'init'], store));
    const seen = await measure(size, {
      prepare: async (env) => {
        const submit = [MAIN, 'fleet', 'submit', join(folder, 'accounts.csv'), ...SUBMIT];
        assertExit(await runNode(submit, { ...env, ...store }));
      },
      worker: (_n, env) => startNode(worker, { ...env, ...store }),
    });
    return { ...seen, options: await fleetOptions(postgres.url()) };
  } finally {
    await postgres.remove();
  }
}

async function inMemory(folder, size, { accounts, options }) {
  return measure(size, {
    prepare: async () => {
      for (let n = 0; n < WORKERS; n += 1) {
        const own = accounts.filter((_, index) => index % WORKERS === n);
        await writeFile(join(folder, `memory-${n}.json`), JSON.stringify({ accounts: own, options }));
      }
    },
    worker: (n, env) =>
      startNode([ON_MEMORY, join(folder, `memory-${n}.json`), String(size.accounts / WORKERS)], env),
  });
}

/** Those that `fleet submit` kept: the others are to have the same, but for the server, of which each has its own. */
async function fleetOptions(url) {
  const client = new Client(url);
  await client.connect();
  const { rows } = await client.query('select terms as options from oppsweep.fleet');
  await client.end();
  const { endpoint: _ofServer, ...options } = JSON.parse(rows[0].options);
  return JSON.stringify(options);
}

/**
 * @typedef {object} FleetSeen
 * @property {number} writes that the server let in
 * @property {number} inside calls that were written before a second was over since their account's last one was
 * @property {number} leastMs between two that were written of one account
 * @property {number} throttled calls that the stand-in saw before its account's second was over: where it had to wait for a processor,
 *   it saw the one before too late
 * @property {number} startMs until each account had made its first
 * @property {number} cpuMs a write, of both workers from their start to their end
 * @property {number} peakRssMb of the larger worker
 *
 * @returns {Promise<FleetSeen>}
 */
async function measure({ folder, accounts, seconds: measured }, { prepare, worker }) {
  return withServer({ rate: 1, perAccount: true }, async ({ env: given, counts }) => {
    const env = {
      ...given,
      AWS_ENDPOINT_URL_STS: given.AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING,
      ...SETTINGS,
    };
    await prepare(env);
    const startedMs = performance.now();
    const writtenBy = (n) => join(folder, `written-${n}.json`);
    const workers = Array.from({ length: WORKERS }, (_, n) =>
      worker(n, { ...env, WRITTEN_CALLS: writtenBy(n) }),
    );
    // The service has machines of its own: where its stand-in waits for a processor, calls arrive later than they came.
    for (const { child } of workers) setPriority(child.pid, WORKERS_PRIORITY);
    while ((await counts()).accounts < accounts) {
      if (performance.now() - startedMs > LONGEST_START_MS) throw new Error(await whatStops(workers));
      await setTimeout(250);
    }
    const startMs = performance.now() - startedMs;
    const from = await counts();
    await setTimeout(measured * 1_000);
    const to = await counts();
    for (const { child } of workers) child.kill('SIGTERM');
    const costs = await Promise.all(workers.map(({ cost }) => cost()));
    const all = await counts();
    const written = await Promise.all(
      workers.map(async (_, n) => JSON.parse(await readFile(writtenBy(n), 'utf8'))),
    );
    return {
      writes: ((to.writes - from.writes) * measured * 1_000) / (to.nowMs - from.nowMs),
      inside: written.reduce((sum, { inside }) => sum + inside, 0),
      leastMs: Math.min(...written.map(({ leastMs }) => leastMs)),
      throttled: all.throttled,
      startMs,
      cpuMs: costs.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / all.writes,
      peakRssMb: Math.max(...costs.map(({ peakRssMb }) => peakRssMb)),
    };
  });
}

async function whatStops(workers) {
  for (const { child } of workers) child.kill('SIGKILL');
  const ended = await Promise.all(workers.map(({ run }) => run));
  return `Not all accounts got to work.\n${ended.map(({ stderr }) => stderr).join('\n')}`;
}

function lineOf(
  name,
  { writes, inside, throttled, startMs, cpuMs, peakRssMb },
  { accounts, seconds: measured },
) {
  const share = (writes / (accounts * measured)).toFixed(3);
  const cells = [Math.round(writes).toLocaleString('en'), share, inside, throttled, seconds(startMs)];
  return [name, ...cells, `${cpuMs.toFixed(2)} ms`, megabytes(peakRssMb)];
}

function verdictsOf(stored, memory) {
  const ratio = stored.writes / memory.writes;
  return [
    verdictOf(
      `${ratio.toFixed(3)} of the writes that are made without a store (wanted: ≥ ${LEAST_OF_MEMORY})`,
      ratio >= LEAST_OF_MEMORY,
    ),
    verdictOf(
      `${megabytes(stored.peakRssMb)} a worker (wanted: ≤ ${MOST_MB} MB)`,
      stored.peakRssMb <= MOST_MB,
    ),
    verdictOf(
      `${stored.inside} calls sent inside their account's second (wanted: 0); the closest two ${stored.leastMs.toFixed(1)} ms apart`,
      stored.inside === 0,
    ),
  ];
}
