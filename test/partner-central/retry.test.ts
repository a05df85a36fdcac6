import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fault, FaultKind } from '../../src/model/fault.ts';
import { decideRetry, type RetryPolicy } from '../../src/partner-central/retry.ts';

const POLICY: RetryPolicy = { maxAttempts: 5, baseMs: 500, capMs: 3_000 };

function fault(kind: FaultKind): Fault {
  return { kind, exception: 'AnyException', message: '' };
}

describe('decideRetry', () => {
  test.each(['throttled', 'server', 'unreachable', 'broken', 'timeout', 'malformed'] as const)(
    'tries again after %s',
    (kind) => {
      expect(decideRetry(POLICY, fault(kind), 1, 0.5)).toEqual({ kind: 'retry', delayMs: 250 });
    },
  );

  test.each(['refused', 'denied', 'credentials', 'clock'] as const)('gives up on %s', (kind) => {
    expect(decideRetry(POLICY, fault(kind), 1, 0.5)).toEqual({ kind: 'give_up', because: 'not_retryable' });
  });

  test('gives up when the attempts are spent, not before', () => {
    expect(decideRetry(POLICY, fault('server'), 4, 0).kind).toBe('retry');
    expect(decideRetry(POLICY, fault('server'), 5, 0)).toEqual({
      kind: 'give_up',
      because: 'attempts_spent',
    });
  });

  test('doubles the ceiling of the wait up to the cap', () => {
    const ceilings = [1, 2, 3, 4].map((attempt) =>
      decideRetry(POLICY, fault('throttled'), attempt, 0.999_999),
    );
    expect(ceilings).toEqual([499, 999, 1999, 2999].map((delayMs) => ({ kind: 'retry', delayMs })));
  });

  test('adds its wait to the least one that the server asks for', () => {
    const asked = { ...fault('throttled'), retryAfterMs: 30_000 };
    expect(decideRetry(POLICY, asked, 1, 0.5)).toEqual({ kind: 'retry', delayMs: 30_250 });
  });

  test('draws a whole wait between nothing and the cap, whatever the attempt and the roll', () => {
    const policy = { ...POLICY, maxAttempts: Number.MAX_SAFE_INTEGER };
    const attempts = fc.integer({ min: 1, max: 5_000 });
    const rolls = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(attempts, rolls, (attempt, roll) => {
        const decision = decideRetry(policy, fault('throttled'), attempt, roll);
        const delayMs = decision.kind === 'retry' ? decision.delayMs : Number.NaN;
        expect(Number.isInteger(delayMs)).toBe(true);
        expect(delayMs).toBeGreaterThanOrEqual(0);
        expect(delayMs).toBeLessThan(policy.capMs);
      }),
    );
  });
});
