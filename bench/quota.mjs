// How much of a quota is used, and how many calls are refused, against a server that refuses any sliding second over the rate and
// answers as far away as the service is.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tableOf, verdictOf } from './print-figures.mjs';
import { assertExit, MAIN, runNode } from './run-process.mjs';
import { withServer } from './server-process.mjs';
import { writeRows } from './write-rows.mjs';

const SDK_LOOP = fileURLToPath(new URL('peers/sdk-loop.mjs', import.meta.url));
const LATENCY_MS = [40, 120];
const LEAST_USED = 0.99;
/** Ours for a minute and a half: what the first calls keep back for cold connections is given back over some forty seconds. */
const JOBS = [
  { rate: 1, rows: 90, peerRows: 30 },
  { rate: 10, rows: 900, peerRows: 300 },
  { rate: 100, rows: 9000, peerRows: 1000 },
];
const QUICK_JOB = { rate: 100, rows: 100, peerRows: 100 };
const WAYS = [
  { name: 'oppsweep disassociate', run: ourRun },
  {
    name: 'AWS SDK, 32 promises, adaptive mode',
    run: ({ input, output, env }) => runNode([SDK_LOOP, input, output, '32', 'adaptive'], env),
  },
  {
    name: 'AWS SDK, one at a time',
    run: ({ input, output, env }) => runNode([SDK_LOOP, input, output, '1'], env),
  },
];

/** @type {import('./bench.mjs').Section} */
export async function benchQuota({ folder, shrink }) {
  const lines = [];
  const verdicts = [];
  for (const { rate, rows, peerRows } of shrink > 1 ? [QUICK_JOB] : JOBS) {
    for (const way of WAYS) {
      const job = { rate, rows: way === WAYS[0] ? rows : peerRows };
      const seen = await measure(folder, job, way);
      lines.push(lineOf(way, job, seen));
      if (way === WAYS[0]) verdicts.push(verdict(job, seen));
    }
  }
  return {
    title: `Quota, answers after ${LATENCY_MS.join(' to ')} ms, a server that refuses any sliding second over the rate`,
    table: tableOf([['', 'rate', 'rows', 'of the quota', 'refused', 'rows not done'], ...lines]),
    verdicts,
  };
}

async function measure(folder, { rate, rows }, { run }) {
  const input = join(folder, 'rows.csv');
  const output = join(folder, 'rows.results.csv');
  await writeRows(input, rows);
  return withServer({ rate, latencyMs: LATENCY_MS }, async ({ env, counts }) => {
    assertExit(await run({ input, output, rate, env: { ...env, XDG_STATE_HOME: folder } }));
    const seen = await counts();
    const done = (await readFile(output, 'utf8')).match(/\bdisassociated\b/g)?.length ?? 0;
    if (done > seen.writes)
      throw new Error(`${done} rows are said to be done, the server let in ${seen.writes}.`);
    return { ...seen, missed: rows - done };
  });
}

function ourRun({ input, output, rate, env }) {
  const flags = `--catalog Sandbox --rate ${rate} --no-preflight --restart --no-progress --json`;
  return runNode([MAIN, 'disassociate', input, '-o', output, ...flags.split(' ')], env);
}

/** The server counts from the first call that it let in. */
function usedShare({ writes, firstMs, lastMs }, rate) {
  return ((writes - 1) * 1000) / rate / (lastMs - firstMs);
}

function lineOf({ name }, { rate, rows }, seen) {
  return [name, `${rate}/s`, rows, usedShare(seen, rate).toFixed(3), seen.throttled, seen.missed];
}

function verdict({ rate }, seen) {
  const used = usedShare(seen, rate);
  return verdictOf(
    `${rate}/s: ${used.toFixed(3)} of the quota, ${seen.throttled} refused, ${seen.missed} rows not done (wanted: ≥ ${LEAST_USED}, 0, 0)`,
    used >= LEAST_USED && seen.throttled === 0 && seen.missed === 0,
  );
}
