// What the write-ahead journal, flushed to the disk, takes of the throughput at --rate unlimited.
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../build/disk/system-clock.js';
import { realDisk } from '../build/disk/disk.js';
import { openInput } from '../build/input/open-input.js';
import { fileSource } from '../build/input/bytes/read-file.js';
import { dayQuotas } from '../build/run/service/day-quotas.js';
import { memoryQuota } from '../build/store/memory/memory-quotas.js';
import { createPace } from '../build/pace/pace.js';
import { NO_PREFLIGHT } from '../build/calls/look/preflight.js';
import { writeJournal } from '../build/store/files/run-folder/journal-writer.js';
import { replayOutcomes } from '../build/store/replay-outcomes.js';
import { runRows } from '../build/run/rows/run-rows.js';
import { watchDenials } from '../build/calls/stop/denials.js';
import { createStopSwitch } from '../build/calls/stop/stop-switch.js';
import { watchHealth } from '../build/calls/stop/service-health.js';
import { inBenchFolder } from './bench-folder.mjs';
import { CONCURRENCY, connectTo } from './emulator-connection.mjs';
import { startEmulatorProcess } from './emulator-process.mjs';
import { perSecond, printTable, printTitle, printVerdict, seconds } from './print-figures.mjs';
import { writeRows } from './write-rows.mjs';

const ROWS = 10_000;
const ROUNDS = 5;
const MOST_SHARE = 0.25;
const JOB = {
  only: undefined,
  unsettled: new Map(),
  // As the command has it: rows whose notes are being flushed leave their place among the calls to others.
  slots: CONCURRENCY * 3,
  waiting: CONCURRENCY,
  limit: Infinity,
};
const OPTIONS = {
  operationOf: () => 'disassociate',
  mayDetachFirst: () => false,
  planOnly: false,
  preflight: false,
  protectLast: false,
  skipLocked: false,
  provenIds: false,
  maxFailures: { kind: 'percent', percent: 50 },
};

const UNLIMITED = {
  writesPerDay: 'unlimited',
  readsPerSecond: 'unlimited',
  readsPerDay: 'unlimited',
  reserve: 0,
};

printTitle(
  `Journal: ${ROWS.toLocaleString('en')} rows, ${CONCURRENCY} in flight, in turn, best of ${ROUNDS}`,
);
await inBenchFolder(async (folder) => {
  const input = join(folder, 'rows.csv');
  await writeRows(input, ROWS);
  let bestWithout = Infinity;
  let bestWith = Infinity;
  let journalBytes = 0;
  // The first round warms the code up and is not counted.
  for (let round = 0; round <= ROUNDS; round += 1) {
    const withoutMs = await timeRun(input, noJournal());
    const journal = await fileJournal(join(folder, `journal-${round}.jsonl`));
    const withMs = await timeRun(input, journal.writer);
    if (round === 0) continue;
    bestWithout = Math.min(bestWithout, withoutMs);
    bestWith = Math.min(bestWith, withMs);
    journalBytes = journal.bytes();
  }
  const share = 1 - bestWithout / bestWith;
  printVerdict(
    `the journal takes ${(share * 100).toFixed(1)}% of the throughput (wanted: < ${MOST_SHARE * 100}%)`,
    share < MOST_SHARE,
  );
  console.log();
  printTable([
    ['', 'seconds', 'rows/s', 'journal'],
    ['no journal', seconds(bestWithout), perSecond(ROWS, bestWithout), '-'],
    ['journal', seconds(bestWith), perSecond(ROWS, bestWith), `${(journalBytes / 2 ** 20).toFixed(1)} MB`],
  ]);
  console.log(
    `One 200-byte append with fdatasync on this disk, alone: ${(await flushMs(folder)).toFixed(3)} ms (median)`,
  );
});

/** From the first row's call to the last row's outcome, against an emulator of its own. */
async function timeRun(input, journal) {
  const emulator = await startEmulatorProcess(
    `--seed ${input} --rate unlimited --read-rate unlimited --daily-quota unlimited`,
  );
  const context = contextOf(emulator.env, journal, await dayQuotas(memoryQuota(systemClock), UNLIMITED));
  try {
    const { batches } = await openInput(fileSource(input), {});
    const startedMs = performance.now();
    const done = await countDone(runRows({ ...JOB, batches, recorded: replayOutcomes([]) }, context));
    const tookMs = performance.now() - startedMs;
    if (done !== ROWS) throw new Error(`${done} of ${ROWS} rows are disassociated.`);
    return tookMs;
  } finally {
    await journal.close();
    await Promise.all([context.writePace.close(), context.readPace.close()]);
    await context.partnerCentral.close();
    await emulator.close();
  }
}

async function countDone(settledRows) {
  let done = 0;
  for await (const { outcome } of settledRows) if (outcome.status === 'disassociated') done += 1;
  return done;
}

function contextOf(env, journal, days) {
  const stopSwitch = createStopSwitch();
  const health = watchHealth(systemClock, JOB.slots);
  return {
    options: OPTIONS,
    ...connectTo(env),
    writePace: unlimitedPace(),
    readPace: unlimitedPace(),
    ...days,
    journal: { ...journal, claim: (note) => claim(journal, days, note) },
    retryPolicy: { maxAttempts: 5, baseMs: 500, capMs: 20_000 },
    stopSwitch,
    health,
    denials: watchDenials(health, stopSwitch, JOB.slots),
    preflight: NO_PREFLIGHT,
    clock: systemClock,
    dice: Math.random,
  };
}

async function claim(journal, { writeDay }, note) {
  const place = await writeDay.take();
  if (place !== 'taken') return place;
  await journal.append(note);
  return 'noted';
}

function unlimitedPace() {
  return createPace({
    callsPerSecond: 'unlimited',
    concurrency: CONCURRENCY,
    waitForQuota: true,
    calledBefore: false,
    clock: systemClock,
    dice: Math.random,
  });
}

async function fileJournal(path) {
  const file = await realDisk.openForAppend(path);
  return { writer: writeJournal(file), bytes: () => file.size() };
}

function noJournal() {
  return { append: async () => {}, note: () => {}, close: async () => {} };
}

/** What the disk itself takes. */
async function flushMs(folder) {
  const file = await open(join(folder, 'flush'), 'a');
  const times = [];
  for (let n = 0; n < 200; n += 1) {
    const startedMs = performance.now();
    await file.write(Buffer.alloc(200));
    await file.datasync();
    times.push(performance.now() - startedMs);
  }
  await file.close();
  return times.toSorted((left, right) => left - right)[100];
}
