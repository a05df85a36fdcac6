// The library: the sample's rows as they are settled, then their counts. Nothing leaves this machine, and what is written stands
// in a new temporary folder.
// npm run build && node samples/library.mjs
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sweep } from 'oppsweep';

const samples = import.meta.dirname;
const output = join(mkdtempSync(join(tmpdir(), 'oppsweep-')), 'library.results.csv');

const run = sweep(join(samples, 'clean-up.csv'), {
  catalog: 'Sandbox',
  emulator: true,
  emulatorState: join(samples, 'clean-up.state.csv'),
  rate: 'unlimited',
  output,
});
for await (const { row, outcome } of run) {
  if (outcome.status === 'failed') console.log(row.row, outcome.fault.exception);
}
console.log((await run.summary).counts.byStatus);
console.log(`Results: ${output}`);
