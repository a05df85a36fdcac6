// The main job on a sample, against the emulator inside the same process: nothing leaves this machine. A few seconds at the real
// run's pace, a stop as by Ctrl-C, and the same command going on, as fast as it can.
// npm run demo, or from an installed package: node "$(npm root --global)/oppsweep/samples/demo.mjs"
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const SECONDS_AT_REAL_PACE = 8;
const INTERRUPTED = 130;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const here = (path) => relative('', join(root, path));
const say = (text) => process.stderr.write(`${text}\n`);
try {
  mkdirSync('demo', { recursive: true });
} catch (error) {
  say(`The results go to the folder demo of this one, and it can't be made: ${error.message}.`);
  process.exit(2);
}
// An earlier demo's own, and nothing else that may stand there.
for (const name of readdirSync('demo')) {
  if (name.startsWith('clean-up.')) rmSync(join('demo', name), { recursive: true });
}

const words = [
  'disassociate',
  here('samples/clean-up.csv'),
  '--emulator-state',
  here('samples/clean-up.state.csv'),
  '--output',
  'demo/clean-up.results.csv',
  ...process.argv.slice(2),
];
// The commands that it proposes can be pasted here, where the package is not installed, too.
const installed = root.split(sep).includes('node_modules');
const env = installed ? process.env : { ...process.env, OPPSWEEP_CALLED_AS: `node ${here('dist/main.cjs')}` };

/** Runs the program to its end, or to a stop after some seconds; gives its exit code. */
function run(args, stopAfterSeconds) {
  say(`$ oppsweep ${args.join(' ')}\n`);
  const child = spawn(process.execPath, [join(root, 'dist', 'main.cjs'), ...args], { stdio: 'inherit', env });
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
