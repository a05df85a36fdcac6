import { join } from 'node:path';
import { realDisk } from '../build/disk/disk.js';
import { systemClock } from '../build/disk/system-clock.js';
import { createGate } from '../build/pace/gate.js';
import { memoryQuota } from '../build/store/memory/memory-quotas.js';
import { createPace, PACE_PARTS } from '../build/pace/pace.js';
import { writeJournal } from '../build/store/files/run-folder/journal-writer.js';
import { CONCURRENCY, connectTo } from './emulator-connection.mjs';
import { associationAt } from './write-rows.mjs';

/**
 * What of the pace is at work.
 *
 * @typedef {'as it is' | 'no queue' | 'no window'} Way
 */

/** @type {readonly Way[]} */
export const WAYS = ['as it is', 'no queue', 'no window'];

/**
 * @typedef {object} GateWork
 * @property {number} heldMs how long the window held calls up, all together
 * @property {number} sentBack calls that came too early to be held
 */

/**
 * Makes as many calls as there are rows to be accepted, one way, with a note on disk before each; what is throttled is
 * tried again, ahead of new rows.
 *
 * @param {Way} way
 * @param {string} folder
 * @param {{ rows: number, rate: number }} job
 * @param {Readonly<Record<string, string>>} env as `startEmulatorProcess` gives it
 * @returns {Promise<GateWork>}
 */
export async function callThrough(way, folder, { rows, rate }, env) {
  const { partnerCentral } = connectTo(env);
  const work = { heldMs: 0, sentBack: 0 };
  const pace = createPace(
    {
      callsPerSecond: rate,
      concurrency: CONCURRENCY,
      waitForQuota: true,
      calledBefore: false,
      clock: systemClock,
      dice: Math.random,
    },
    partsOf(way, work),
  );
  const file = await realDisk.openForAppend(join(folder, `${rate}-${WAYS.indexOf(way)}.jsonl`));
  const journal = writeJournal(file);
  const quota = memoryQuota(systemClock);
  const take = () => quota.takeWrite('unlimited');
  const { signal } = new AbortController();

  const settle = async (row) => {
    for (let tries = 0; ; tries += 1) {
      const answer = await pace.schedule({
        claim: async () => {
          await journal.append({ t: 'try', ordinal: row, row: row + 2, n: tries + 1, at: Date.now() });
          return take();
        },
        count: take,
        call: (leaves) =>
          partnerCentral.write(
            { operation: 'DisassociateOpportunity', association: associationAt(row) },
            signal,
            leaves,
          ),
        priority: tries === 0 ? 'new' : 'retry',
        signal,
      });
      const throttled = !answer.ok && answer.fault.kind === 'throttled';
      pace.noteAnswer(throttled ? 'throttled' : 'accepted');
      if (!throttled) return;
    }
  };
  let next = 0;
  const settleRows = async () => {
    while (next < rows) await settle(next++);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, settleRows));
  await pace.close();
  await journal.close();
  await partnerCentral.close();
  return work;
}

/** The parts that a way leaves in their place; the gate's work is added up in `work`. */
function partsOf(way, work) {
  return {
    openQueue: way === 'no queue' ? () => NO_QUEUE : PACE_PARTS.openQueue,
    createGate: (options) => {
      const gate = createGate(options);
      const windowDelayMs = () => {
        if (way === 'no window') return 0;
        const delayMs = gate.windowDelayMs();
        if (delayMs > gate.patienceMs() && gate.pauseDelayMs() <= 0) work.sentBack += 1;
        return delayMs;
      };
      const started = (heldMs) => {
        work.heldMs += heldMs;
        return gate.started(heldMs);
      };
      return { ...gate, windowDelayMs, started };
    },
  };
}

/** Every call's turn comes at once. */
const NO_QUEUE = {
  turn: async () => ({ end: () => {} }),
  space: () => {},
  close: () => {},
};
