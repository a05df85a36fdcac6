// The main job on a sample, against the emulator inside the same process: nothing leaves this machine.
// npm run demo
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
rmSync('demo', { recursive: true, force: true });
mkdirSync('demo');

const words = [
  'disassociate',
  'samples/clean-up.csv',
  '--emulator-state',
  'samples/clean-up.state.csv',
  '--output',
  'demo/clean-up.results.csv',
  ...process.argv.slice(2),
];
process.stderr.write(`$ oppsweep ${words.join(' ')}\n\n`);
const { status } = spawnSync(process.execPath, [join('dist', 'main.js'), ...words], {
  stdio: 'inherit',
  // The commands it proposes can then be pasted here, where nothing is installed.
  env: { ...process.env, OPPSWEEP_CALLED_AS: 'node dist/main.js' },
});

// The sample has rows that are invalid on purpose, so the program itself ends with exit code 1.
if (status === 1) process.stderr.write('\n(Exit code 1, as meant: some of the sample’s rows are invalid on purpose.)\n');
process.exitCode = status === 1 ? 0 : (status ?? 2);
