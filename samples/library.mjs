// The library: the sample's rows as they are settled, then their counts. Nothing leaves this machine.
// npm run build && node samples/library.mjs
import { mkdirSync, rmSync } from 'node:fs';
import { sweep } from 'oppsweep';

rmSync('demo', { recursive: true, force: true });
mkdirSync('demo');

const run = sweep('samples/clean-up.csv', {
  catalog: 'Sandbox',
  emulator: true,
  emulatorState: 'samples/clean-up.state.csv',
  rate: 'unlimited',
  output: 'demo/library.results.csv',
});
for await (const { row, outcome } of run) {
  if (outcome.status === 'failed') console.log(row.row, outcome.fault.exception);
}
console.log((await run.summary).counts.byStatus);
