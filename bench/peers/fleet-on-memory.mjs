// A worker whose runs and quotas are kept in memory, and whose queue is a list: what `oppsweep worker` does, without a store. It is
// given the accounts, the fleet's options and how many runs it works at; SIGTERM ends it.
import { readFileSync } from 'node:fs';
import { spareMemory } from '../../build/cli/commands/fleet/spare-memory.js';
import { thisMachine } from '../../build/disk/machine.js';
import { systemClock } from '../../build/disk/system-clock.js';
import { coarseClock } from '../../build/fleet/coarse-clock.js';
import { startSlice } from '../../build/fleet/run-slice.js';
import { work } from '../../build/fleet/work.js';
import { shareDispatchers } from '../../build/partner-central/access/shared-dispatchers.js';
import { memoryQuotas } from '../../build/store/memory/memory-quotas.js';
import { memoryRuns } from '../../build/store/memory/memory-runs.js';

spareMemory();
const [given, runs] = process.argv.slice(2);
const { accounts, options } = JSON.parse(readFileSync(given, 'utf8'));

const waiting = accounts.map(({ account, roleArn, file }) => ({
  id: account,
  run: { fleet: 'bench', options, account, roleArn, inputName: file, rows: 0, rowsToRun: 0, state: 'queued' },
  input: async function* () {
    yield readFileSync(file);
  },
}));
const fleets = {
  take: async (most) => waiting.splice(0, most),
  beat: async () => [],
  settle: async (slice, after) => {
    if (after.stop !== undefined) console.error(slice.id, after);
    if (after.kind === 'again') setTimeout(() => waiting.push(slice), after.inMs);
  },
  waiting: async () => waiting.length,
};

const context = {
  runs: memoryRuns(systemClock),
  quotas: memoryQuotas(systemClock),
  clock: coarseClock(systemClock),
  dice: Math.random,
  machine: thisMachine,
  env: process.env,
  version: 'bench',
  shared: shareDispatchers(),
};
const over = new AbortController();
process.once('SIGTERM', () => over.abort());
await work(
  { runs: Number(runs), drain: false },
  {
    fleets,
    clock: systemClock,
    start: (slice) => startSlice(slice, context),
    events: { began: () => undefined, ended: () => undefined },
    signal: over.signal,
  },
);
