import type { Clock, Dice } from '../../model/clock.ts';
import type { Fault } from '../../model/fault.ts';
import { decideRetry, type RetryPolicy } from '../retry.ts';

export interface RetryMeans {
  readonly clock: Clock;
  readonly dice: Dice;
}

type Answer = { readonly ok: true } | { readonly ok: false; readonly fault: Fault };

const POLICY: RetryPolicy = { maxAttempts: 5, baseMs: 500, capMs: 20_000 };

/**
 * Asks again after a fault that passes, as rows' calls are: throttled, 5xx, reset, unreachable; once after a clock that was
 * corrected meanwhile. Gives the last answer; rejects only with the signal's reason.
 */
export async function retried<A extends Answer>(
  ask: () => Promise<A>,
  { clock, dice }: RetryMeans,
  signal: AbortSignal | undefined,
): Promise<A> {
  let clockCorrected = false;
  for (let attempt = 1; ; attempt += 1) {
    const answer = await ask();
    if (answer.ok) return answer;
    if (answer.fault.kind === 'clock' && !clockCorrected) {
      clockCorrected = true;
      continue;
    }
    const decision = decideRetry(POLICY, answer.fault, attempt, dice());
    if (decision.kind === 'give_up') return answer;
    await clock.sleep(decision.delayMs, signal);
  }
}
