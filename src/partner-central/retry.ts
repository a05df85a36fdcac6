import { assertNever, type Fault } from '../model/fault.ts';

export interface RetryPolicy {
  /** Tries of one call, the first included. */
  readonly maxAttempts: number;
  /** Ceiling of the wait after the first attempt, milliseconds; doubles with each further one. */
  readonly baseMs: number;
  /** Ceiling that the doubling stops at, milliseconds. */
  readonly capMs: number;
}

export type RetryDecision =
  | { readonly kind: 'retry'; readonly delayMs: number }
  | { readonly kind: 'give_up'; readonly because: 'not_retryable' | 'attempts_spent' };

/** Decides what follows failed attempt number `attempt` (from 1); `roll` is a uniform draw from [0, 1). */
export function decideRetry(policy: RetryPolicy, fault: Fault, attempt: number, roll: number): RetryDecision {
  if (!isRetryable(fault)) return { kind: 'give_up', because: 'not_retryable' };
  if (attempt >= policy.maxAttempts) return { kind: 'give_up', because: 'attempts_spent' };
  return { kind: 'retry', delayMs: backOffMs(policy, fault, attempt, roll) };
}

/**
 * The wait after failed attempt number `attempt`, milliseconds. Full jitter: it is drawn from zero to the ceiling, so that
 * calls that failed together don't return together; where the server asks for a least wait, it is added to that.
 */
export function backOffMs(policy: RetryPolicy, fault: Fault, attempt: number, roll: number): number {
  const ceilingMs = Math.min(policy.capMs, policy.baseMs * 2 ** (attempt - 1));
  return (fault.retryAfterMs ?? 0) + Math.floor(roll * ceilingMs);
}

/** `credentials` and `clock` are not the row's affair: whoever runs the calls mends them, or stops. */
function isRetryable({ kind }: Fault): boolean {
  switch (kind) {
    case 'throttled':
    case 'server':
    case 'unreachable':
    case 'broken':
    case 'timeout':
    case 'malformed':
      return true;
    case 'refused':
    case 'denied':
    case 'credentials':
    case 'clock':
      return false;
    default:
      return assertNever(kind);
  }
}
