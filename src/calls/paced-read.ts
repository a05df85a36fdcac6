import type { Clock, Dice } from '../model/clock.ts';
import type { Fault } from '../model/fault.ts';
import type { DayQuota } from '../pace/day-quota.ts';
import type { Hold, Leaves } from '../model/call.ts';
import type { Pace } from '../pace/pace.ts';
import type { CredentialSource } from '../partner-central/access/credentials.ts';
import { backOffMs, decideRetry, type RetryPolicy } from '../partner-central/retry.ts';
import type { StopSwitch } from './stop/stop-switch.ts';
import { mendAccess } from './mend-access.ts';
import { notePace } from './note-pace.ts';

type Answer = { readonly ok: true } | { readonly ok: false; readonly fault: Fault };

/** Parts that reads need. */
export interface ReadContext {
  readonly credentials: CredentialSource;
  readonly readPace: Pace;
  readonly readDay: DayQuota;
  readonly retryPolicy: RetryPolicy;
  readonly stopSwitch: StopSwitch;
  readonly clock: Clock;
  readonly dice: Dice;
}

/** One thing that is read. */
export interface Asking<A extends Answer> {
  readonly ask: (signal: AbortSignal, leaves: Leaves) => Promise<A>;
  /** While it is on, no call leaves. */
  readonly hold?: Hold;
  /** `excused`: whatever is asked would have met it, so the try doesn't count. Rejects with what stops the run. */
  readonly judge: (answer: A) => Promise<'row' | 'excused'>;
}

/** Reads, paced, and tries again as writes do; gives the last fault where every try met one. Rejects with what stops the run. */
export async function pacedRead<A extends Answer>(context: ReadContext, asking: Asking<A>): Promise<A> {
  const { signal } = context.stopSwitch;
  const mend = mendAccess(context.credentials, signal);
  let counted = 0;
  for (let again = false; ; again = true) {
    const answer = await readOnce(context, asking, again ? 'retry' : 'new');
    if (answer.ok) return answer;
    const { fault } = answer;
    const meaning = await asking.judge(answer);
    if (fault.kind === 'credentials' || fault.kind === 'clock') {
      await mend(fault);
      continue;
    }
    const { retryPolicy, dice, clock } = context;
    if (meaning === 'excused') {
      await clock.sleep(backOffMs(retryPolicy, fault, Math.max(1, counted), dice()), signal);
      continue;
    }
    counted += 1;
    const decision = decideRetry(retryPolicy, fault, counted, dice());
    if (decision.kind === 'give_up') return answer;
    await clock.sleep(decision.delayMs, signal);
  }
}

async function readOnce<A extends Answer>(
  { readPace, readDay, stopSwitch }: ReadContext,
  { ask, hold, judge }: Asking<A>,
  priority: 'new' | 'retry',
): Promise<A> {
  const { signal } = stopSwitch;
  const answer = await readPace.schedule({
    count: readDay.take,
    call: (leaves) => ask(signal, leaves),
    priority,
    signal,
    ...(hold !== undefined && { hold }),
  });
  notePace(readPace, answer);
  if (answer.ok) await judge(answer);
  return answer;
}
