import { describe, expect, it } from 'vitest';
import { createTurnstile, LONGEST_SLEEP_MS, type Turnstile } from '../../src/pace/turnstile.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';

interface Scene {
  readonly clock: VirtualClock;
  readonly turnstile: Turnstile;
}

/** One may pass every `everyMs`. */
function everySo(everyMs: number): Scene {
  const clock = createVirtualClock();
  let openFromMs = clock.monotonicMs() + everyMs;
  const rule = {
    delayMs: () => openFromMs - clock.monotonicMs(),
    passed: () => {
      openFromMs = clock.monotonicMs() + everyMs;
    },
  };
  return { clock, turnstile: createTurnstile(rule, clock) };
}

const never = new AbortController().signal;

describe('createTurnstile', () => {
  it('lets one through at a time, as the rule says, the first come first', async () => {
    const { clock, turnstile } = everySo(1000);
    const passed: string[] = [];
    const pass = async (name: string): Promise<void> => {
      await turnstile.pass({ priority: 'new', signal: never });
      passed.push(`${name} at ${clock.trueMs()}`);
    };
    await clock.run(Promise.all(['a', 'b', 'c'].map(pass)));
    expect(passed).toEqual(['a at 1000', 'b at 2000', 'c at 3000']);
  });

  it('lets a retry through ahead of new ones that came before it', async () => {
    const { clock, turnstile } = everySo(1000);
    const passed: string[] = [];
    const pass = async (name: string, priority: 'retry' | 'new'): Promise<void> => {
      await turnstile.pass({ priority, signal: never });
      passed.push(name);
    };
    await clock.run(Promise.all([pass('a', 'new'), pass('b', 'new'), pass('r', 'retry')]));
    expect(passed).toEqual(['r', 'a', 'b']);
  });

  it('rejects who waits as soon as its signal is aborted, and lets the others pass', async () => {
    const { clock, turnstile } = everySo(1000);
    const leaving = new AbortController();
    const stays = turnstile.pass({ priority: 'new', signal: never });
    const leaves = turnstile.pass({ priority: 'new', signal: leaving.signal });
    leaving.abort(new Error('stopped'));
    await expect(leaves).rejects.toThrow('stopped');
    expect(clock.trueMs()).toBe(0);
    await clock.run(stays);
    expect(clock.trueMs()).toBe(1000);
  });

  it('turns away who comes with an aborted signal', async () => {
    const { turnstile } = everySo(0);
    const signal = AbortSignal.abort(new Error('stopped'));
    await expect(turnstile.pass({ priority: 'new', signal })).rejects.toThrow('stopped');
  });

  it('rejects the one whom the rule refuses, and asks again for the next', async () => {
    const clock = createVirtualClock();
    let asked = 0;
    const delayMs = (): number => {
      asked += 1;
      if (asked === 1) throw new Error('refused');
      return 0;
    };
    const turnstile = createTurnstile({ delayMs, passed: () => undefined }, clock);
    const first = turnstile.pass({ priority: 'new', signal: never });
    await expect(first).rejects.toThrow('refused');
    await expect(turnstile.pass({ priority: 'new', signal: never })).resolves.toBeUndefined();
  });

  it('rejects the one whose passing could not be noted', async () => {
    const clock = createVirtualClock();
    const passed = (): void => {
      throw new Error('disk full');
    };
    const turnstile = createTurnstile({ delayMs: () => 0, passed }, clock);
    await expect(turnstile.pass({ priority: 'new', signal: never })).rejects.toThrow('disk full');
  });

  it('looks at the clocks at least every minute of a long wait, so that a suspend ends it', async () => {
    const clock = createVirtualClock();
    const openFromMs = clock.wallMs() + 24 * 3_600_000;
    const turnstile = createTurnstile(
      { delayMs: () => openFromMs - clock.wallMs(), passed: () => undefined },
      clock,
    );
    const passing = turnstile.pass({ priority: 'new', signal: never });
    clock.suspend(25 * 3_600_000);
    await clock.run(passing);
    expect(clock.trueMs()).toBeLessThanOrEqual(25 * 3_600_000 + LONGEST_SLEEP_MS);
  });

  it('asks the rule again when woken', async () => {
    const clock = createVirtualClock();
    const rule = { open: false };
    const turnstile = createTurnstile(
      { delayMs: () => (rule.open ? 0 : 60_000), passed: () => undefined },
      clock,
    );
    const passing = turnstile.pass({ priority: 'new', signal: never });
    rule.open = true;
    turnstile.wake();
    await expect(passing).resolves.toBeUndefined();
    expect(clock.trueMs()).toBe(0);
  });

  it('rejects everyone once closed, and sleeps no longer', async () => {
    const { clock, turnstile } = everySo(1000);
    const waiting = turnstile.pass({ priority: 'new', signal: never });
    expect(clock.sleeping()).toBe(1);
    turnstile.close(new Error('closed'));
    await expect(waiting).rejects.toThrow('closed');
    expect(clock.sleeping()).toBe(0);
    await expect(turnstile.pass({ priority: 'new', signal: never })).rejects.toThrow('closed');
  });
});
