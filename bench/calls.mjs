// The whole job, rows in and results out, by every way that this machine has, in turn, beside the limit.
import { execFileSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { megabytes, medianOf, perSecond, tableOf, verdictOf } from './print-figures.mjs';
import { assertExit, MAIN, runNode, runOther } from './run-process.mjs';
import { withServer } from './server-process.mjs';
import { writeRows } from './write-rows.mjs';

const IN_FLIGHT = 32;
const ROWS = 20_000;
const OURS = 'oppsweep disassociate, all but preflight';
const SDK = 'AWS SDK for JavaScript, 32 promises';
const LIMIT = 'undici and signatures, nothing else';
const AIMS = { ofSdk: 2.8, ofLimit: 0.72, cpuOfSdk: 0.35, mb: 180 };
const peer = (name) => fileURLToPath(new URL(`peers/${name}`, import.meta.url));
const flags = (line) => line.split(' ');
const OUR_FLAGS = flags(
  `--catalog Sandbox --rate unlimited --read-rate unlimited --daily-quota unlimited --concurrency ${IN_FLIGHT} --no-preflight --restart --no-progress`,
);

/** Fewer rows where one takes longer: its share of the start stays small. */
const CONTENDERS = [
  {
    name: OURS,
    run: (input, output, env) => runNode([MAIN, 'disassociate', input, '-o', output, ...OUR_FLAGS], env),
  },
  {
    name: SDK,
    run: (input, output, env) => runNode([peer('sdk-loop.mjs'), input, output, IN_FLIGHT], env),
  },
  {
    name: LIMIT,
    run: (_input, _output, env, rows) => runNode([peer('signed-undici.mjs'), rows, IN_FLIGHT], env),
  },
  {
    name: 'AWS SDK for JavaScript, one at a time',
    share: 1 / 10,
    run: (input, output, env) => runNode([peer('sdk-loop.mjs'), input, output, 1], env),
  },
  {
    name: 'boto3, one at a time',
    share: 1 / 20,
    needs: ['python3', '-c', 'import boto3; print(boto3.__version__)'],
    run: async (input, output, env) => {
      const run = await runOther(['python3', peer('boto3-loop.py'), input, output], env);
      return { ...run, peakRssMb: Number(run.stdout) };
    },
  },
  {
    name: 'curl, a process a row',
    share: 1 / 200,
    needs: ['curl', '--version'],
    run: (input, output, env) => runOther(['sh', peer('curl-loop.sh'), input, output], env),
  },
  {
    name: 'AWS CLI, a process a row',
    share: 1 / 5000,
    needs: ['aws', '--version'],
    run: (input, output, env) => runOther(['sh', peer('aws-cli-loop.sh'), input, output], env),
  },
];

/** @type {import('./bench.mjs').Section} */
export async function benchCalls({ folder, rounds, shrink }) {
  const runs = new Map(CONTENDERS.map(({ name }) => [name, []]));
  const there = CONTENDERS.map((one) => ({ ...one, version: versionOf(one.needs) }));
  for (let round = 0; round < rounds; round += 1) {
    for (const one of there.filter(({ version }) => version !== undefined)) {
      const rows = Math.max(1, Math.round((ROWS * (one.share ?? 1)) / shrink));
      const run = { rows, ...(await measure(folder, one, rows)) };
      runs.get(one.name).push(run);
      console.error(
        `  round ${round + 1}: ${one.name}: ${perSecond(rows, run.wallMs)} rows/s, ${(run.cpuMs / rows).toFixed(3)} ms of CPU a row`,
      );
    }
  }
  const figures = there.map(({ name, version }) => figuresOf(name, version, runs));
  return {
    title: `Whole processes, ${(ROWS / shrink).toLocaleString('en')} rows in and results out (fewer where a row takes long), ${IN_FLIGHT} in flight, medians of ${rounds} rounds in turn`,
    table: tableOf([
      ['', 'rows/s', '× SDK loop', '× the limit', 'CPU a row', 'peak RSS'],
      ...figures.map(lineOf),
    ]),
    verdicts: verdictsOf(figures),
    chart: figures.filter(({ rate }) => rate !== undefined),
    versions: there.flatMap(({ needs, version }) => (needs && version ? [`${needs[0]}: ${version}`] : [])),
  };
}

/** The first line of what tells it; '' where nothing is needed, and undefined where the machine doesn't have it. */
function versionOf(needs) {
  if (needs === undefined) return '';
  try {
    const [file, ...args] = needs;
    return execFileSync(file, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split('\n')[0];
  } catch {
    return undefined;
  }
}

async function measure(folder, { name, run }, rows) {
  const input = join(folder, `${rows}.csv`);
  const output = join(folder, `${rows}.results.csv`);
  await writeRows(input, rows);
  await rm(output, { force: true });
  return withServer({}, async ({ env, counts }) => {
    const done = assertExit(await run(input, output, { ...env, XDG_STATE_HOME: folder }, rows));
    const { writes } = await counts();
    if (writes !== rows) throw new Error(`${name}: the server was asked for ${writes} of ${rows} changes.`);
    return done;
  });
}

function figuresOf(name, version, runs) {
  const own = runs.get(name);
  if (version === undefined) return { name };
  const rateOf = ({ rows, wallMs }) => (rows / wallMs) * 1000;
  const cpuOf = ({ rows, cpuMs }) => cpuMs / rows;
  const beside = (other, of) => medianOf(own.map((run, round) => of(run) / of(runs.get(other)[round])));
  return {
    name,
    rate: medianOf(own.map(rateOf)),
    ofSdk: beside(SDK, rateOf),
    ofLimit: beside(LIMIT, rateOf),
    cpu: medianOf(own.map(cpuOf)),
    cpuOfSdk: beside(SDK, cpuOf),
    mb: own.every(({ peakRssMb }) => peakRssMb === undefined)
      ? undefined
      : medianOf(own.map(({ peakRssMb }) => peakRssMb)),
  };
}

function lineOf({ name, rate, ofSdk, ofLimit, cpu, mb }) {
  if (rate === undefined) return [name, 'not on this machine', '-', '-', '-', '-'];
  const shown = rate < 10 ? rate.toFixed(1) : perSecond(rate, 1000);
  return [name, shown, share(ofSdk), share(ofLimit), `${cpu.toFixed(cpu < 10 ? 2 : 0)} ms`, megabytes(mb)];
}

function share(times) {
  return times < 0.01 ? times.toFixed(4) : times.toFixed(2);
}

function verdictsOf(figures) {
  const { ofSdk, ofLimit, cpuOfSdk, mb } = figures.find(({ name }) => name === OURS);
  return [
    verdictOf(`${share(ofSdk)} × the SDK loop (wanted: ≥ ${AIMS.ofSdk})`, ofSdk >= AIMS.ofSdk),
    verdictOf(`${share(ofLimit)} of the signed limit (wanted: ≥ ${AIMS.ofLimit})`, ofLimit >= AIMS.ofLimit),
    verdictOf(
      `CPU a row ${share(cpuOfSdk)} × the SDK loop's (wanted: ≤ ${AIMS.cpuOfSdk})`,
      cpuOfSdk <= AIMS.cpuOfSdk,
    ),
    verdictOf(`peak RSS ${megabytes(mb)} (wanted: ≤ ${AIMS.mb} MB)`, mb <= AIMS.mb),
  ];
}
