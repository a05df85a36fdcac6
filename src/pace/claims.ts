import { onAbort } from '../model/on-abort.ts';
import type { Priority } from './call-queue.ts';
import type { Gate } from './gate.ts';
import { momentOf, type Clock, type Moment } from '../model/clock.ts';
import { isWait, LONGEST_SLEEP_MS, type QuotaAnswer, type QuotaRule } from './quota-rule.ts';

/** A call that is to be claimed before it queues. */
export interface Claimant {
  readonly claim: () => Promise<QuotaAnswer>;
  readonly priority: Priority;
  readonly signal: AbortSignal;
}

/** Claims calls in their order, a few ahead of those that leave: each finds its note made when its turn comes. */
export interface Claims {
  /**
   * Resolves once the call is claimed, with when it was asked for at the latest. Rejects with the signal's reason: at once while it waits, after the claim where that is being
   * made, so that whoever made it knows.
   */
  readonly make: (claimant: Claimant) => Promise<Moment>;
  /** One of those claimed has left, or never will. */
  readonly spent: () => void;
  readonly close: (reason: Error) => void;
}

/** When the claims go on by themselves. */
interface Alarm {
  readonly atMs: number;
  readonly stop: AbortController;
}

interface Waiting extends Claimant {
  readonly place: number;
  readonly resolve: (claimedAt: Moment) => void;
  readonly reject: (reason: unknown) => void;
}

/** Nobody hears it. */
const GOES_ON = new Error('The claims go on.');

export function createClaims(gate: Gate, rule: QuotaRule, clock: Clock): Claims {
  const line: Waiting[] = [];
  let places = 0;
  let ahead = 0;
  let fullUntilMs = Number.NEGATIVE_INFINITY;
  // A full quota ends such a run once those that are ahead have left: dropped, their places would be lost for a day.
  let endsOnceLeft = false;
  let alarm: Alarm | undefined;
  let closedFor: Error | undefined;

  const join = (one: Waiting): void => {
    const behind = line.findIndex((other) => goesFirst(one, other));
    line.splice(behind === -1 ? line.length : behind, 0, one);
  };
  const leave = (one: Waiting): boolean => {
    const at = line.indexOf(one);
    if (at !== -1) line.splice(at, 1);
    return at !== -1;
  };
  const goOn = (): void => {
    if (endsOnceLeft && ahead > 0) return stopAlarm();
    for (let first = line[0]; first !== undefined && ahead < gate.claimsAhead; first = line[0]) {
      const delayMs = Math.max(gate.claimDelayMs(ahead), fullUntilMs - clock.monotonicMs());
      if (delayMs > 0) return goOnIn(delayMs);
      line.shift();
      ahead += 1;
      void claim(first);
    }
    return stopAlarm();
  };
  const goOnIn = (delayMs: number): void => {
    const sleepMs = Math.min(Math.ceil(delayMs), LONGEST_SLEEP_MS);
    const atMs = clock.monotonicMs() + sleepMs;
    // One that rings too early asks again: most are as good as the next, and to make one costs more than all else here.
    if (alarm !== undefined && alarm.atMs <= atMs) return;
    stopAlarm();
    const own: Alarm = { atMs, stop: new AbortController() };
    alarm = own;
    const ring = (): void => {
      if (alarm === own) alarm = undefined;
      goOn();
    };
    clock.sleep(sleepMs, own.stop.signal).then(ring, () => undefined);
  };
  const stopAlarm = (): void => {
    // Without a reason it would make one, with a stack.
    alarm?.stop.abort(GOES_ON);
    alarm = undefined;
  };
  const claim = async (one: Waiting): Promise<void> => {
    const askedAt = momentOf(clock);
    let claimed = false;
    try {
      const answer = await one.claim();
      claimed = !isWait(answer) && closedFor === undefined && !one.signal.aborted;
      if (claimed) one.resolve(askedAt);
      else if (closedFor !== undefined) one.reject(closedFor);
      else if (one.signal.aborted) one.reject(one.signal.reason);
      else if (isWait(answer)) {
        endsOnceLeft = ahead > 1 && rule.ends(answer);
        if (!endsOnceLeft) fullUntilMs = clock.monotonicMs() + rule.sleepMs(answer);
        join(one);
      }
    } catch (error) {
      one.reject(error);
    }
    if (claimed) return;
    ahead -= 1;
    goOn();
  };

  return {
    make: (claimant) =>
      new Promise((resolve, reject) => {
        if (closedFor !== undefined) return reject(closedFor);
        // The caller's own reason, whatever it is.
        if (claimant.signal.aborted) return reject(claimant.signal.reason as Error);
        const stay = onAbort(claimant.signal, () => {
          if (leave(waiting)) reject(claimant.signal.reason as Error);
        });
        const settled = (act: () => void): void => {
          stay();
          act();
        };
        const waiting: Waiting = {
          place: (places += 1),
          resolve: (claimedAt) => settled(() => resolve(claimedAt)),
          reject: (reason) => settled(() => reject(reason)),
          // Last: each member behind it would cost a microsecond.
          ...claimant,
        };
        join(waiting);
        return goOn();
      }),
    spent: () => {
      ahead -= 1;
      goOn();
    },
    close: (reason) => {
      closedFor = reason;
      for (const one of line.splice(0)) one.reject(reason);
      stopAlarm();
    },
  };
}

function goesFirst(one: Waiting, other: Waiting): boolean {
  if (one.priority !== other.priority) return one.priority === 'retry';
  return one.place < other.place;
}
