import { writeSync } from 'node:fs';
import { createPace } from '../../../src/pace/pace.ts';
import { fileDay } from '../../store/days.ts';
import { realClock } from '../real-clock.ts';

// "Calls" as fast as the ledger goes, until it is killed: each call writes one byte to standard output.
const [stateHome = ''] = process.argv.slice(2);
const day = await fileDay(stateHome, realClock, 1_000_000);
const pace = createPace({
  callsPerSecond: 'unlimited',
  concurrency: 8,
  waitForQuota: true,
  calledBefore: false,
  clock: realClock,
  dice: Math.random,
});
const { signal } = new AbortController();

async function callOn(): Promise<never> {
  for (;;) {
    await pace.schedule({ count: day.take, call: async () => writeSync(1, '.'), priority: 'new', signal });
    await new Promise((resolve) => setImmediate(resolve));
  }
}
await Promise.all(Array.from({ length: 8 }, callOn));
