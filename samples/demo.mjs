// The main job on a sample, against the emulator inside the same process: nothing leaves this machine. A few seconds at the real
// run's pace, a stop as by Ctrl-C, and the same command going on, as fast as it can.
// npm run demo
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SECONDS_AT_REAL_PACE = 8;
const INTERRUPTED = 130;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
mkdirSync('demo', { recursive: true });
// An earlier demo's own, and nothing else that may stand there.
for (const name of readdirSync('demo')) {
  if (name.startsWith('clean-up.')) rmSync(join('demo', name), { recursive: true });
}

const words = [
  'disassociate',
  'samples/clean-up.csv',
  '--emulator-state',
  'samples/clean-up.state.csv',
  '--output',
  'demo/clean-up.results.csv',
  ...process.argv.slice(2),
];
const say = (text) => process.stderr.write(`${text}\n`);

/** Runs the program to its end, or to a stop after some seconds; gives its exit code. */
function run(args, stopAfterSeconds) {
  say(`$ oppsweep ${args.join(' ')}\n`);
  const child = spawn(process.execPath, [join('dist', 'main.js'), ...args], {
    stdio: 'inherit',
    // The commands it proposes can then be pasted here, where nothing is installed.
    env: { ...process.env, OPPSWEEP_CALLED_AS: 'node dist/main.js' },
  });
  const timer = stopAfterSeconds && setTimeout(() => child.kill('SIGINT'), stopAfterSeconds * 1_000);
  return new Promise((resolve) => {
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve(code ?? 2);
    });
  });
}

let status = await run([...words, '--real-time'], SECONDS_AT_REAL_PACE);
if (status === INTERRUPTED) {
  say('\n(Stopped after a few seconds, as by Ctrl-C. The same command goes on; without --real-time as fast as it can.)\n');
  status = await run(words);
}

// The sample has rows that are invalid on purpose, so the program itself ends with exit code 1.
if (status === 1) say('\n(Exit code 1, as meant: some of the sample’s rows are invalid on purpose.)');
process.exitCode = status === 1 ? 0 : status;
