import { describe, expect, it } from 'vitest';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { manualClock } from './manual-clock.ts';
import { call } from './signed-post.ts';
import { change, held, startForTest } from './start-for-test.ts';

const SOLUTION = change('O1', 'Solutions', 'S-0000001');

describe('latency', () => {
  it('falls half before the change and half after it', async () => {
    const clock = manualClock();
    const waits: { readonly delayMs: number; readonly removed: boolean }[] = [];
    const sleep = async (delayMs: number): Promise<void> => {
      waits.push({ delayMs, removed: !held(emulator).includes('O1 Solutions S-0000001') });
    };
    const latency = { meanMs: 30, jitterMs: 0 };
    const emulator: Emulator = await startForTest({ latency, clock: { ...clock, sleep } });
    await call(emulator, 'DisassociateOpportunity', SOLUTION, { signedAtMs: clock.wallMs() });
    expect(waits).toEqual([
      { delayMs: 15, removed: false },
      { delayMs: 15, removed: true },
    ]);
  });

  it('varies within its jitter, and never below nothing', async () => {
    const clock = manualClock();
    const signing = { signedAtMs: clock.wallMs() };
    const emulator = await startForTest({ latency: { meanMs: 30, jitterMs: 40 }, clock });
    const tookMs: number[] = [];
    for (let index = 0; index < 50; index += 1) {
      const startedMs = clock.monotonicMs();
      await call(emulator, 'DisassociateOpportunity', SOLUTION, signing);
      tookMs.push(clock.monotonicMs() - startedMs);
    }
    expect(Math.min(...tookMs)).toBe(0);
    expect(Math.max(...tookMs)).toBeLessThanOrEqual(70);
    expect(new Set(tookMs).size).toBeGreaterThan(30);
  });

  it('does not reorder what the quota sees', async () => {
    const latency = { meanMs: 5, jitterMs: 5 };
    const emulator = await startForTest({ latency });
    await Promise.all(Array.from({ length: 60 }, () => call(emulator, 'DisassociateOpportunity', SOLUTION)));
    const times = emulator.calls().map(({ atMs }) => atMs);
    expect(times).toEqual(times.toSorted((left, right) => left - right));
  });
});
