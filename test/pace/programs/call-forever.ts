import { writeSync } from 'node:fs';
import { realDisk } from '../../../src/disk/disk.ts';
import { thisMachine } from '../../../src/disk/machine.ts';
import { openFileLedger } from '../../../src/store/files/ledger/file-ledger.ts';
import { createDayQuota } from '../../../src/pace/day-quota.ts';
import { createPace } from '../../../src/pace/pace.ts';
import { realClock } from '../real-clock.ts';

// "Calls" as fast as the ledger goes, until it is killed: each call writes one byte to standard output.
const [folder = ''] = process.argv.slice(2);
const ledger = await openFileLedger(
  { folder, kind: 'writes', purpose: 'a test', capacity: 1_000_000 },
  { disk: realDisk, machine: thisMachine, clock: realClock },
);
const pace = createPace({
  callsPerSecond: 'unlimited',
  concurrency: 8,
  waitForQuota: true,
  calledBefore: false,
  clock: realClock,
  dice: Math.random,
});
const day = createDayQuota(ledger, 1_000_000);
const { signal } = new AbortController();

async function callOn(): Promise<never> {
  for (;;) {
    await pace.schedule({ count: day.take, call: async () => writeSync(1, '.'), priority: 'new', signal });
    await new Promise((resolve) => setImmediate(resolve));
  }
}
await Promise.all(Array.from({ length: 8 }, callOn));
