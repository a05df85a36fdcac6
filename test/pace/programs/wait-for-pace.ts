import { createPace } from '../../../src/pace/pace.ts';
import { memoryDay } from '../../store/days.ts';
import { realClock } from '../real-clock.ts';

// Has jobs waiting for the rate, for a throttle's pause, or for the day to end; then says how they ended.
const [what = '', end = ''] = process.argv.slice(2);
const pace = createPace({
  callsPerSecond: what === 'rate' ? 5 : 'unlimited',
  concurrency: 2,
  waitForQuota: true,
  calledBefore: false,
  clock: realClock,
  dice: Math.random,
});
const day = memoryDay(realClock, what === 'quota' ? 1 : 'unlimited');
const { signal } = new AbortController();
if (what === 'throttle') pace.noteAnswer('throttled');

const jobs = Array.from({ length: 4 }, () =>
  pace.schedule({ claim: day.take, count: day.take, call: async () => undefined, priority: 'new', signal }),
);
if (end === 'close') {
  await jobs[0];
  void pace.close();
}
const ended = await Promise.allSettled(jobs);
process.stdout.write(`${ended.map((job) => job.status).join(' ')}\n`);
