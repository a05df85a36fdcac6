// How near the ideal the pace comes against a server that throttles strictly, beside Bottleneck's minTime alone.
import { join } from 'node:path';
import Bottleneck from 'bottleneck';
import { inBenchFolder } from './bench-folder.mjs';
import { CONCURRENCY, connectTo } from './emulator-connection.mjs';
import { startEmulatorProcess } from './emulator-process.mjs';
import { printTable, printTitle, printVerdict, seconds } from './print-figures.mjs';
import { assertExit, MAIN, runNode } from './run-node.mjs';
import { associationAt, writeRows } from './write-rows.mjs';

const MOST_OVER_IDEAL = 1.03;
const FAULTS = 'throttle=5%,error=2%';

printTitle('Pace: calls at the server, which refuses any sliding second over the rate');
await inBenchFolder(async (folder) => {
  const lines = [];
  for (const job of [
    { rows: 200, rate: 50 },
    { rows: 30, rate: 1 },
  ]) {
    const ours = await measure(folder, job, byOppsweep);
    lines.push(
      lineOf('oppsweep', job, ours),
      lineOf('Bottleneck minTime', job, await measure(folder, job, byMinTime)),
    );
    const { throttles, overIdeal, busiestSecond } = ours;
    printVerdict(
      `${job.rows} rows at ${job.rate}/s: ${throttles} throttles, ${overIdeal.toFixed(3)} × ideal (wanted: 0, ≤ ${MOST_OVER_IDEAL})`,
      throttles === 0 && overIdeal <= MOST_OVER_IDEAL && busiestSecond <= job.rate,
    );
  }
  const faulty = { rows: 200, rate: 50, faults: FAULTS };
  const ours = await measure(folder, faulty, byOppsweep);
  lines.push(lineOf('oppsweep, faults', faulty, ours));
  printVerdict(
    `with ${FAULTS}: ${ours.done} of ${faulty.rows} rows disassociated, busiest second ${ours.busiestSecond} (wanted: all, ≤ ${faulty.rate})`,
    ours.done === faulty.rows && ours.busiestSecond <= faulty.rate,
  );
  console.log();
  printTable([
    [
      '',
      'rows',
      'rate',
      'calls',
      'done',
      'first to last',
      '× ideal',
      'process',
      'throttled',
      'busiest second',
    ],
    ...lines,
  ]);
});

/**
 * @typedef {object} Job
 * @property {number} rows
 * @property {number} rate calls a second, at the client and at the server
 * @property {string} [faults]
 */

async function measure(folder, job, run) {
  const input = join(folder, 'rows.csv');
  await writeRows(input, job.rows);
  const emulator = await startEmulatorProcess(
    `--seed ${input} --rate ${job.rate} --daily-quota unlimited --read-rate unlimited --fault ${job.faults ?? 'throttle=0%'}`,
  );
  try {
    const { done, processMs } = await run(folder, job, emulator);
    return { done, processMs, ...seenBy(await emulator.calls(), job) };
  } finally {
    await emulator.close();
  }
}

async function byOppsweep(folder, { rows, rate }, { env }) {
  const output = join(folder, `${rows}-${rate}.results.csv`);
  const flags = `--catalog Sandbox --rate ${rate} --read-rate unlimited --restart --no-progress --json`;
  const run = await runNode(
    [MAIN, 'disassociate', join(folder, 'rows.csv'), '-o', output, ...flags.split(' ')],
    {
      ...env,
      XDG_STATE_HOME: join(folder, `state-${performance.now()}`),
    },
  );
  const { counts } = JSON.parse(assertExit(run).stdout);
  if (counts.rows !== rows) throw new Error(`${counts.rows} of ${rows} rows are in the results.`);
  return { done: counts.byStatus.disassociated ?? 0, processMs: run.wallMs };
}

/** The usual few lines: even spacing, no look at the window, no retries. */
async function byMinTime(_folder, { rows, rate }, { env }) {
  const { partnerCentral } = connectTo(env);
  const limiter = new Bottleneck({ minTime: 1000 / rate, maxConcurrent: CONCURRENCY });
  const startedMs = performance.now();
  const answers = await Promise.all(
    Array.from({ length: rows }, (_, n) =>
      limiter.schedule(() =>
        partnerCentral.write({ operation: 'DisassociateOpportunity', association: associationAt(n) }),
      ),
    ),
  );
  const processMs = performance.now() - startedMs;
  await partnerCentral.close();
  return { done: answers.filter(({ ok }) => ok).length, processMs };
}

/** What the server has on record of the writes, by its own clock. */
function seenBy(calls, { rows, rate }) {
  const writes = calls.filter(({ operation }) => operation === 'DisassociateOpportunity');
  const times = writes.map(({ atMs }) => atMs);
  const firstToLastMs = times.at(-1) - times[0];
  return {
    calls: writes.length,
    firstToLastMs,
    overIdeal: firstToLastMs / (((rows - 1) * 1000) / rate),
    // Those that were injected are not the pace's doing.
    throttles: writes.filter(
      ({ exception, fault }) => exception === 'ThrottlingException' && fault === undefined,
    ).length,
    busiestSecond: mostInASecond(times),
  };
}

/** The most calls in any half-open second; the times ascend. */
function mostInASecond(times) {
  let most = 0;
  let oldest = 0;
  for (const [newest, atMs] of times.entries()) {
    while (atMs - times[oldest] >= 1000) oldest += 1;
    most = Math.max(most, newest - oldest + 1);
  }
  return most;
}

function lineOf(name, { rows, rate }, measured) {
  const { calls, done, firstToLastMs, overIdeal, processMs, throttles } = measured;
  const times = [seconds(firstToLastMs), overIdeal.toFixed(3), seconds(processMs)];
  return [name, rows, rate, calls, done, ...times, throttles, measured.busiestSecond];
}
