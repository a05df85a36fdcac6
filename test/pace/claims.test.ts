import { describe, expect, it } from 'vitest';
import { createClaims, type Claims } from '../../src/pace/claims.ts';
import type { Priority } from '../../src/pace/call-queue.ts';
import { createGate, type Gate } from '../../src/pace/gate.ts';
import { LONGEST_SLEEP_MS, quotaRule, type QuotaAnswer } from '../../src/pace/quota-rule.ts';
import { settleDown } from '../run/settle-down.ts';
import { createDeferred } from './deferred.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';

interface Scene {
  readonly clock: VirtualClock;
  readonly gate: Gate;
  readonly claims: Claims;
  /** Who was claimed, in their order. */
  readonly claimed: string[];
  /** Asks for a claim; `answers` are the quota's, one after the other, and then `taken`. */
  readonly make: (name: string, more?: Partial<Asking>) => Promise<unknown>;
}

interface Asking {
  readonly priority: Priority;
  readonly signal: AbortSignal;
  readonly answers: QuotaAnswer[];
}

const never = new AbortController().signal;
const FULL: QuotaAnswer = { waitMs: 24 * 3_600_000, why: 'daily_quota' };

function scene({ callsPerSecond = 1, waitForQuota = true } = {}): Scene {
  const clock = createVirtualClock();
  const limits = { callsPerSecond, concurrency: 4, calledBefore: false };
  const gate = createGate({ ...limits, clock, dice: () => 0 });
  const claims = createClaims(gate, quotaRule(waitForQuota, clock), clock);
  const claimed: string[] = [];
  const make: Scene['make'] = (name, { priority = 'new', signal = never, answers = [] } = {}) => {
    const claim = async (): Promise<QuotaAnswer> => {
      const answer = answers.shift() ?? 'taken';
      if (answer === 'taken') claimed.push(name);
      return answer;
    };
    return claims.make({ claim, priority, signal });
  };
  return { clock, gate, claims, claimed, make };
}

