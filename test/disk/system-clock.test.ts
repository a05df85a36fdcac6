import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { systemClock } from '../../src/disk/system-clock.ts';

describe('systemClock', () => {
  it('sleeps for no less than a part of a millisecond, and lets others go on meanwhile', async () => {
    const begunMs = systemClock.monotonicMs();
    let turns = 0;
    const others = setInterval(() => (turns += 1), 0);
    for (let sleeps = 0; sleeps < 20; sleeps += 1) await systemClock.sleep(0.6);
    clearInterval(others);
    expect(systemClock.monotonicMs() - begunMs).toBeGreaterThanOrEqual(12);
    expect(turns).toBeGreaterThan(0);
  });

  it.each([0.5, 60_000])('ends a sleep of %d ms with the reason of its signal', async (delayMs) => {
    // A busy machine may take the process away for longer than the sleep, which then has ended.
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const stop = new AbortController();
    const sleeping = systemClock.sleep(delayMs, stop.signal);
    stop.abort(new Error('SIGINT'));
    await expect(sleeping).rejects.toThrow('SIGINT');
    await expect(systemClock.sleep(delayMs, stop.signal)).rejects.toThrow('SIGINT');
  });
});
