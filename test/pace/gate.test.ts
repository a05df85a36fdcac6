import { describe, expect, it } from 'vitest';
import { createGate, type Gate, type GateOptions } from '../../src/pace/gate.ts';
import { createMemoryLedger, type Ledger } from '../../src/pace/ledger.ts';
import { QUOTA_DAY_MS } from '../../src/model/quota/quota-day.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';

interface Scene {
  readonly clock: VirtualClock;
  readonly ledger: Ledger;
  readonly gate: Gate;
}

function scene(limits: Partial<GateOptions> = {}): Scene {
  const clock = createVirtualClock();
  const ledger = createMemoryLedger(clock);
  const gate = createGate({
    callsPerSecond: 1,
    callsPerDay: 10_000,
    ledger,
    clock,
    dice: () => 0,
    ...limits,
  });
  return { clock, ledger, gate };
}

/** Makes calls as soon as they may go; at what true times they went. */
function makeCalls({ gate, clock }: Scene, count: number): readonly number[] {
  return Array.from({ length: count }, () => {
    clock.advance(Math.max(0, gate.admission().delayMs));
    gate.admitted();
    clock.advance(Math.max(0, gate.start().delayMs));
    gate.started();
    return clock.trueMs();
  });
}

describe('createGate', () => {
  it('lets the first call of an unused account go at once', () => {
    const { gate } = scene();
    expect(gate.admission().delayMs).toBeLessThanOrEqual(0);
    expect(gate.start().delayMs).toBeLessThanOrEqual(0);
  });

  it('lets one window pass first where calls were made before this process', () => {
    const { clock, ledger } = scene();
    ledger.record();
    clock.advance(3_600_000);
    const gate = createGate({ callsPerSecond: 1, callsPerDay: 10, ledger, clock, dice: () => 0 });
    expect(gate.start()).toMatchObject({ why: 'rate' });
    expect(gate.start().delayMs).toBeGreaterThan(1000);
  });

  it('spaces calls by a second and a margin that shrinks with accepted calls', () => {
    const here = scene();
    const [first = 0, second = 0] = makeCalls(here, 2);
    expect(second - first).toBeGreaterThan(1010);
    for (let call = 0; call < 100; call++) here.gate.noteAnswer('accepted');
    const [before = 0, after = 0] = makeCalls(here, 2);
    expect(after - before).toBe(1003);
  });

  it('admits a day’s quota, and the next call when the first is a day old', () => {
    const here = scene({ callsPerDay: 5 });
    const [first = 0] = makeCalls(here, 5);
    makeCalls(here, 1);
    expect(here.clock.trueMs() - first).toBeGreaterThanOrEqual(QUOTA_DAY_MS);
    expect(here.clock.trueMs() - first).toBeLessThan(QUOTA_DAY_MS + 1);
  });

  it('sets a place in the daily quota aside for each call that is admitted', () => {
    const { gate } = scene({ callsPerDay: 2, callsPerSecond: 'unlimited' });
    gate.admitted();
    gate.admitted();
    expect(gate.admission()).toEqual({ delayMs: QUOTA_DAY_MS, why: 'daily_quota' });
    gate.withdrawn();
    expect(gate.admission().delayMs).toBeLessThanOrEqual(0);
  });

  it('admits few calls ahead of those that start, so that few notes stand open', () => {
    const { gate } = scene();
    gate.admitted();
    gate.admitted();
    expect(gate.admission()).toMatchObject({ why: 'rate' });
    expect(gate.admission().delayMs).toBeGreaterThan(0);
  });

  it('pauses admission and start after a throttle', () => {
    const { clock, gate } = scene();
    gate.admitted();
    gate.noteAnswer('throttled');
    expect(gate.admission()).toMatchObject({ why: 'throttled' });
    expect(gate.start()).toMatchObject({ why: 'throttled' });
    clock.advance(gate.start().delayMs);
    expect(gate.start().delayMs).toBeLessThanOrEqual(0);
  });

  it('slows down after throttles', () => {
    const { gate } = scene();
    const before = gate.state().window.windowMs;
    gate.noteAnswer('throttled');
    expect(gate.state().window.windowMs).toBeGreaterThan(before);
  });

  it('does not count on a call whose note in the ledger failed', () => {
    const here = scene({ callsPerDay: 1 });
    const full: Ledger = {
      ...here.ledger,
      times: here.ledger.times,
      record: () => {
        throw new Error('disk full');
      },
    };
    const gate = createGate({
      callsPerSecond: 1,
      callsPerDay: 1,
      ledger: full,
      clock: here.clock,
      dice: () => 0,
    });
    gate.admitted();
    expect(() => gate.started()).toThrow('disk full');
    gate.withdrawn();
    expect(gate.admission().delayMs).toBeLessThanOrEqual(0);
  });
});
