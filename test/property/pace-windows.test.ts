import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { realDisk } from '../../src/disk/disk.ts';
import { thisMachine } from '../../src/disk/machine.ts';
import { openFileLedger } from '../../src/store/files/ledger/file-ledger.ts';
import { createGate, type Gate } from '../../src/pace/gate.ts';
import type { Ledger } from '../../src/pace/ledger.ts';
import { DAY_MS } from '../../src/model/quota/quota-day.ts';
import { createVirtualClock, type VirtualClock } from '../pace/virtual-clock.ts';

/**
 * What befalls a run before one of its calls. The clock is set back, and right again. A suspend befalls only a clock that
 * is right: while it is behind, setting it right can't be told from a longer suspend, and is believed.
 */
type Incident =
  | { readonly kind: 'none' | 'restart' | 'throttled' | 'set_right' }
  | { readonly kind: 'set_back' | 'suspend' | 'slow'; readonly ms: number };

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
    let { ledger, gate } = await this.#open();
    for (const next of incidents) {
      if (next.kind === 'restart') {
        await ledger.close();
        ({ ledger, gate } = await this.#open());
      }
      this.#befall(next, gate);
      this.#call(gate, next.kind === 'slow' ? next.ms : 0);
    }
    await ledger.close();
  }

  async #open(): Promise<{ readonly ledger: Ledger; readonly gate: Gate }> {
    const options = { folder: this.#folder, kind: 'writes', purpose: 'a test', capacity: 1000 } as const;
    const ledger = await openFileLedger(options, { disk: realDisk, machine: thisMachine, clock: this.clock });
    return { ledger, gate: createGate({ ...this.#limits, ledger, clock: this.clock, dice: () => 0 }) };
  }

  #befall(next: Incident, gate: Gate): void {
    if (next.kind === 'throttled') gate.noteAnswer('throttled');
    if (next.kind === 'suspend') {
      // A suspend under a clock that lies leaves nothing to tell its length by.
      this.#setBackBy(0);
      this.clock.suspend(next.ms);
    }
    if (next.kind === 'set_right') this.#setBackBy(0);
    if (next.kind === 'set_back') this.#setBackBy(next.ms);
    gate.admission();
  }

  #setBackBy(ms: number): void {
    this.clock.setWall(this.#setBackByMs - ms);
    this.#setBackByMs = ms;
  }

  #call(gate: Gate, noteTakesMs: number): void {
    this.#wait(() => gate.admission().delayMs);
    gate.admitted();
    this.clock.advance(noteTakesMs);
    this.#wait(() => gate.start().delayMs);
    gate.started();
    this.starts.push(this.clock.trueMs());
    gate.noteAnswer('accepted');
  }

  /** As the turnstile does, but for its longest sleep: minutes would make many steps of a day. */
  #wait(delayMs: () => number): void {
    for (let ms = delayMs(); ms > 0; ms = delayMs()) this.clock.advance(Math.min(Math.ceil(ms), HOUR_MS));
  }
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
          expect(account.starts).toHaveLength(incidents.length);
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
