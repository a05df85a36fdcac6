// What a command costs before it does anything: small ones, beside Node doing nothing, in turn.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { medianOf, tableOf, verdictOf } from './print-figures.mjs';
import { assertExit, MAIN, runOther } from './run-process.mjs';
import { writeRows } from './write-rows.mjs';

/** A start takes a tenth of a second: a median of few would tell nothing. */
const ROUNDS = 15;
const REHEARSAL = ['--emulator', '--restart', '--no-progress'];

/** `most`: how many times as long as Node's own start it may take. */
const STARTS = [
  { name: 'node -e 0', args: () => ['-e', '0'] },
  { name: '--version', args: () => [MAIN, '--version'], most: 1.5 },
  { name: '--help', args: () => [MAIN, '--help'], most: 2 },
  { name: 'status of a finished row', args: ({ one }) => [MAIN, 'status', resultsOf(one)], most: 2 },
  { name: 'check, ten rows', args: ({ ten }) => [MAIN, 'check', ten], most: 2.5 },
  { name: 'a row on the emulator', args: ({ one }) => [MAIN, 'disassociate', one, ...REHEARSAL], most: 5 },
];

/** @type {import('./bench.mjs').Section} */
export async function benchStart({ folder, shrink }) {
  const files = { one: join(folder, 'one.csv'), ten: join(folder, 'ten.csv') };
  await writeRows(files.one, 1);
  await writeRows(files.ten, 10);
  const home = join(folder, 'home');
  await mkdir(home);
  const start = async ({ args }) => {
    const command = [process.execPath, ...args(files)];
    return assertExit(await runOther(command, { HOME: home, XDG_STATE_HOME: home }));
  };
  await start(STARTS.at(-1));
  const runs = STARTS.map(() => []);
  for (let round = 0; round < (shrink > 1 ? 1 : ROUNDS); round += 1) {
    for (const [index, one] of STARTS.entries()) runs[index].push(await start(one));
  }
  const figures = runs.map((own) => ({
    wallMs: medianOf(own.map(({ wallMs }) => wallMs)),
    cpuMs: own.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / own.length,
  }));
  const [node] = figures;
  return {
    title: `What a start costs: medians of ${ROUNDS} rounds in turn, CPU time as a mean`,
    table: tableOf([
      ['', 'seconds', '× node -e 0', 'CPU', 'CPU × node -e 0'],
      ...STARTS.map(({ name }, index) => lineOf(name, figures[index], node)),
    ]),
    verdicts: STARTS.flatMap(({ name, most }, index) => {
      if (most === undefined) return [];
      const times = figures[index].wallMs / node.wallMs;
      return [verdictOf(`${name}: ${times.toFixed(2)} × node -e 0 (wanted: ≤ ${most})`, times <= most)];
    }),
  };
}

function lineOf(name, { wallMs, cpuMs }, node) {
  const [seconds, cpu] = [wallMs, cpuMs].map((ms) => `${(ms / 1000).toFixed(3)} s`);
  return [name, seconds, (wallMs / node.wallMs).toFixed(2), cpu, (cpuMs / node.cpuMs).toFixed(2)];
}

function resultsOf(input) {
  return input.replace(/\.csv$/, '.results.csv');
}
