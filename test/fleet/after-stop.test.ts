import { describe, expect, it } from 'vitest';
import { afterStop, untilRoom } from '../../src/fleet/after-stop.ts';
import { QUOTA_DAY_MS } from '../../src/model/quota/quota-day.ts';

describe('what follows a slice that was stopped', () => {
  it.each(['access_denied', 'credentials_expired', 'too_many_failures', 'limit_reached', 'usage'] as const)(
    'of %s is that somebody mends it',
    (code) => {
      const stop = { code, message: 'Why.' };
      expect(afterStop(stop, 0)).toEqual({ kind: 'parked', stop });
    },
  );

  it('of somebody’s word is nothing, and is told as a stop', () => {
    const stop = { code: 'interrupted', message: 'Stopped by fleet stop.' } as const;
    expect(afterStop(stop, 0)).toEqual({ kind: 'stopped', stop });
  });

  it('of a used-up quota is the next one, once there is room', () => {
    const stop = { code: 'quota_reached', message: 'Used up.' } as const;
    expect(afterStop(stop, 5_000)).toEqual({ kind: 'again', inMs: 5_000, stop });
  });

  it('of a worker that ends is the next one at once, and nothing is told of it', () => {
    expect(afterStop({ code: 'terminated', message: 'Ends.' }, 0)).toEqual({ kind: 'again', inMs: 0 });
  });

  it.each(['run_held', 'account_held', 'run_taken_over', 'service_unreachable'] as const)(
    'of %s, which passes, is the next one after a while',
    (code) => {
      const after = afterStop({ code, message: 'Why.' }, 0);
      expect(after).toMatchObject({ kind: 'again', stop: { code } });
      expect(after.kind === 'again' && after.inMs).toBeGreaterThan(0);
    },
  );
});

describe('the room in a used-up day', () => {
  const times = Array.from({ length: 100 }, (_, n) => n * 1_000);
  const at = (nowMs: number): { readonly nowMs: () => number; readonly times: readonly number[] } => ({
    nowMs: () => nowMs,
    times,
  });

  it('is waited for until a slice is worth its beginning', () => {
    expect(untilRoom(at(100_000), 100, 1_000)).toBe(59_000 + QUOTA_DAY_MS - 100_000 + 1_000);
  });

  it('is waited for no longer than the calls that are left need', () => {
    expect(untilRoom(at(100_000), 100, 3)).toBe(2_000 + QUOTA_DAY_MS - 100_000 + 1_000);
  });

  it('is waited for where the calls are older than a day, and still count: they may have left later', () => {
    expect(untilRoom(at(QUOTA_DAY_MS - 1), 100, 1)).toBe(1 + 1_000);
  });

  it('is waited for where a smaller quota leaves more to free', () => {
    expect(untilRoom(at(100_000), 50, 10)).toBe(59_000 + QUOTA_DAY_MS - 100_000 + 1_000);
  });

  it('is looked for later where the count shows some: another tool has used it up', () => {
    expect(untilRoom(at(100_000), 1_000, 10)).toBe(15 * 60_000);
    expect(untilRoom(at(100_000), 'unlimited', 10)).toBe(15 * 60_000);
  });
});
