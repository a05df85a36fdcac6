import { describe, expect, it } from 'vitest';
import { createGate } from '../../src/pace/gate.ts';
import { momentOf } from '../../src/model/clock.ts';
import { passGate } from '../../src/pace/pass-gate.ts';
import { quotaRule, type QuotaAnswer } from '../../src/pace/quota-rule.ts';
import { settleDown } from '../run/settle-down.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';

interface Scene {
  readonly clock: VirtualClock;
  readonly held: number[];
  readonly noteThrottle: () => void;
  /** A call comes to the gate, counted just now unless `counts` says how the quota answers. */
  readonly pass: (counts?: QuotaAnswer[], signal?: AbortSignal) => Promise<boolean>;
}

function scene(waitForQuota = true): Scene {
  const clock = createVirtualClock();
  const gate = createGate({ callsPerSecond: 1, concurrency: 4, calledBefore: false, clock, dice: () => 0 });
  const held: number[] = [];
  const seen = {
    ...gate,
    started: (heldMs: number) => {
      held.push(Math.round(heldMs));
      return gate.started(heldMs);
    },
  };
  return {
    clock,
    held,
    noteThrottle: () => gate.noteAnswer('throttled'),
    pass: async (counts, signal) => {
      const countedAt = counts === undefined ? momentOf(clock) : undefined;
      const count = async (): Promise<QuotaAnswer> => counts?.shift() ?? 'taken';
      const signals = signal === undefined ? [] : [signal];
      const left = await passGate(
        { countedAt, count, signals },
        { gate: seen, rule: quotaRule(waitForQuota, clock), clock },
      );
      return left !== undefined;
    },
  };
}

describe('passGate', () => {
  it('lets a call that comes in time go at once', async () => {
    const { clock, held, pass } = scene();
    expect(await pass()).toBe(true);
    clock.advance(1_100);
    expect(await pass()).toBe(true);
    expect([held, clock.trueMs()]).toEqual([[0, 0], 1_100]);
  });

  it('holds one that comes some milliseconds early, and says how long', async () => {
    const { clock, held, pass } = scene();
    await pass();
    clock.advance(1_000);
    expect(await clock.run(pass())).toBe(true);
    expect(held[1]).toBeGreaterThan(0);
    expect(clock.trueMs()).toBeGreaterThan(1_003);
  });

  it('sleeps for whole milliseconds, and for the rest by itself: timers would be late by a part of one', async () => {
    const { clock, pass } = scene();
    const slept: number[] = [];
    const { sleep } = clock;
    Object.assign(clock, {
      sleep: async (delayMs: number) => {
        slept.push(delayMs);
        return sleep(delayMs);
      },
    });
    await pass();
    clock.advance(1_000.25);
    expect(await clock.run(pass())).toBe(true);
    expect(slept.map((delayMs) => Number.isInteger(delayMs))).toEqual([true, false]);
  });

  it('sends one back that comes much too early: whatever spaces calls did not', async () => {
    const { clock, held, pass } = scene();
    await pass();
    expect([await pass(), held.length, clock.trueMs()]).toEqual([false, 1, 0]);
  });

  it('holds calls through a pause, however long', async () => {
    const { clock, held, noteThrottle, pass } = scene();
    for (let throttle = 0; throttle < 8; throttle += 1) {
      noteThrottle();
      clock.advance(throttle < 7 ? 70_000 : 0);
    }
    const before = clock.trueMs();
    expect(await clock.run(pass())).toBe(true);
    expect([held, clock.trueMs() - before >= 60_000]).toEqual([[0], true]);
  });

  it('waits for a used-up quota where the call is counted as it leaves', async () => {
    const { clock, pass } = scene();
    const full = { waitMs: 90_000, why: 'daily_quota' } as const;
    expect(await clock.run(pass([full, { ...full, waitMs: 30_000 }, 'taken']))).toBe(true);
    expect(clock.trueMs()).toBe(90_000);
    const impatient = scene(false).pass([full]);
    await expect(impatient).rejects.toMatchObject({ code: 'quota_reached' });
  });

  it('lets nobody pass who is stopped, and wakes who sleeps', async () => {
    const { held, noteThrottle, pass } = scene();
    noteThrottle();
    const stop = new AbortController();
    const waiting = pass(undefined, stop.signal);
    await settleDown();
    stop.abort(new Error('SIGINT'));
    await expect(waiting).rejects.toThrow('SIGINT');
    expect(held).toEqual([]);
  });
});