describe('the claims', () => {
  it('are made a few calls ahead, and the next when one has left', async () => {
    const { claims, claimed, make } = scene({ callsPerSecond: 12 });
    const all = Promise.all(['a', 'b', 'c', 'd', 'e'].map((name) => make(name)));
    await settleDown();
    expect(claimed).toEqual(['a', 'b', 'c']);
    claims.spent();
    await settleDown();
    expect(claimed).toEqual(['a', 'b', 'c', 'd']);
    claims.spent();
    await all;
  });

  it('are not made long before their call, however slow the rate', async () => {
    const { clock, gate, claims, make } = scene({ callsPerSecond: 0.1 });
    await make('a');
    gate.started(0);
    claims.spent();
    await clock.run(make('b'));
    expect(clock.trueMs()).toBeGreaterThan(9_000);
    expect(gate.windowDelayMs()).toBeGreaterThan(900);
  });

  it('sleep once for all that wait', async () => {
    const clock = createVirtualClock();
    let sleeps = 0;
    const counting = {
      ...clock,
      sleep: (...given: Parameters<typeof clock.sleep>) => {
        sleeps += 1;
        return clock.sleep(...given);
      },
    };
    const gate = createGate({
      callsPerSecond: 0.1,
      concurrency: 4,
      calledBefore: false,
      clock,
      dice: () => 0,
    });
    const claims = createClaims(gate, quotaRule(true, clock), counting);
    gate.started(0);
    const claim = async (): Promise<QuotaAnswer> => 'taken';
    const waiting = Array.from({ length: 20 }, () => claims.make({ claim, priority: 'new', signal: never }));
    expect([sleeps, clock.sleeping()]).toEqual([1, 1]);
    await clock.run(waiting[0] ?? Promise.reject(new Error('nothing waits')));
    expect(sleeps).toBe(1);
  });

  it('are not made while calls pause after a throttle', async () => {
    const { clock, gate, make } = scene();
    gate.noteAnswer('throttled');
    await clock.run(make('a'));
    expect(clock.trueMs()).toBeGreaterThan(1_000);
  });

  it('go to retries first', async () => {
    const { claims, claimed, make } = scene();
    const waiting = [make('a'), make('b'), make('c'), make('r', { priority: 'retry' })];
    await Promise.all(waiting.map((one) => one.then(() => claims.spent())));
    expect(claimed).toEqual(['a', 'r', 'b', 'c']);
  });

  it('keep their order while the day’s quota is used up, and ask for it again each minute', async () => {
    const { clock, claims, claimed, make } = scene();
    const answers = Array.from({ length: 5 }, () => FULL);
    const first = make('a', { answers });
    await settleDown();
    const retry = make('r', { priority: 'retry' });
    const second = make('b');
    void retry.then(() => claims.spent());
    await clock.run(Promise.race([first, second]));
    expect(claimed).toEqual(['r', 'a']);
    expect([answers.length, clock.trueMs()]).toEqual([0, 5 * LONGEST_SLEEP_MS]);
  });

  it('end a run that is not to wait for a used-up quota, though not where it frees in seconds', async () => {
    const { clock, make } = scene({ waitForQuota: false });
    await expect(make('a', { answers: [FULL] })).rejects.toMatchObject({ code: 'quota_reached' });
    await clock.run(make('b', { answers: [{ waitMs: 5_000, why: 'daily_quota' }] }));
    expect(clock.trueMs()).toBe(5_000);
  });

  it('end such a run once those that stand ready have left: a place that is counted is used', async () => {
    const { claims, claimed, make } = scene({ callsPerSecond: 12, waitForQuota: false });
    let ended = 0;
    const ready = [make('a'), make('b')];
    const refused = make('c', { answers: Array.from({ length: 5 }, () => FULL) });
    refused.catch(() => (ended += 1));
    await Promise.all(ready);
    await settleDown();
    claims.spent();
    await settleDown();
    expect([claimed, ended]).toEqual([['a', 'b'], 0]);
    claims.spent();
    await expect(refused).rejects.toMatchObject({ code: 'quota_reached' });
  });

  it('are not made for who was stopped: at once where it waits, after the claim where that is under way', async () => {
    const { claims, claimed, make } = scene();
    const stop = new AbortController();
    const noted = createDeferred<QuotaAnswer>();
    const underWay = claims.make({ claim: () => noted.promise, priority: 'new', signal: stop.signal });
    const waiting = make('b', { signal: stop.signal });
    let ended = false;
    underWay.catch(() => {
      ended = true;
    });
    stop.abort(new Error('SIGINT'));
    await expect(waiting).rejects.toThrow('SIGINT');
    await settleDown();
    expect(ended).toBe(false);
    noted.resolve('noted');
    await expect(underWay).rejects.toThrow('SIGINT');
    await expect(make('c', { signal: stop.signal })).rejects.toThrow('SIGINT');
    await make('d');
    expect(claimed).toEqual(['d']);
  });

  it('that fail leave their place to the next', async () => {
    const { claims, make } = scene();
    const failing = {
      claim: () => Promise.reject(new Error('disk full')),
      priority: 'new',
      signal: never,
    } as const;
    await expect(claims.make(failing)).rejects.toThrow('disk full');
    await expect(make('b')).resolves.toBeDefined();
  });

  it('notice that the machine slept while they waited', async () => {
    const { clock, claims } = scene();
    const freeAtMs = clock.wallMs() + 24 * 3_600_000;
    const claim = async (): Promise<QuotaAnswer> => {
      const waitMs = freeAtMs - clock.wallMs();
      return waitMs > 0 ? { waitMs, why: 'daily_quota' } : 'taken';
    };
    const waiting = claims.make({ claim, priority: 'new', signal: never });
    await settleDown();
    clock.suspend(25 * 3_600_000);
    await clock.run(waiting);
    expect(clock.trueMs()).toBeLessThanOrEqual(25 * 3_600_000 + LONGEST_SLEEP_MS);
  });

  it('turn everyone away once closed, and sleep no longer', async () => {
    const { clock, gate, claims, make } = scene();
    gate.noteAnswer('throttled');
    const waiting = make('a');
    expect(clock.sleeping()).toBe(1);
    claims.close(new Error('closed'));
    await expect(waiting).rejects.toThrow('closed');
    expect(clock.sleeping()).toBe(0);
    await expect(make('b')).rejects.toThrow('closed');
  });
});
