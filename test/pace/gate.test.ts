import { describe, expect, it } from 'vitest';
import { createGate, type Gate, type GateOptions } from '../../src/pace/gate.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';

interface Scene {
  readonly clock: VirtualClock;
  readonly gate: Gate;
}

function scene(change: Partial<GateOptions> = {}): Scene {
  const clock = createVirtualClock();
  const gate = createGate({
    callsPerSecond: 1,
    concurrency: 16,
    calledBefore: false,
    clock,
    dice: () => 0,
    ...change,
  });
  return { clock, gate };
}

/** Makes calls as soon as they may go; at what true times they went. */
function makeCalls({ gate, clock }: Scene, count: number): readonly number[] {
  return Array.from({ length: count }, () => {
    clock.advance(Math.max(0, gate.windowDelayMs(), gate.pauseDelayMs()));
    gate.started(0);
    return clock.trueMs();
  });
}

describe('createGate', () => {
  it('lets the first call of an unused account go at once', () => {
    const { gate } = scene();
    expect([gate.windowDelayMs() <= 0, gate.pauseDelayMs() <= 0, gate.claimDelayMs(0) <= 0]).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('lets one window pass first where calls were made before this process', () => {
    const { gate } = scene({ calledBefore: true });
    expect(gate.pauseDelayMs()).toBeGreaterThan(1000);
    expect(gate.claimDelayMs(0)).toBeGreaterThan(1000);
  });

  it('spaces calls by a second and a margin that shrinks with accepted calls', () => {
    const here = scene();
    const [first = 0, second = 0] = makeCalls(here, 2);
    expect(second - first).toBeGreaterThan(1010);
    for (let call = 0; call < 100; call++) here.gate.noteAnswer('accepted');
    const [before = 0, after = 0] = makeCalls(here, 2);
    expect(after - before).toBe(1006);
  });

  it('counts a call from when its request is written: connecting may take long', () => {
    const { clock, gate } = scene();
    const { written } = gate.started(0);
    clock.advance(300);
    written();
    clock.advance(800);
    expect(gate.windowDelayMs()).toBeGreaterThan(200);
    clock.advance(gate.windowDelayMs());
    expect(gate.windowDelayMs()).toBeCloseTo(0);
  });

  it('lets a call pass as much earlier as the last ones took to be written at the least, and by a millisecond at the most', () => {
    const { clock, gate } = scene();
    const heldAfter = (leadMs: number): number => {
      clock.advance(2_000);
      const { written } = gate.started(0);
      clock.advance(leadMs);
      written();
      return gate.state().window.windowMs - gate.windowDelayMs();
    };
    expect(heldAfter(8)).toBeCloseTo(1);
    expect(heldAfter(0.5)).toBeCloseTo(0.5);
    expect(heldAfter(8)).toBeCloseTo(0.5);
  });

  it('counts a call later whose answer took longer than the others: its request may have arrived late', () => {
    const { clock, gate } = scene();
    for (const tookMs of [...Array<number>(16).fill(1), 9]) {
      clock.advance(2_000);
      const { written, answered } = gate.started(0);
      written();
      clock.advance(tookMs);
      answered();
    }
    const usual = scene();
    for (const tookMs of [...Array<number>(16).fill(1), 9]) {
      usual.clock.advance(2_000);
      usual.gate.started(0).written();
      usual.clock.advance(tookMs);
    }
    expect(gate.windowDelayMs() - usual.gate.windowDelayMs()).toBeCloseTo(5);
  });

  it('lets few calls be claimed ahead of those that start, so that few notes stand open', () => {
    expect(scene().gate.claimsAhead).toBe(1);
    expect(scene({ callsPerSecond: 50 }).gate.claimsAhead).toBe(12);
    expect(scene({ callsPerSecond: 'unlimited' }).gate.claimsAhead).toBe(16);
  });

  it('lets no call be claimed more than a second before it may start', () => {
    const { clock, gate } = scene({ callsPerSecond: 0.1 });
    gate.started(0);
    clock.advance(gate.claimDelayMs(0));
    expect(gate.windowDelayMs()).toBeCloseTo(1000);
    // One that is claimed already goes first.
    expect(gate.claimDelayMs(1)).toBeGreaterThan(10_000);
  });

  it('pauses claims and calls after a throttle', () => {
    const { clock, gate } = scene();
    gate.noteAnswer('throttled');
    expect(gate.pauseDelayMs()).toBeGreaterThan(1000);
    expect(gate.claimDelayMs(0)).toBeGreaterThan(1000);
    clock.advance(gate.pauseDelayMs());
    expect(gate.pauseDelayMs()).toBeLessThanOrEqual(0);
  });

  it('slows down after throttles, and has the queue slow down with it', () => {
    const { gate } = scene();
    const before = [gate.state().window.windowMs, gate.spacingMs()] as const;
    gate.noteAnswer('throttled');
    expect(gate.state().window.windowMs).toBeGreaterThan(before[0]);
    expect(gate.spacingMs()).toBeGreaterThan(before[1]);
  });

  it('has the queue fall back behind calls that the window held up, and no further once none is', () => {
    const { gate } = scene();
    const early = gate.spacingMs();
    expect(early / gate.state().window.windowMs).toBeCloseTo(0.995);
    gate.started(40);
    expect(gate.spacingMs()).toBeGreaterThan(early + 5);
    gate.started(0);
    expect(gate.spacingMs()).toBe(early);
  });

  it('spaces and holds nothing where the rate is unlimited', () => {
    const { gate } = scene({ callsPerSecond: 'unlimited', calledBefore: true });
    gate.started(0);
    expect(gate.spacingMs()).toBe(0);
    expect(Math.max(gate.windowDelayMs(), gate.pauseDelayMs())).toBeLessThanOrEqual(0);
  });
});
