// What each command costs as its file grows: a straight line in time, and memory that stays flat.
import { join } from 'node:path';
import { megabytes, seconds, tableOf, verdictOf } from './print-figures.mjs';
import { assertExit, MAIN, runNode } from './run-process.mjs';
import { withServer } from './server-process.mjs';
import { writeRows } from './write-rows.mjs';

const STEPS = [1_000, 10_000, 100_000, 1_000_000];
/** Of CPU time a row, the last step beside the one before: more is not a straight line. */
const MOST_GROWTH = 1.25;
const MOST_MB = 300;
/** Rows that a resume is left to do. */
const LEFT = 10;
const PACE = '--catalog Sandbox --read-rate unlimited --no-progress';
const WRITE_PACE = `${PACE} --rate unlimited --daily-quota unlimited --concurrency 32 --read-lag 0`;

/** Each is run on what the one before it left. `exitCode`: what is due. */
const COMMANDS = [
  { name: 'check', args: ({ input }) => ['check', input, '--json'] },
  { name: 'plan', args: ({ input, plan }) => ['plan', input, '-o', plan, ...words(WRITE_PACE)], exitCode: 0 },
  { name: 'export', args: ({ exported }) => ['export', '-o', exported, ...words(PACE)] },
  {
    name: 'disassociate',
    args: ({ rows, ...paths }) => [...runArgs(paths), '--limit', String(rows - LEFT)],
    exitCode: 3,
  },
  { name: 'status', args: ({ output }) => ['status', output, '--json'], exitCode: 3 },
  { name: 'resume', args: runArgs },
  { name: 'report', args: ({ output }) => ['report', output] },
];

/** @type {import('./bench.mjs').Section} */
export async function benchScale({ folder, shrink }) {
  const steps = shrink > 1 ? [1_000] : STEPS;
  const costs = new Map(COMMANDS.map(({ name }) => [name, []]));
  for (const rows of steps) {
    const paths = pathsFor(folder, rows);
    await writeRows(paths.input, rows);
    await withServer({ opportunities: Math.ceil(rows / 3) }, async ({ env, counts }) => {
      for (const command of COMMANDS) {
        const run = await runNode([MAIN, ...command.args(paths)], { ...env, XDG_STATE_HOME: folder });
        costs.get(command.name).push(assertExit(run, command.exitCode ?? 0));
      }
      const { writes } = await counts();
      if (writes !== rows) throw new Error(`The server was asked for ${writes} of ${rows} changes.`);
    });
  }
  const header = ['', ...steps.flatMap((rows) => [`${rows.toLocaleString('en')} rows`, 'CPU', 'peak RSS'])];
  return {
    title: `Scale: seconds, CPU time and memory of whole processes; ${LEFT} rows are left to the resume`,
    table: tableOf([header, ...[...costs].map(lineOf)]),
    verdicts: steps.length < 2 ? [] : [...costs].map((cost) => verdict(cost, steps)),
  };
}

function runArgs({ input, output }) {
  return ['disassociate', input, '-o', output, '--no-preflight', ...words(WRITE_PACE)];
}

function words(line) {
  return line.split(' ');
}

function pathsFor(folder, rows) {
  const path = (name) => join(folder, `${rows}.${name}.csv`);
  return {
    rows,
    input: path('rows'),
    plan: path('plan'),
    exported: path('export'),
    output: path('results'),
  };
}

function lineOf([name, runs]) {
  return [
    name,
    ...runs.flatMap(({ wallMs, cpuMs, peakRssMb }) => [
      seconds(wallMs),
      seconds(cpuMs),
      megabytes(peakRssMb),
    ]),
  ];
}

/** Between the last three steps: what a process costs to start is left out. */
function verdict([name, runs], steps) {
  const [first, middle, last] = runs.slice(-3);
  const [firstRows, middleRows, lastRows] = steps.slice(-3);
  const before = (middle.cpuMs - first.cpuMs) / (middleRows - firstRows);
  const after = (last.cpuMs - middle.cpuMs) / (lastRows - middleRows);
  return verdictOf(
    `${name}: ${(after * 1000).toFixed(1)} µs of CPU for each row more, ${(before * 1000).toFixed(1)} at the step before; ${megabytes(last.peakRssMb)} (wanted: ≤ ${MOST_GROWTH} ×, < ${MOST_MB} MB)`,
    after <= before * MOST_GROWTH && last.peakRssMb < MOST_MB,
  );
}
