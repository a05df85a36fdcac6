// `check`, which reads, cleans, validates and finds duplicates, beside csv-parse alone with the same options on the same file.
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { megabytes, medianOf, perSecond, seconds, tableOf, verdictOf } from './print-figures.mjs';
import { assertExit, MAIN, runNode } from './run-process.mjs';
import { writeRows } from './write-rows.mjs';

const ROWS = 1_000_000;
const MOST_TIMES = 2.5;
const MOST_MB = 250;
const CSV_PARSE_ALONE = fileURLToPath(new URL('peers/csv-parse-alone.mjs', import.meta.url));
const SHAPES = [
  { columns: 3, quoted: false },
  { columns: 3, quoted: true },
  { columns: 20, quoted: false },
];

/** @type {import('./bench.mjs').Section} */
export async function benchCheck({ folder, rounds, shrink }) {
  const rows = ROWS / shrink;
  const compared = [];
  for (const shape of SHAPES) compared.push(await compare(join(folder, 'people.csv'), rows, rounds, shape));
  return {
    title: `check and csv-parse alone, ${rows.toLocaleString('en')} rows, medians of ${rounds} rounds in turn`,
    table: tableOf([
      ['', 'columns', 'input', 'seconds', 'CPU', 'rows/s', 'peak RSS', 'CPU × csv-parse'],
      ...compared.flatMap(({ lines }) => lines),
    ]),
    verdicts: compared.map(({ verdict }) => verdict),
  };
}

async function compare(input, rows, rounds, { columns, quoted }) {
  await writeRows(input, rows, columns, quoted);
  const shape = `${columns}${quoted ? ', quoted' : ''}`;
  const size = `${((await stat(input)).size / 2 ** 20).toFixed(0)} MB`;
  const runs = [];
  for (let round = 0; round < rounds; round += 1) {
    runs.push({ alone: await csvParseAlone(input, rows), ours: await check(input, rows) });
  }
  // What a busy machine does to one of the two, CPU time does not show.
  const times = medianOf(runs.map(({ ours, alone }) => ours.cpuMs / alone.cpuMs));
  const mb = medianOf(runs.map(({ ours }) => ours.peakRssMb));
  const lineOf = (name, of, ratio) => {
    const median = (member) => medianOf(runs.map((run) => of(run)[member]));
    const wallMs = median('wallMs');
    const cells = [seconds(wallMs), seconds(median('cpuMs')), perSecond(rows, wallMs)];
    return [name, shape, size, ...cells, megabytes(median('peakRssMb')), ratio];
  };
  return {
    lines: [
      lineOf('csv-parse alone', ({ alone }) => alone, '1.00'),
      lineOf('oppsweep check', ({ ours }) => ours, times.toFixed(2)),
    ],
    verdict: verdictOf(
      `check, ${shape} columns: ${times.toFixed(2)} × the CPU time of csv-parse alone, ${megabytes(mb)} (wanted: ≤ ${MOST_TIMES}, < ${MOST_MB} MB)`,
      times <= MOST_TIMES && mb < MOST_MB,
    ),
  };
}

async function csvParseAlone(input, rows) {
  const run = assertExit(await runNode([CSV_PARSE_ALONE, input]));
  assertRows(Number(run.stdout) - 1, rows);
  return run;
}

async function check(input, rows) {
  const run = assertExit(await runNode([MAIN, 'check', input, '--json']));
  assertRows(JSON.parse(run.stdout).counts.valid, rows);
  return run;
}

function assertRows(read, rows) {
  if (read !== rows) throw new Error(`${read} of ${rows} rows were read.`);
}
