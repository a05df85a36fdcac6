// The time of `check`, which reads, cleans, validates and finds duplicates, beside csv-parse alone with the same options on the
// same file.
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inBenchFolder } from './bench-folder.mjs';
import { perSecond, printTable, printTitle, printVerdict, seconds } from './print-figures.mjs';
import { assertExit, MAIN, runNode } from './run-node.mjs';
import { writeRows } from './write-rows.mjs';

const ROWS = 1_000_000;
const ROUNDS = 3;
const MOST_TIMES = 2.5;
const MOST_MB = 250;
const CSV_PARSE_ALONE = fileURLToPath(new URL('csv-parse-alone.mjs', import.meta.url));

printTitle(
  `check and csv-parse alone, ${ROWS.toLocaleString('en')} rows, whole processes in turn, best of ${ROUNDS}`,
);
await inBenchFolder(async (folder) => {
  const lines = [];
  for (const [columns, quoted] of [
    [3, false],
    [3, true],
    [20, false],
  ]) {
    lines.push(...(await compare(join(folder, 'people.csv'), columns, quoted)));
  }
  console.log();
  printTable([['', 'columns', 'input', 'seconds', 'CPU', 'rows/s', 'MB/s', 'peak RSS'], ...lines]);
});

async function compare(input, columns, quoted) {
  await writeRows(input, ROWS, columns, quoted);
  const shape = `${columns}${quoted ? ' quoted' : ''}`;
  const { size } = await stat(input);
  let ours;
  let alone;
  for (let round = 0; round < ROUNDS; round += 1) {
    alone = faster(alone, await csvParseAlone(input));
    ours = faster(ours, await check(input));
  }
  const times = ours.wallMs / alone.wallMs;
  // What a busy machine does to one of the two, CPU time does not show.
  const ofCpu = ours.cpuMs / alone.cpuMs;
  printVerdict(
    `${shape} columns: ${times.toFixed(2)} × the time of csv-parse alone (by CPU time ${ofCpu.toFixed(2)}), ${ours.peakRssMb.toFixed(0)} MB (wanted: ≤ ${MOST_TIMES}, < ${MOST_MB})`,
    times <= MOST_TIMES && ours.peakRssMb < MOST_MB,
  );
  return [lineOf('csv-parse alone', shape, size, alone), lineOf('oppsweep check', shape, size, ours)];
}

async function csvParseAlone(input) {
  const run = assertExit(await runNode([CSV_PARSE_ALONE, input]));
  assertRows(Number(run.stdout) - 1);
  return run;
}

async function check(input) {
  const run = assertExit(await runNode([MAIN, 'check', input, '--json']));
  assertRows(JSON.parse(run.stdout).counts.valid);
  return run;
}

function assertRows(rows) {
  if (rows !== ROWS) throw new Error(`${rows} of ${ROWS} rows were read.`);
}

function faster(best, run) {
  return best === undefined || run.wallMs < best.wallMs ? run : best;
}

function lineOf(name, shape, bytes, { wallMs, cpuMs, peakRssMb }) {
  const megabytes = bytes / 2 ** 20;
  const speed = (megabytes / (wallMs / 1000)).toFixed(1);
  return [
    name,
    shape,
    `${megabytes.toFixed(0)} MB`,
    seconds(wallMs),
    seconds(cpuMs),
    perSecond(ROWS, wallMs),
    speed,
    `${peakRssMb.toFixed(0)} MB`,
  ];
}
