// The most memory a run holds, whatever the length of its input.
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { inBenchFolder } from './bench-folder.mjs';
import { startEmulatorProcess } from './emulator-process.mjs';
import { perSecond, printTable, printTitle, printVerdict, seconds } from './print-figures.mjs';
import { assertExit, MAIN, runNode } from './run-node.mjs';
import { writeRows } from './write-rows.mjs';

const MOST_MB = 300;
const CHECKED_ROWS = [100_000, 1_000_000];
const SENT_ROWS = [20_000, 200_000];

printTitle('Memory: peak RSS of the built program (VmHWM), the emulator in a process of its own');
await inBenchFolder(async (folder) => {
  const lines = [];
  for (const rows of CHECKED_ROWS) lines.push(lineOf('check', rows, await check(folder, rows)));
  for (const rows of SENT_ROWS) lines.push(lineOf('disassociate', rows, await disassociate(folder, rows)));
  console.log();
  printTable([['', 'rows', 'input', 'peak RSS', 'seconds', 'CPU', 'rows/s'], ...lines]);
});

async function check(folder, rows) {
  const input = join(folder, 'check.csv');
  await writeRows(input, rows);
  const run = assertExit(await runNode([MAIN, 'check', input, '--json']));
  const { counts } = JSON.parse(run.stdout);
  if (counts.valid !== rows) throw new Error(`${counts.valid} of ${rows} rows are valid.`);
  return { ...run, inputBytes: (await stat(input)).size };
}

async function disassociate(folder, rows) {
  const input = join(folder, 'send.csv');
  await writeRows(input, rows);
  const emulator = await startEmulatorProcess(
    `--seed ${input} --rate unlimited --read-rate unlimited --daily-quota unlimited`,
  );
  try {
    const run = assertExit(await runNode(commandOf(input), { ...emulator.env, XDG_STATE_HOME: folder }));
    const { counts } = JSON.parse(run.stdout);
    const { changed } = (await emulator.counts()).operations.DisassociateOpportunity;
    if (counts.byStatus.disassociated !== rows || changed !== rows) {
      throw new Error(
        `${counts.byStatus.disassociated} of ${rows} rows are disassociated; the server saw ${changed}.`,
      );
    }
    return { ...run, inputBytes: (await stat(input)).size };
  } finally {
    await emulator.close();
  }
}

function commandOf(input) {
  const flags = '--catalog Sandbox --rate unlimited --read-rate unlimited --daily-quota unlimited';
  return [MAIN, 'disassociate', input, '--restart', '--no-progress', '--json', ...flags.split(' ')];
}

function lineOf(command, rows, { inputBytes, peakRssMb, wallMs, cpuMs }) {
  const peak = `${peakRssMb.toFixed(0)} MB`;
  printVerdict(
    `${command}, ${rows.toLocaleString('en')} rows: ${peak} (wanted: < ${MOST_MB})`,
    peakRssMb < MOST_MB,
  );
  const size = `${(inputBytes / 2 ** 20).toFixed(0)} MB`;
  return [
    command,
    rows.toLocaleString('en'),
    size,
    peak,
    seconds(wallMs),
    seconds(cpuMs),
    perSecond(rows, wallMs),
  ];
}
