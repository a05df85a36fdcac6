// Signed calls a second beside the official SDK's client, and the whole program beside a simple loop over that client.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inBenchFolder } from './bench-folder.mjs';
import { CONCURRENCY } from './emulator-connection.mjs';
import { startEmulatorProcess } from './emulator-process.mjs';
import { perSecond, printTable, printTitle, seconds } from './print-figures.mjs';
import { assertExit, MAIN, runNode } from './run-node.mjs';
import { writeRows } from './write-rows.mjs';

const ROWS = 20_000;
const ROUNDS = 3;

printTitle(
  `Calls: ${ROWS.toLocaleString('en')} writes, ${CONCURRENCY} in flight, signatures checked, each in a process of its own, best of ${ROUNDS}`,
);
await inBenchFolder(async (folder) => {
  const input = join(folder, 'rows.csv');
  await writeRows(input, ROWS);
  const contenders = [
    ['calls, oppsweep connect()', () => [script('call-loop.mjs'), 'oppsweep', String(ROWS)]],
    ['calls, AWS SDK v3 client', () => [script('call-loop.mjs'), 'sdk', String(ROWS)]],
    ['whole job, oppsweep disassociate', () => oppsweepJob(input)],
    ['whole job, oppsweep --no-preflight', () => [...oppsweepJob(input), '--no-preflight']],
    ['whole job, loop over the SDK', () => [script('sdk-job.mjs'), input, join(folder, 'sdk.results.csv')]],
  ];
  const best = new Map();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, commandOf] of contenders) {
      const run = await measure(input, commandOf(), folder);
      if (run.wallMs < (best.get(name)?.wallMs ?? Infinity)) best.set(name, run);
    }
  }
  printTable([['', 'seconds', 'per second', 'CPU per row', 'peak RSS'], ...[...best].map(lineOf)]);
});

function script(name) {
  return fileURLToPath(new URL(name, import.meta.url));
}

function oppsweepJob(input) {
  const flags = '--catalog Sandbox --rate unlimited --read-rate unlimited --daily-quota unlimited';
  return [MAIN, 'disassociate', input, '--restart', '--no-progress', ...flags.split(' ')];
}

/** A fresh emulator each time: what was removed can't be removed again. */
async function measure(input, command, folder) {
  const emulator = await startEmulatorProcess(
    `--seed ${input} --rate unlimited --read-rate unlimited --daily-quota unlimited`,
  );
  try {
    const run = assertExit(await runNode(command, { ...emulator.env, XDG_STATE_HOME: folder }));
    const { changed } = (await emulator.counts()).operations.DisassociateOpportunity;
    if (changed !== ROWS) throw new Error(`The server removed ${changed} of ${ROWS} associations.`);
    // The bare loops tell how long their calls took: starting up is not their subject.
    return { ...run, wallMs: Number(run.stdout) || run.wallMs };
  } finally {
    await emulator.close();
  }
}

function lineOf([name, { wallMs, cpuMs, peakRssMb }]) {
  return [
    name,
    seconds(wallMs),
    perSecond(ROWS, wallMs),
    `${(cpuMs / ROWS).toFixed(3)} ms`,
    `${peakRssMb.toFixed(0)} MB`,
  ];
}
