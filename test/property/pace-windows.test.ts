import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../../src/model/clock.ts';
import type { DayQuota } from '../../src/pace/day-quota.ts';
import { LONGEST_SLEEP_MS } from '../../src/pace/quota-rule.ts';
import { createPace, type Pace } from '../../src/pace/pace.ts';
import { DAY_MS } from '../../src/model/quota/quota-day.ts';
import { fileDay } from '../store/days.ts';
import { createVirtualClock, type VirtualClock } from '../pace/virtual-clock.ts';
import { VIRTUAL_PARTS } from '../pace/virtual-queue.ts';
import { settleDown } from '../run/settle-down.ts';

/**
 * What befalls a run before one of its calls. The clock is set back, and right again. A suspend befalls only a clock that
 * is right: while it is behind, setting it right can't be told from a longer suspend, and is believed.
 */
type Incident =
  | { readonly kind: 'none' | 'restart' | 'throttled' | 'set_right' }
  | { readonly kind: 'set_back' | 'suspend' | 'slow'; readonly ms: number };

interface Process {
  readonly pace: Pace;
  readonly day: DayQuota;
  readonly close: () => Promise<void>;
}

interface Limits {
  readonly callsPerSecond: number;
  readonly callsPerDay: number;
}

const HOUR_MS = 3_600_000;

const incident: fc.Arbitrary<Incident> = fc.oneof(
  { weight: 8, arbitrary: fc.constant({ kind: 'none' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('restart', 'throttled', 'set_right') }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('set_back', 'suspend', 'slow'),
      ms: fc.oneof(fc.nat({ max: 3000 }), fc.nat({ max: 40 * HOUR_MS })),
    }),
  },
);

const limits: fc.Arbitrary<Limits> = fc.record({
  callsPerSecond: fc.constantFrom(0.5, 1, 2.5, 10),
  callsPerDay: fc.integer({ min: 1, max: 30 }),
});

/** One run of the account after the other on one ledger; the true times at which calls started. */
class Account {
  readonly clock: VirtualClock = createVirtualClock();
  readonly starts: number[] = [];
  readonly #folder: string;
  readonly #limits: Limits;
  #setBackByMs = 0;

  constructor(folder: string, quota: Limits) {
    this.#folder = folder;
    this.#limits = quota;
  }

  async makeCalls(incidents: readonly Incident[]): Promise<void> {
    let process = await this.#open();
    for (const next of incidents) {
      if (next.kind === 'restart') {
        await process.close();
        process = await this.#open();
      }
      // It befalls a call that was claimed as much as one that will be.
      const calling = this.#call(process, next.kind === 'slow' ? next.ms : 0);
      await settleDown();
      this.#befall(next, process.pace);
      await this.clock.run(Promise.all([calling, this.#call(process, 0)]));
    }
    await process.close();
  }

  async #open(): Promise<Process> {
    const { clock } = this;
    const { callsPerSecond, callsPerDay } = this.#limits;
    const day = await fileDay(this.#folder, clock, callsPerDay);
    const paceLimits = {
      callsPerSecond,
      concurrency: 16,
      waitForQuota: true,
      calledBefore: day.usage().times.length > 0,
    };
    const pace = createPace({ ...paceLimits, clock: inLongSteps(clock), dice: () => 0 }, VIRTUAL_PARTS);
    const close = async (): Promise<void> => {
      await pace.close();
      await day.close();
    };
    return { pace, day, close };
  }

  #befall(next: Incident, pace: Pace): void {
    if (next.kind === 'throttled') pace.noteAnswer('throttled');
    if (next.kind === 'suspend') {
      // A suspend under a clock that lies leaves nothing to tell its length by.
      this.#setBackBy(0);
      this.clock.suspend(next.ms);
    }
    if (next.kind === 'set_right') this.#setBackBy(0);
    if (next.kind === 'set_back') this.#setBackBy(next.ms);
  }

  #setBackBy(ms: number): void {
    this.clock.setWall(this.#setBackByMs - ms);
    this.#setBackByMs = ms;
  }

  #call({ pace, day }: Process, noteTakesMs: number): Promise<void> {
    const claim = async (): ReturnType<DayQuota['take']> => {
      const place = await day.take();
      if (place === 'taken' && noteTakesMs > 0) await this.clock.sleep(noteTakesMs);
      return place;
    };
    const call = async (): Promise<void> => {
      this.starts.push(this.clock.trueMs());
      pace.noteAnswer('accepted');
    };
    const { signal } = new AbortController();
    return pace.schedule({ claim, count: day.take, call, priority: 'new', signal });
  }
}

/** A minute at a time would make many steps of a day. */
function inLongSteps(clock: VirtualClock): Clock {
  return {
    ...clock,
    sleep: (ms, signal) => clock.sleep(ms === LONGEST_SLEEP_MS ? HOUR_MS : ms, signal),
  };
}

/** The shortest time in which `calls` + 1 calls started. */
function tightest(starts: readonly number[], calls: number): number {
  const spans = starts.map((start, index) => (starts[index + calls] ?? Number.POSITIVE_INFINITY) - start);
  return Math.min(...spans);
}

describe('the gate and the ledger', () => {
  it('pass no window of true time, whatever happens to clocks, machine and process', async () => {
    await fc.assert(
      fc.asyncProperty(
        limits,
        fc.array(incident, { minLength: 10, maxLength: 80 }),
        async (quota, incidents) => {
          const folder = await mkdtemp(join(tmpdir(), 'oppsweep-windows-'));
          const account = new Account(folder, quota);
          await account.makeCalls(incidents);
          const perWindow = Math.max(1, Math.floor(quota.callsPerSecond));
          expect(account.starts).toHaveLength(2 * incidents.length);
          expect(tightest(account.starts, perWindow)).toBeGreaterThanOrEqual(
            (1000 * perWindow) / quota.callsPerSecond,
          );
          expect(tightest(account.starts, quota.callsPerDay)).toBeGreaterThanOrEqual(DAY_MS);
        },
      ),
      { numRuns: 150 },
    );
  });
});
