// How near the ideal the pace comes against a server that throttles strictly, and what each of its two parts does: the
// queue that spaces the calls, and the window that is judged just before each leaves. `node bench/pace.mjs 50` runs one rate.
import { join } from 'node:path';
import { inBenchFolder } from './bench-folder.mjs';
import { startEmulatorProcess } from './emulator-process.mjs';
import { callThrough, WAYS } from './pace-ways.mjs';
import { printTable, printTitle, printVerdict, seconds } from './print-figures.mjs';
import { assertExit, MAIN, runNode } from './run-process.mjs';
import { writeRows } from './write-rows.mjs';

const LEAST_USED = 0.985;
const MOST_THROTTLED_WITHOUT_WINDOW = 0.05;
const MOST_HELD = 0.05;
/** A gap of less than this share of the even one is bunched; where more than so many of them are, calls come in bursts. */
const BUNCHED_GAP = 0.75;
const BURSTS = 0.25;
const FAULTS = 'throttle=5%,error=2%';

const JOBS = [
  { rate: 1, rows: 120 },
  { rate: 20, rows: 600 },
  { rate: 50, rows: 1500 },
];
const asked = process.argv.slice(2).map(Number);
const jobs = JOBS.filter(({ rate }) => asked.length === 0 || asked.includes(rate));

printTitle('Pace: calls at the server, which refuses any sliding second over the rate');
await inBenchFolder(async (folder) => {
  const lines = [];
  for (const job of jobs) {
    const seen = {};
    for (const way of WAYS) {
      seen[way] = await measure(folder, job, (env) => callThrough(way, folder, job, env));
      lines.push(lineOf(way, job, seen[way]));
    }
    judge(job, seen);
  }
  const faulty = { rate: 50, rows: 200, faults: FAULTS };
  const program = await measure(folder, faulty, (env) => runProgram(folder, faulty, env));
  lines.push(lineOf('program, faults', faulty, program));
  printVerdict(
    `the program with ${FAULTS}: ${program.accepted} of ${faulty.rows} rows accepted, busiest second ${program.busiestSecond} (wanted: all, ≤ ${faulty.rate})`,
    program.accepted === faulty.rows && program.busiestSecond <= faulty.rate,
  );
  console.log();
  printTable([
    [
      '',
      'rate',
      'calls',
      'first to last',
      'of the quota',
      'throttled',
      'busiest second',
      'bunched',
      'held by the gate',
      'sent back',
    ],
    ...lines,
  ]);
});

function judge({ rate }, seen) {
  const [whole, noQueue, noWindow] = WAYS.map((way) => seen[way]);
  printVerdict(
    `${rate}/s as it is: ${whole.throttles} throttles, ${whole.used.toFixed(4)} of the quota, ${percent(whole.bunched)} bunched, the gate does ${percent(whole.heldShare)} of the waiting (wanted: 0, ≥ ${LEAST_USED}, ≤ ${percent(BURSTS)}, < ${percent(MOST_HELD)})`,
    whole.throttles === 0 &&
      whole.used >= LEAST_USED &&
      whole.busiestSecond <= rate &&
      whole.bunched <= BURSTS &&
      whole.heldShare < MOST_HELD,
  );
  const signs = [
    noQueue.bunched > BURSTS && 'bursts',
    noQueue.throttles > 0 && 'throttles',
    noQueue.used < LEAST_USED && 'lost quota',
  ].filter(Boolean);
  printVerdict(
    `${rate}/s without the queue: ${signs.join(', ') || 'nothing'} seen (wanted: bursts, throttles or lost quota)`,
    signs.length > 0,
  );
  const throttled = noWindow.throttles / noWindow.calls;
  printVerdict(
    `${rate}/s without the gate's window: ${percent(throttled)} throttled (wanted: ≤ ${percent(MOST_THROTTLED_WITHOUT_WINDOW)})`,
    throttled <= MOST_THROTTLED_WITHOUT_WINDOW,
  );
}

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
    const work = await run(emulator.env);
    return seenBy(await emulator.calls(), job, work);
  } finally {
    await emulator.close();
  }
}

async function runProgram(folder, { rows, rate }, env) {
  const output = join(folder, `${rows}-${rate}.results.csv`);
  const flags = `--catalog Sandbox --rate ${rate} --read-rate unlimited --restart --no-progress --json`;
  const run = await runNode(
    [MAIN, 'disassociate', join(folder, 'rows.csv'), '-o', output, ...flags.split(' ')],
    {
      ...env,
      XDG_STATE_HOME: join(folder, 'state'),
    },
  );
  const { counts } = JSON.parse(assertExit(run).stdout);
  if (counts.rows !== rows) throw new Error(`${counts.rows} of ${rows} rows are in the results.`);
  return undefined;
}

/** What the server has on record of the writes, by its own clock, and what the gate did for it. */
function seenBy(calls, { rate }, work) {
  const writes = calls.filter(({ operation }) => operation === 'DisassociateOpportunity');
  const accepted = writes.filter(({ exception }) => exception === undefined).map(({ atMs }) => atMs);
  const times = writes.map(({ atMs }) => atMs);
  const firstToLastMs = times.at(-1) - times[0];
  return {
    calls: writes.length,
    accepted: accepted.length,
    firstToLastMs,
    used: ((accepted.length - 1) * 1000) / rate / firstToLastMs,
    // Those that were injected are not the pace's doing.
    throttles: writes.filter(
      ({ exception, fault }) => exception === 'ThrottlingException' && fault === undefined,
    ).length,
    busiestSecond: mostInASecond(times),
    bunched: bunchedShare(times, 1000 / rate),
    heldShare: work && work.heldMs / firstToLastMs,
    sentBack: work?.sentBack,
  };
}

/** How many of the gaps between calls are much shorter than the even one. */
function bunchedShare(times, evenMs) {
  const gaps = times.slice(1).map((atMs, index) => atMs - times[index]);
  return gaps.filter((gapMs) => gapMs < evenMs * BUNCHED_GAP).length / gaps.length;
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

function lineOf(name, { rate }, seen) {
  const { calls, firstToLastMs, used, throttles, busiestSecond, bunched, heldShare, sentBack } = seen;
  const gate = heldShare === undefined ? ['-', '-'] : [percent(heldShare), sentBack];
  return [
    name,
    rate,
    calls,
    seconds(firstToLastMs),
    used.toFixed(4),
    throttles,
    busiestSecond,
    percent(bunched),
    ...gate,
  ];
}

function percent(share) {
  return `${(share * 100).toFixed(1)} %`;
}
